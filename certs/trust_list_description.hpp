// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "certs/trust_list.hpp"

#include <string>
#include <string_view>

namespace signet {

/// Fills `issuer` (all but its certificate) from the text of a description file; `fileName` is for the
/// errors. Licence dates are days of China Standard Time, both inclusive. Errors: configurationInvalid with
/// file and line. Thread: any.
Result<void> applyDescription(std::string_view text, std::string_view fileName, TrustedIssuer& issuer);

}  // namespace signet
