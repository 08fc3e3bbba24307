// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/sign_request.hpp"
#include "pkcs11/token.hpp"

namespace signet {

/// The last look before a PIN is sent: the token in the slot is the one that was meant, and can take a PIN.
/// Errors: tokenRemoved (also for another token, reason "another_token"), pinLocked, tokenError with reason
/// "token_not_initialized" or, where a login is needed, "pin_not_set".
Result<TokenInfo> checkToken(const Module& module, const KeyReference& key);

/// Whether a PIN has a length that the token takes; what has not would cost a try on some. An empty one is
/// for a protected authentication path or a token without login.
/// Units: bytes.
/// Errors: pinIncorrect with reason "pin_length".
Result<void> checkPinLength(const TokenInfo& token, BytesView pin);

/// Whether a PIN, typed or entered on the reader, is going to be checked by the token.
bool asksForPin(const TokenInfo& token, BytesView pin);

/// The last try of a PIN is not spent without the user's word, by the flags as they are now: those that the
/// user was asked by may be minutes old.
/// Errors: pinFinalTryDeclined with reason "not_asked" and triesLeft 1.
Result<void> checkFinalTry(const TokenInfo& token, bool isAccepted);

/// Completes the error of a call in which a PIN was sent: a wrong PIN gets the tries left where the token's
/// flags tell them now, and is pinLocked when it was the last; other errors become tokenRemoved when the slot
/// is empty now.
Error explainRefusal(const Module& module, CK_SLOT_ID slot, Error error);

}  // namespace signet
