// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/worker_pool.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <stdexcept>

namespace signet::test {
namespace {

TEST(WorkerPool, stop_drops_what_has_not_begun) {
    std::promise<void> begun;
    std::promise<void> mayEnd;
    bool isEnded = false;
    const auto held = std::make_shared<bool>(false);
    {
        WorkerPool pool(1, 8);
        ASSERT_TRUE(pool.post([&] {
            begun.set_value();
            mayEnd.get_future().wait();
            isEnded = true;
        }));
        begun.get_future().wait();
        ASSERT_TRUE(pool.post([held] { *held = true; }));
        pool.stop();
        EXPECT_EQ(held.use_count(), 1) << "the job is gone";
        EXPECT_FALSE(pool.post([] {}));
        mayEnd.set_value();
    }
    EXPECT_TRUE(isEnded);
    EXPECT_FALSE(*held);
}

TEST(WorkerPool, full_queue_refuses_and_destructor_finishes_the_rest) {
    std::promise<void> begun;
    std::promise<void> mayEnd;
    int done = 0;
    {
        WorkerPool pool(1, 1);
        ASSERT_TRUE(pool.post([&] {
            begun.set_value();
            mayEnd.get_future().wait();
        }));
        begun.get_future().wait();
        EXPECT_TRUE(pool.post([&] { ++done; }));
        EXPECT_FALSE(pool.post([&] { ++done; }));
        mayEnd.set_value();
    }
    EXPECT_EQ(done, 1);
}

TEST(WorkerPool, throwing_job_ends_itself_only) {
    bool isDone = false;
    {
        WorkerPool pool(1, 8);
        ASSERT_TRUE(pool.post([] { throw std::runtime_error("no memory"); }));
        ASSERT_TRUE(pool.post([&] { isDone = true; }));
    }
    EXPECT_TRUE(isDone);
}

}  // namespace
}  // namespace signet::test
