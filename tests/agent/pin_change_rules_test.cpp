// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/pin_change_rules.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

TokenInfo token() {
    TokenInfo info{.slot = 3, .label = "lock", .serial = "s1"};
    info.minPinBytes = 6;
    info.maxPinBytes = 8;
    info.triesLeft = 4;
    return info;
}

TEST(PinChangeRules, lockedOrMissingPin_cannotBeChanged) {
    EXPECT_TRUE(checkPinCanChange(token()));
    auto locked = token();
    locked.isPinLocked = true;
    locked.triesLeft = 0;
    const auto refused = checkPinCanChange(locked);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::pinLocked);
    EXPECT_EQ(refused.error().triesLeft, 0);
    auto unset = token();
    unset.isUserPinSet = false;
    EXPECT_EQ(checkPinCanChange(unset).error().reason, "pin_not_set");
}

TEST(PinChangeRules, lengthsOfBothPins_areChecked) {
    for (const std::size_t bytes : {6U, 8U}) {
        EXPECT_TRUE(checkOldPin(token(), bytes));
        EXPECT_TRUE(checkNewPin(token(), bytes));
    }
    for (const std::size_t bytes : {0U, 5U, 9U}) {
        const auto old = checkOldPin(token(), bytes);
        ASSERT_FALSE(old) << bytes;
        EXPECT_EQ(old.error().code, ErrorCode::pinIncorrect);
        EXPECT_EQ(old.error().triesLeft, 4) << "none was used";
        const auto fresh = checkNewPin(token(), bytes);
        ASSERT_FALSE(fresh) << bytes;
        EXPECT_EQ(fresh.error().code, ErrorCode::badRequest);
        for (const auto& error : {old.error(), fresh.error()}) {
            EXPECT_EQ(error.reason, "pin_length");
            EXPECT_EQ(error.params.at("shortest"), "6");
            EXPECT_EQ(error.params.at("longest"), "8");
        }
    }
    EXPECT_EQ(newPinLengthText(token(), Language::en), "The new PIN must have 6 to 8 characters.");
}

TEST(PinChangeRules, newPins_mustBeEqual) {
    EXPECT_TRUE(checkNewPinAgain(bytesOf("739518"), bytesOf("739518")));
    for (const auto* other : {"739519", "73951", "7395181", ""})
        EXPECT_EQ(checkNewPinAgain(bytesOf("739518"), bytesOf(other)).error().reason, "pin_mismatch");
}

TEST(PinChangeRules, reader_asksOnlyWhereItMay) {
    auto info = token();
    EXPECT_FALSE(isPinEnteredOnReader(info, true));
    info.hasProtectedPath = true;
    EXPECT_TRUE(isPinEnteredOnReader(info, true));
    EXPECT_FALSE(isPinEnteredOnReader(info, false));
}

TEST(PinChangeRules, lastTry_isLearnedFromTheErrorAndAccepted) {
    auto info = token();
    EXPECT_FALSE(pinChangeRequest(info).isFinalTryAccepted);
    Error wrong{.code = ErrorCode::pinIncorrect};
    wrong.triesLeft = 1;
    learnFromPinError(info, wrong);
    EXPECT_TRUE(info.isPinFinalTry);
    EXPECT_TRUE(pinChangeRequest(info).isFinalTryAccepted);
    EXPECT_EQ(pinChangeRequest(info).token.tokenSerial, "s1");
    Error locked{.code = ErrorCode::pinLocked};
    learnFromPinError(info, locked);
    EXPECT_TRUE(info.isPinLocked);
}

}  // namespace
}  // namespace signet
