// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/agent/login_flow_fixture.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

// R57: attack 41
TEST(LoginFlowPin, wrongPin_endsWithTriesLeftAndIsNotSentAgain) {
    Desktop desktop;
    desktop.ui.pins = {"111111", "123456"};
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(desktop.error().triesLeft, 4);
    EXPECT_EQ(desktop.ui.retryOffers.size(), 1U);
    EXPECT_EQ(desktop.ui.pinQuestions.size(), 1U);
    EXPECT_EQ(desktop.tokens.pinsSent, std::vector<std::string>{"111111"});
    EXPECT_EQ(desktop.tokens.signatures, 0);
}

// R57
TEST(LoginFlowPin, personSaysAgain_isAskedOnceMoreWithTheTriesOfNow) {
    Desktop desktop;
    desktop.ui.pins = {"111111", "123456"};
    desktop.ui.wantsRetry = true;
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    ASSERT_EQ(desktop.ui.pinQuestions.size(), 2U);
    EXPECT_EQ(desktop.ui.pinQuestions[0].triesLeft, 5);
    EXPECT_EQ(desktop.ui.pinQuestions[1].triesLeft, 4);
    ASSERT_TRUE(desktop.ui.pinQuestions[1].lastError);
    EXPECT_EQ(desktop.ui.pinQuestions[1].lastError->code, ErrorCode::pinIncorrect);
    EXPECT_EQ(desktop.tokens.pinsSent, (std::vector<std::string>{"111111", "123456"}));
    EXPECT_EQ(desktop.tokens.signatures, 1);
    EXPECT_EQ(desktop.checker.checks, 1);
}

TEST(LoginFlowPin, secondTry_doesNotWaitForAHangingModule) {
    Desktop desktop;
    desktop.tokens.modules.push_back({.path = "/lib/b.so"});
    desktop.ui.pins = {"111111", "123456"};
    desktop.ui.wantsRetry = true;
    desktop.ui.onRetryOffered = [&] { desktop.tokens.modules.back().isHanging = true; };
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.tokens.listings, 2);
}

// R57
TEST(LoginFlowPin, finalTry_isConfirmedFirst) {
    Desktop desktop;
    desktop.device().info.isPinFinalTry = true;
    desktop.device().info.triesLeft = 1;
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::finalPinTry});
    EXPECT_TRUE(desktop.ui.pinQuestions.at(0).isFinalTry);
}

// R57: another program used tries up while the person typed.
TEST(LoginFlowPin, finalTrySinceTheTokenWasRead_isConfirmedBeforeItIsUsed) {
    for (const bool isConfirmed : {true, false}) {
        Desktop desktop;
        desktop.ui.pins = {"123456", "123456"};
        desktop.ui.confirms = isConfirmed;
        desktop.ui.onPinAsked = [&] {
            desktop.device().info.isPinFinalTry = true;
            desktop.device().info.triesLeft = 1;
        };
        desktop.run();
        EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::finalPinTry});
        EXPECT_EQ(desktop.tokens.pinsSent.size(), isConfirmed ? 1U : 0U);
        EXPECT_EQ(desktop.isLoggedIn(), isConfirmed);
        if (!isConfirmed) {
            EXPECT_EQ(desktop.error().code, ErrorCode::pinFinalTryDeclined);
        }
    }
}

// R57
TEST(LoginFlowPin, finalTryDeclined_isNotUsed) {
    Desktop desktop;
    desktop.device().info.isPinFinalTry = true;
    desktop.device().info.triesLeft = 1;
    desktop.ui.confirms = false;
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::pinFinalTryDeclined);
    EXPECT_EQ(desktop.error().triesLeft, 1);
    EXPECT_TRUE(desktop.ui.pinQuestions.empty());
    EXPECT_TRUE(desktop.nothingWasSigned());
}

// A person who goes on down to the last try is asked before it, though the flow began with five.
TEST(LoginFlowPin, repeatedWrongPins_reachTheConfirmationAndTheLock) {
    Desktop desktop;
    desktop.device().info.triesLeft = 2;
    desktop.ui.pins = {"111111", "222222", "123456"};
    desktop.ui.wantsRetry = true;
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::pinLocked);
    EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::finalPinTry});
    EXPECT_EQ(desktop.tokens.pinsSent, (std::vector<std::string>{"111111", "222222"}));
}

// R57
// Issue 3, point 6: default PIN flagged. No word of it leaves the program before the login went through.
TEST(LoginFlowPin, factoryPin_isFlaggedAfterTheLogin) {
    for (const auto& [pin, isFactory] : {std::pair{"123456", true}, std::pair{"482915", false}}) {
        Desktop desktop;
        desktop.device().pin = pin;
        desktop.ui.pins = {pin};
        desktop.run();
        ASSERT_TRUE(desktop.isLoggedIn());
        EXPECT_EQ((**desktop.outcome).hasFactoryPin, isFactory);
    }
}

