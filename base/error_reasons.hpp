// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <span>
#include <string_view>

namespace signet {

/// A cause under a code that the user should read in its own words; placeholders as in ErrorInfo. Most
/// reasons need none: they are for programs and the help desk.
struct ReasonInfo {
    ErrorCode code;
    std::string_view reason;
    std::string_view zh;
    std::string_view en;
    std::string_view adviceZh;
    std::string_view adviceEn;
};

/// All rows, in the order of the codes.
std::span<const ReasonInfo> reasonTable();
/// Its row; null where the code's own sentence says it, and for what the platform said.
const ReasonInfo* reasonInfo(const Error& error);

}  // namespace signet
