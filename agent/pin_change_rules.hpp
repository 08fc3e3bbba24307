// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/result.hpp"
#include "pkcs11/sign_request.hpp"
#include "pkcs11/token.hpp"

#include <cstddef>
#include <string>

namespace signet {

/// What every face keeps to that changes a PIN. Units: bytes. Thread: any.

/// An error that says how many tries the token has left.
Error withTriesLeft(const TokenInfo& token, ErrorCode code, std::string reason = {});
/// Whether the PIN can be changed at all. Errors: pinLocked, tokenError with reason "pin_not_set".
Result<void> checkPinCanChange(const TokenInfo& token);
/// The reader asks for the PINs; nothing is typed here.
bool isPinEnteredOnReader(const TokenInfo& token, bool usePinPad);

/// A PIN of impossible length costs no try: it is not sent. Errors: pinIncorrect with reason "pin_length".
Result<void> checkOldPin(const TokenInfo& token, std::size_t bytes);
/// Errors: badRequest with reason "pin_length".
Result<void> checkNewPin(const TokenInfo& token, std::size_t bytes);
/// Errors: invalidRequest with reason "pin_mismatch".
Result<void> checkNewPinAgain(BytesView first, BytesView second);

/// The last try of the old PIN is accepted where the token told of it: who asks has confirmed it before.
PinChangeRequest pinChangeRequest(const TokenInfo& token);
/// What a failed change tells about the PIN's tries, for the next question.
void learnFromPinError(TokenInfo& token, const Error& error);

/// "新口令的长度须为 4 到 16 位。"
std::string newPinLengthText(const TokenInfo& token, Language language);
std::string newPinsDifferText(Language language);

}  // namespace signet
