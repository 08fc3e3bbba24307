// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <p11-kit/pkcs11.h>

#include <string>
#include <string_view>

namespace signet {

/// The one table from CK_RV to ErrorCode. `detail` is "C_Login: CKR_PIN_INCORRECT (0xa0)"; a value that the
/// table does not know keeps its whole number there and is tokenError with reason "unknown_code", never
/// "locked".
/// Source: PKCS#11 v2.40 section 5.1, v3.0 section 5.1.
Error ckError(CK_RV rv, std::string_view function);

/// "CKR_PIN_INCORRECT (0xa0)"; "0x80000004" for a value without a name here.
std::string ckName(CK_RV rv);

}  // namespace signet
