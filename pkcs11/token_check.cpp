// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_check.hpp"

#include "pkcs11/ck_token.hpp"

#include <utility>

namespace signet {
namespace {

/// The longest PIN that any token takes is far below this.
constexpr std::size_t kMaxPinBytes = 255;

bool isSame(const TokenInfo& token, const KeyReference& key) {
    return token.label == key.tokenLabel && token.serial == key.tokenSerial;
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
    if (!token) return fail(nameRemoval(module, key.slot, token.error()));
    if (!isSame(*token, key))
        return fail(ErrorCode::tokenRemoved, "another token is in the slot now", "another_token");
    if (!token->isInitialized)
        return fail(ErrorCode::tokenError, "the token is not initialised", "token_not_initialized");
    if (token->isPinLocked) return locked("CKF_USER_PIN_LOCKED is set");
    if (!token->isUserPinSet)
        return fail(ErrorCode::tokenError, "the token has no user PIN yet", "pin_not_set");
    return token;
}

Result<void> checkPinLength(const TokenInfo& token, BytesView pin) {
    if (pin.empty() && (token.hasProtectedPath || !token.isLoginRequired)) return {};
    const bool isRangeKnown = token.maxPinBytes != 0 && token.minPinBytes <= token.maxPinBytes;
    const std::size_t shortest = isRangeKnown ? token.minPinBytes : 1;
    const std::size_t longest = isRangeKnown ? token.maxPinBytes : kMaxPinBytes;
    if (!pin.empty() && pin.size() >= shortest && pin.size() <= longest && pin.size() <= kMaxPinBytes)
        return {};
    return fail(ErrorCode::pinIncorrect,
                "the token takes " + std::to_string(shortest) + " to " + std::to_string(longest) +
                    " bytes; nothing was sent",
                "pin_length");
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
