// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// attack 37: a site that was refused again and again has to wait.
#include "agent/consent_gate.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

using namespace std::chrono_literals;

const std::string kSiteA = "https://a.example.test";
const std::string kSiteB = "https://b.example.test";

class ConsentGateTest : public testing::Test {
protected:
    bool isOpen(const std::string& origin = kSiteA) const { return gate.check(origin, now).has_value(); }
    void refuse(int times) {
        for (int i = 0; i < times; ++i) gate.onRefused(kSiteA, now);
    }
    void withdraw(int times) {
        for (int i = 0; i < times; ++i) gate.onWithdrawn(kSiteA, now);
    }
    /// How long the site has to wait from now on.
    std::chrono::seconds pause() const {
        std::chrono::seconds passed{};
        while (!gate.check(kSiteA, now + passed) && passed < 2h) passed += 1s;
        return passed;
    }

    ConsentGate gate;
    ConsentGate::Time now{1h};
};

TEST_F(ConsentGateTest, siteThatIsUnknown_mayAsk) {
    EXPECT_TRUE(isOpen());
}

TEST_F(ConsentGateTest, twoRefusals_closeNothing) {
    refuse(2);
    EXPECT_TRUE(isOpen());
}

TEST_F(ConsentGateTest, threeRefusals_closeForAMinute) {
    refuse(3);
    const auto checked = gate.check(kSiteA, now);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::rateLimited);
    EXPECT_EQ(checked.error().reason, "refused_too_often");
    EXPECT_EQ(pause(), 60s);
}

TEST_F(ConsentGateTest, everyFurtherThree_doubleThePauseUpToItsCap) {
    for (const auto expected : {60s, 120s, 240s, 480s, 600s, 600s}) {
        refuse(3);
        EXPECT_EQ(pause(), expected);
        now += expected;
        EXPECT_TRUE(isOpen());
    }
}

TEST_F(ConsentGateTest, afterThePause_itTakesThreeMore) {
    refuse(3);
    now += 60s;
    refuse(2);
    EXPECT_TRUE(isOpen());
    refuse(1);
    EXPECT_FALSE(isOpen());
}

TEST_F(ConsentGateTest, success_clearsEverything) {
    refuse(3);
    now += 60s;
    gate.onAccepted(kSiteA);
    refuse(2);
    EXPECT_TRUE(isOpen());
    refuse(1);
    EXPECT_EQ(pause(), 60s);
}

TEST_F(ConsentGateTest, otherSite_isNotAffected) {
    refuse(30);
    withdraw(30);
    EXPECT_TRUE(isOpen(kSiteB));
    gate.onAccepted(kSiteB);
    EXPECT_FALSE(isOpen(kSiteA));
}

TEST_F(ConsentGateTest, tenWithdrawals_closeAsThreeRefusalsDo) {
    withdraw(9);
    EXPECT_TRUE(isOpen());
    withdraw(1);
    EXPECT_EQ(pause(), 60s);
}

TEST_F(ConsentGateTest, withdrawalsBetween_doNotForgiveARefusal) {
    refuse(2);
    withdraw(1);
    refuse(1);
    EXPECT_FALSE(isOpen());
}

}  // namespace
}  // namespace signet
