// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/timers.hpp"

#include "tests/agent/qt_wait.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace signet {
namespace {

TEST(QtTimers, timers_fireOnceInTheOrderOfTheirTimes) {
    testApplication();
    QtTimers timers;
    std::vector<int> fired;
    timers.after(std::chrono::milliseconds(20), [&] { fired.push_back(2); });
    timers.after(std::chrono::milliseconds(0), [&] { fired.push_back(1); });
    EXPECT_TRUE(fired.empty()) << "never before the call returns";
    ASSERT_TRUE(waitUntil([&] { return fired.size() == 2; }));
    EXPECT_EQ(fired, (std::vector<int>{1, 2}));
}

TEST(QtTimers, cancelledTimer_doesNotFire) {
    testApplication();
    QtTimers timers;
    bool isDone = false;
    const auto id = timers.after(std::chrono::milliseconds(0), [] { ADD_FAILURE() << "was cancelled"; });
    timers.after(std::chrono::milliseconds(1), [&] { isDone = true; });
    timers.cancel(id);
    timers.cancel(id);
    EXPECT_TRUE(waitUntil([&] { return isDone; }));
}

TEST(QtTimers, timerThatStartsAndEndsOthers_isFine) {
    testApplication();
    auto timers = std::make_unique<QtTimers>();
    int fired = 0;
    timers->after(std::chrono::milliseconds(0), [&] {
        ++fired;
        timers->after(std::chrono::milliseconds(0), [&] {
            ++fired;
            timers.reset();
        });
    });
    ASSERT_TRUE(waitUntil([&] { return fired == 2; }));
    EXPECT_FALSE(timers);
}

}  // namespace
}  // namespace signet
