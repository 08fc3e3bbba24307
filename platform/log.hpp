// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <string>
#include <string_view>

namespace signet {

enum class LogLevel { debug, info, warning, error };

/// Lines to stderr from now on, of this level and above. Thread: any.
void setLogLevel(LogLevel level);
/// One line; control characters are escaped, so nobody can forge a second one. Codes, lengths and hash
/// prefixes only, never bodies.
void writeLog(LogLevel level, std::string_view message);
/// Control characters as \xNN.
std::string escapedForLog(std::string_view message);

}  // namespace signet
