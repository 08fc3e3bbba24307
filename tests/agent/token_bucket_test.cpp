// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/token_bucket.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

using namespace std::chrono_literals;
constexpr TokenBucket::Time kStart{1h};

int taken(TokenBucket& bucket, TokenBucket::Time now, int tries = 1000) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += bucket.take(now) ? 1 : 0;
    return count;
}

// attack 29
TEST(TokenBucket, atOnce_givesItsSizeAndNoMore) {
    TokenBucket bucket(10, 20, kStart);
    EXPECT_EQ(taken(bucket, kStart), 20);
    EXPECT_FALSE(bucket.take(kStart));
}

TEST(TokenBucket, afterTime_givesWhatHasFlowedIn) {
    TokenBucket bucket(10, 20, kStart);
    (void)taken(bucket, kStart);
    EXPECT_FALSE(bucket.take(kStart + 99ms));
    EXPECT_TRUE(bucket.take(kStart + 201ms));
    EXPECT_TRUE(bucket.take(kStart + 201ms));
    EXPECT_FALSE(bucket.take(kStart + 201ms));
    EXPECT_EQ(taken(bucket, kStart + 1201ms), 10);
}

TEST(TokenBucket, longPause_doesNotSaveMoreThanItsSize) {
    TokenBucket bucket(10, 20, kStart);
    (void)taken(bucket, kStart);
    EXPECT_EQ(taken(bucket, kStart + 24h), 20);
}

TEST(TokenBucket, askedAgainAndAgain_losesNothingToRounding) {
    TokenBucket bucket(1, 1, kStart);
    int count = 0;
    for (auto now = kStart; now < kStart + 10s; now += 1ms) count += bucket.take(now) ? 1 : 0;
    EXPECT_GE(count, 9);
    EXPECT_LE(count, 11);
}

}  // namespace
}  // namespace signet
