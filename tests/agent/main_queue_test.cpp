// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/main_queue.hpp"

#include "qt_wait.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace signet {
namespace {

class MainQueueTest : public testing::Test {
protected:
    MainQueueTest() { testApplication(); }
};

TEST_F(MainQueueTest, callsOfAnotherThread_comeInTheirOrder) {
    std::vector<int> seen;
    MainQueue queue;
    std::thread other([&] {
        for (int i = 0; i < 100; ++i) queue.post([&seen, i] { seen.push_back(i); });
    });
    ASSERT_TRUE(waitUntil([&] { return seen.size() == 100; }));
    other.join();
    for (int i = 0; i < 100; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], i);
}

TEST_F(MainQueueTest, call_isNeverMadeFromWithinPost) {
    bool isCalled = false;
    MainQueue queue;
    queue.post([&] { isCalled = true; });
    EXPECT_FALSE(isCalled);
    EXPECT_TRUE(waitUntil([&] { return isCalled; }));
}

TEST_F(MainQueueTest, destroyedByACall_dropsTheRest) {
    auto queue = std::make_unique<MainQueue>();
    int calls = 0;
    queue->post([&] {
        ++calls;
        queue.reset();
    });
    queue->post([&] { ++calls; });
    ASSERT_TRUE(waitUntil([&] { return queue == nullptr; }));
    QCoreApplication::processEvents();
    EXPECT_EQ(calls, 1);
}

TEST_F(MainQueueTest, destroyedWithCallsWaiting_dropsThem) {
    bool isCalled = false;
    std::make_unique<MainQueue>()->post([&] { isCalled = true; });
    QCoreApplication::processEvents();
    EXPECT_FALSE(isCalled);
}

}  // namespace
}  // namespace signet
