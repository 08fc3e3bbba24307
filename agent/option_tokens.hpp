// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// An option of a command line as it was given, or a word that belongs to none (its name is empty).
struct OptionToken {
    std::string name{};
    std::string value{};
};

struct KnownOption {
    std::string_view name;
    bool hasValue = false;
};

/// Reads the arguments after the program's name, in their order; long options only, no abbreviations.
/// Errors: invalidRequest with reason "usage".
Result<std::vector<OptionToken>> readOptionTokens(const std::vector<std::string>& arguments,
                                                  std::span<const KnownOption> known);

}  // namespace signet
