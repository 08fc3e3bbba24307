// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_check.hpp"

#include "pkcs11/ck_token.hpp"

#include <optional>
#include <string>
#include <utility>

namespace signet {
namespace {

bool isSame(const TokenInfo& token, const KeyReference& key) {
    return token.label == key.tokenLabel && token.serial == key.tokenSerial;
}

/// A module that was started anew may number its slots anew. Only where no two could be meant.
std::optional<TokenInfo> inAnotherSlot(const Module& module, const KeyReference& key) {
    const auto slots = slotsWithToken(module);
    std::optional<TokenInfo> found;
    for (const auto slot : slots.value_or(std::vector<CK_SLOT_ID>{})) {
        auto token = readTokenInfo(module, slot);
        if (slot == key.slot || !token || !isSame(*token, key)) continue;
        if (found) return std::nullopt;
        found = std::move(*token);
    }
    return found;
}

tl::unexpected<Error> locked(const char* detail) {
    Error error;
    error.code = ErrorCode::pinLocked;
    error.detail = detail;
    error.triesLeft = 0;
    return fail(std::move(error));
}

}  // namespace

Result<TokenInfo> checkToken(const Module& module, const KeyReference& key) {
    auto token = readTokenInfo(module, key.slot);
    if (!token || !isSame(*token, key))
        if (auto moved = inAnotherSlot(module, key)) token = std::move(*moved);
    if (!token) return fail(nameRemoval(module, key.slot, token.error()));
    if (!isSame(*token, key))
        return fail(ErrorCode::tokenRemoved, "another token is in the slot now", "another_token");
    if (!token->isInitialized)
        return fail(ErrorCode::tokenError, "the token is not initialised", "token_not_initialized");
    if (token->isPinLocked) return locked("CKF_USER_PIN_LOCKED is set");
    if (token->isLoginRequired && !token->isUserPinSet)
        return fail(ErrorCode::tokenError, "the token has no user PIN yet", "pin_not_set");
    return token;
}

Result<void> checkPinLength(const TokenInfo& token, BytesView pin) {
    if (pin.empty() && (token.hasProtectedPath || !token.isLoginRequired)) return {};
    if (acceptsPinLength(token, pin.size())) return {};
    const auto lengths = pinLengths(token);
    Error error{.code = ErrorCode::pinIncorrect, .reason = "pin_length"};
    error.detail = "the token takes " + std::to_string(lengths.shortest) + " to " +
                   std::to_string(lengths.longest) + " bytes; nothing was sent";
    return fail(withPinLengths(std::move(error), token));
}

bool asksForPin(const TokenInfo& token, BytesView pin) {
    return !pin.empty() || token.isLoginRequired || token.hasProtectedPath;
}

Result<void> checkFinalTry(const TokenInfo& token, bool isAccepted) {
    if (!token.isPinFinalTry || isAccepted) return {};
    Error error;
    error.code = ErrorCode::pinFinalTryDeclined;
    error.reason = "not_asked";
    error.detail = "CKF_USER_PIN_FINAL_TRY is set now; nothing was sent";
    error.triesLeft = 1;
    return fail(std::move(error));
}

Error explainRefusal(const Module& module, CK_SLOT_ID slot, Error error) {
    if (error.code != ErrorCode::pinIncorrect) return nameRemoval(module, slot, std::move(error));
    const auto token = readTokenInfo(module, slot);
    if (!token) return error;
    error.triesLeft = token->triesLeft;
    if (token->isPinLocked) error.code = ErrorCode::pinLocked;
    return error;
}

}  // namespace signet
