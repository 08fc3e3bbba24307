// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/sign_request.hpp"

namespace signet {

/// Changes the user PIN by one C_SetPIN in a read/write session, without C_Login. Both PINs empty: the reader
/// asks for them (protected authentication path).
/// Errors: as TokenHostClient::changePin(); what is wrong with the new PIN is badRequest with reason
/// "pin_length", "pin_characters" or "pin_weak".
Result<void> changePin(const Module& module, const PinChangeRequest& request, BytesView oldPin,
                       BytesView newPin);

}  // namespace signet
