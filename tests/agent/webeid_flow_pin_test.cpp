// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// The PIN's rules hold for Web eID as for a login: the code is the same, and this shows that it is used.
#include "tests/agent/webeid_flow_fixture.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

// R57: attack 41
TEST(WebEidFlowPin, wrongPin_endsWithTriesLeftAndIsNotSentAgain) {
    WebEidDesktop desktop;
    desktop.ui.pins = {"111111", "123456"};
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(desktop.error().triesLeft, 4);
    EXPECT_EQ(desktop.tokens.pinsSent, std::vector<std::string>{"111111"});
    EXPECT_EQ(desktop.tokens.signatures, 0);
    EXPECT_EQ(desktop.journal.records.at(0).result, "pin_incorrect");
}

TEST(WebEidFlowPin, personSaysAgain_isAskedOnceMore) {
    WebEidDesktop desktop;
    desktop.ui.pins = {"111111", "123456"};
    desktop.ui.wantsRetry = true;
    desktop.run();
    ASSERT_TRUE(desktop.isDone()) << nameOf(desktop.error());
    EXPECT_EQ(desktop.ui.pinQuestions.size(), 2U);
    EXPECT_EQ(desktop.tokens.pinsSent, (std::vector<std::string>{"111111", "123456"}));
    EXPECT_EQ(desktop.tokens.signatures, 1);
    EXPECT_EQ(desktop.checker.checks, 1);
    EXPECT_EQ(desktop.journal.records.size(), 2U);
}

TEST(WebEidFlowPin, finalTry_isUsedOnlyWhenConfirmed) {
    for (const bool isConfirmed : {true, false}) {
        WebEidDesktop desktop;
        desktop.device().info.isPinFinalTry = true;
        desktop.device().info.triesLeft = 1;
        desktop.ui.confirms = isConfirmed;
        desktop.run();
        EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::finalPinTry});
        EXPECT_EQ(desktop.isDone(), isConfirmed);
        EXPECT_EQ(desktop.tokens.pinsSent.size(), isConfirmed ? 1U : 0U);
        if (!isConfirmed) {
            EXPECT_EQ(desktop.error().code, ErrorCode::pinFinalTryDeclined);
        }
    }
}

TEST(WebEidFlowPin, finalTrySinceTheTokenWasRead_isConfirmedBeforeItIsUsed) {
    WebEidDesktop desktop;
    desktop.ui.pins = {"123456", "123456"};
    desktop.ui.onPinAsked = [&] {
        desktop.device().info.isPinFinalTry = true;
        desktop.device().info.triesLeft = 1;
    };
    desktop.run();
    EXPECT_TRUE(desktop.isDone());
    EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::finalPinTry});
    EXPECT_EQ(desktop.tokens.pinsSent.size(), 1U);
}

TEST(WebEidFlowPin, lockedOrUnsetPin_isSaidWithoutAsking) {
    for (const bool isLocked : {true, false}) {
        WebEidDesktop desktop;
        desktop.device().info.isPinLocked = isLocked;
        desktop.device().info.isUserPinSet = isLocked;
        desktop.run();
        EXPECT_EQ(nameOf(desktop.error()), isLocked ? "pin_locked" : "token_error/pin_not_set");
        EXPECT_EQ(desktop.ui.asked(), 0U);
        EXPECT_TRUE(desktop.nothingWasSigned());
    }
}

TEST(WebEidFlowPin, impossibleLength_isNotSent) {
    for (const auto* pin : {"", "123", "12345678901234567"}) {
        WebEidDesktop desktop;
        desktop.ui.pins = {pin};
        desktop.run();
        EXPECT_EQ(nameOf(desktop.error()), "pin_incorrect/pin_length");
        EXPECT_TRUE(desktop.nothingWasSigned());
    }
}

// The consent is a yes where no PIN is typed: nothing is signed silently.
TEST(WebEidFlowPin, pinPadAndTokenWithoutLogin_askForConsent) {
    for (const bool hasPad : {true, false})
        for (const bool isAccepted : {true, false}) {
            WebEidDesktop desktop;
            desktop.device().info.hasProtectedPath = hasPad;
            desktop.device().info.isLoginRequired = hasPad;
            desktop.device().pin = "";
            desktop.ui.confirms = isAccepted;
            desktop.run();
            EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::pinPad});
            EXPECT_TRUE(desktop.ui.pinQuestions.empty());
            EXPECT_EQ(desktop.isDone(), isAccepted);
            EXPECT_EQ(desktop.nothingWasSigned(), !isAccepted);
        }
}

TEST(WebEidFlowPin, pinPadSwitchedOff_asksForThePin) {
    WebEidDesktop desktop;
    desktop.device().info.hasProtectedPath = true;
    desktop.usePinPad = false;
    desktop.run();
    ASSERT_TRUE(desktop.isDone());
    EXPECT_EQ(desktop.tokens.pinsSent, std::vector<std::string>{"123456"});
}

TEST(WebEidFlowPin, cancelAtThePin_isCancelled) {
    WebEidDesktop desktop;
    desktop.ui.pins.clear();
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::userCancelled);
    EXPECT_TRUE(desktop.nothingWasSigned());
}

// Attack 36: what was typed for one token is not sent to another that takes its place.
TEST(WebEidFlowPin, otherTokenAtTheSecondTry_isNotUsed) {
    WebEidDesktop desktop;
    desktop.ui.pins = {"111111", "123456"};
    desktop.ui.wantsRetry = true;
    desktop.ui.onRetryOffered = [&] { desktop.device().info.serial = "0002"; };
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::tokenRemoved);
    EXPECT_EQ(desktop.tokens.pinsSent.size(), 1U);
}

}  // namespace
}  // namespace signet
