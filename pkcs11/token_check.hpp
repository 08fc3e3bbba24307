// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/token.hpp"
#include "pkcs11/token_host_client.hpp"

namespace signet {

/// The last look before a PIN is sent: the token in the slot is the one that was meant, and can take a PIN.
/// Errors: tokenRemoved (also for another token, reason "another_token"), pinLocked, tokenError with reason
/// "token_not_initialized" or "pin_not_set".
Result<TokenInfo> checkToken(const Module& module, const KeyReference& key);

/// Whether a PIN has a length that the token takes; what has not would cost a try on some. An empty one is
/// for a protected authentication path or a token without login.
/// Units: bytes.
/// Errors: pinIncorrect with reason "pin_length".
Result<void> checkPinLength(const TokenInfo& token, BytesView pin);

/// Completes the error of a call in which a PIN was sent: a wrong PIN gets the tries left where the token's
/// flags tell them now, and is pinLocked when it was the last; other errors become tokenRemoved when the slot
/// is empty now.
Error explainRefusal(const Module& module, CK_SLOT_ID slot, Error error);

}  // namespace signet
