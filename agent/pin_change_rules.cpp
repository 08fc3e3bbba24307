// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/pin_change_rules.hpp"

#include "agent/language.hpp"

#include <algorithm>
#include <utility>

namespace signet {

Error withTriesLeft(const TokenInfo& token, ErrorCode code, std::string reason) {
    Error error{.code = code, .reason = std::move(reason)};
    error.triesLeft = token.triesLeft;
    return error;
}

Result<void> checkPinCanChange(const TokenInfo& token) {
    if (token.isPinLocked) return fail(withTriesLeft(token, ErrorCode::pinLocked));
    if (!token.isUserPinSet) return fail(withTriesLeft(token, ErrorCode::tokenError, "pin_not_set"));
    return {};
}

bool isPinEnteredOnReader(const TokenInfo& token, bool usePinPad) {
    return token.hasProtectedPath && usePinPad;
}

Result<void> checkOldPin(const TokenInfo& token, std::size_t bytes) {
    if (acceptsPinLength(token, bytes)) return {};
    return fail(withPinLengths(withTriesLeft(token, ErrorCode::pinIncorrect, "pin_length"), token));
}

Result<void> checkNewPin(const TokenInfo& token, std::size_t bytes) {
    if (acceptsPinLength(token, bytes)) return {};
    return fail(withPinLengths({.code = ErrorCode::badRequest, .reason = "pin_length"}, token));
}

Result<void> checkNewPinAgain(BytesView first, BytesView second) {
    if (std::ranges::equal(first, second)) return {};
    return fail(ErrorCode::invalidRequest, {}, "pin_mismatch");
}

PinChangeRequest pinChangeRequest(const TokenInfo& token) {
    return {{token.slot, token.label, token.serial, {}, {}}, token.isPinFinalTry};
}

void learnFromPinError(TokenInfo& token, const Error& error) {
    if (error.triesLeft) token.triesLeft = error.triesLeft;
    if (error.code == ErrorCode::pinLocked) token.isPinLocked = true;
    token.isPinFinalTry = token.isPinFinalTry || token.triesLeft == 1;
}

std::string newPinLengthText(const TokenInfo& token, Language language) {
    const auto least = std::to_string(pinLengths(token).shortest);
    const auto most = std::to_string(pinLengths(token).longest);
    return language == Language::zh ? "新口令的长度须为 " + least + " 到 " + most + " 位。"
                                    : "The new PIN must have " + least + " to " + most + " characters.";
}

std::string newPinsDifferText(Language language) {
    return Text{"两次输入的新口令不一致,请重新输入。", "The two new PINs differ. Enter them again."}.of(
        language);
}

}  // namespace signet
