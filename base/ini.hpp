// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// One `key = value` of a configuration or description file; `[section]` gives keys "section.key".
struct IniEntry {
    std::string key;
    std::string value;
    int line = 0;  ///< 1 is the first
};

/// Reads the syntax of Boost.Program_options' configuration files (comments by #), keeping order and line
/// numbers. Errors: configurationInvalid, with "FILE:LINE: …" in `detail` and in params["name"].
Result<std::vector<IniEntry>> parseIni(std::string_view text, std::string_view fileName);

/// The error for one line of a file: configurationInvalid with "FILE:LINE: what".
Error configurationError(std::string_view fileName, int line, std::string_view what);

}  // namespace signet
