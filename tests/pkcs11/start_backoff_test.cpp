// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/start_backoff.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(StartBackoff, firstFailure_isFollowedByANewTryAtOnce) {
    StartBackoff backoff;
    const StartBackoff::Time now{};
    EXPECT_TRUE(backoff.mayStart(now));
    backoff.onFailure(now);
    EXPECT_TRUE(backoff.mayStart(now));
}

TEST(StartBackoff, furtherFailures_doubleThePauseUpToAMinute) {
    StartBackoff backoff;
    StartBackoff::Time now{};
    backoff.onFailure(now);
    for (const int pause : {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
        backoff.onFailure(now);
        EXPECT_FALSE(backoff.mayStart(now + seconds(pause) - milliseconds(1))) << pause;
        now += seconds(pause);
        EXPECT_TRUE(backoff.mayStart(now)) << pause;
    }
}

TEST(StartBackoff, success_forgetsTheFailures) {
    StartBackoff backoff;
    const StartBackoff::Time now{};
    backoff.onFailure(now);
    backoff.onFailure(now);
    ASSERT_FALSE(backoff.mayStart(now));
    backoff.onSuccess();
    EXPECT_TRUE(backoff.mayStart(now));
    backoff.onFailure(now);
    EXPECT_TRUE(backoff.mayStart(now));
}

}  // namespace
}  // namespace signet