// Issue 3, point 6
TEST(LoginFlowPin, pinThatMustBeChanged_isToldWithTheQuestion) {
    Desktop desktop;
    desktop.device().info.mustChangePin = true;
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn());
    EXPECT_TRUE(desktop.ui.pinQuestions.at(0).mustChange);
}

TEST(LoginFlowPin, lockedPin_isSaidWithoutAsking) {
    Desktop desktop;
    desktop.device().info.isPinLocked = true;
    desktop.device().info.triesLeft = 0;
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::pinLocked);
    EXPECT_TRUE(desktop.nothingWasAsked());
    EXPECT_TRUE(desktop.nothingWasSigned());
}

TEST(LoginFlowPin, pinThatWasNeverSet_isSaidWithoutAsking) {
    Desktop desktop;
    desktop.device().info.isUserPinSet = false;
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "token_error/pin_not_set");
    EXPECT_TRUE(desktop.nothingWasAsked());
}

TEST(LoginFlowPin, impossibleLength_isNotSentAndCostsNoTry) {
    for (const auto* pin : {"", "123", "12345678901234567"}) {
        Desktop desktop;
        desktop.ui.pins = {pin};
        desktop.run();
        EXPECT_EQ(nameOf(desktop.error()), "pin_incorrect/pin_length") << pin;
        EXPECT_EQ(desktop.error().triesLeft, 5);
        EXPECT_TRUE(desktop.nothingWasSigned());
        EXPECT_TRUE(desktop.journal.records.empty());
    }
}

// An empty PIN would mean "on the reader" to the host.
TEST(LoginFlowPin, emptyPinWhereTokenTellsNoLengths_isNotSent) {
    Desktop desktop;
    desktop.device().info.minPinBytes = 0;
    desktop.device().info.maxPinBytes = 0;
    desktop.ui.pins = {""};
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "pin_incorrect/pin_length");
    EXPECT_TRUE(desktop.nothingWasSigned());
}

TEST(LoginFlowPin, protectedPath_asksForConsentAndTypesNothing) {
    Desktop desktop;
    desktop.device().info.hasProtectedPath = true;
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::pinPad});
    EXPECT_TRUE(desktop.ui.pinQuestions.empty());
    EXPECT_EQ(desktop.tokens.pinsSent, std::vector<std::string>{""});
}

TEST(LoginFlowPin, protectedPathDeclined_signsNothing) {
    Desktop desktop;
    desktop.device().info.hasProtectedPath = true;
    desktop.ui.confirms = false;
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::userCancelled);
    EXPECT_TRUE(desktop.nothingWasSigned());
}

TEST(LoginFlowPin, pinPadSwitchedOff_asksForThePin) {
    Desktop desktop;
    desktop.device().info.hasProtectedPath = true;
    desktop.usePinPad = false;
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.tokens.pinsSent, std::vector<std::string>{"123456"});
}

TEST(LoginFlowPin, cancelAtThePin_isCancelled) {
    Desktop desktop;
    desktop.ui.pins.clear();
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::userCancelled);
    EXPECT_TRUE(desktop.nothingWasSigned());
}

TEST(LoginFlowPin, tokenGoneAtTheSecondTry_isRemoved) {
    Desktop desktop;
    desktop.ui.pins = {"111111", "123456"};
    desktop.ui.wantsRetry = true;
    desktop.start();
    while (desktop.ui.retryOffers.empty() && desktop.loop.runOne()) {
    }
    desktop.tokens.modules[0].devices.clear();
    desktop.runAll();
    EXPECT_EQ(desktop.error().code, ErrorCode::tokenRemoved);
    EXPECT_EQ(desktop.ui.pinQuestions.size(), 1U);
    EXPECT_EQ(desktop.tokens.pinsSent.size(), 1U);
}

// Attack 36: what was typed for one token is not sent to another that takes its place.
TEST(LoginFlowPin, otherTokenAtTheSecondTry_isNotUsed) {
    Desktop desktop;
    desktop.ui.pins = {"111111", "123456"};
    desktop.ui.wantsRetry = true;
    desktop.start();
    while (desktop.ui.retryOffers.empty() && desktop.loop.runOne()) {
    }
    desktop.device().info.serial = "0002";
    desktop.runAll();
    EXPECT_EQ(desktop.error().code, ErrorCode::tokenRemoved);
    EXPECT_EQ(desktop.tokens.pinsSent.size(), 1U);
}

}  // namespace
}  // namespace signet
