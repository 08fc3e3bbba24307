// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <p11-kit/pkcs11.h>

#include <optional>
#include <string>
#include <string_view>

namespace signet::fake {

/// "CKR_DEVICE_ERROR", or the number as "0x80000004" where it has no name here.
std::string rvName(CK_RV rv);
std::optional<CK_RV> rvFromName(std::string_view name);

/// "CKM_ECDSA" or a number: vendors' mechanisms have no names.
std::optional<CK_MECHANISM_TYPE> mechanismFromName(std::string_view name);

/// "user-pin-locked" for CKF_USER_PIN_LOCKED; the other names are in the table.
std::optional<CK_FLAGS> tokenFlagFromName(std::string_view name);

/// Whether the fake module implements, and so counts, a function of this name ("C_Sign").
bool isFunctionName(std::string_view name);

/// Decimal, or hexadecimal with 0x.
std::optional<unsigned long> numberFromText(std::string_view text);

}  // namespace signet::fake
