// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace signet {

// Single frames over pipes and sockets, blocking. SIGPIPE has to be ignored.

/// Reads one frame and not a byte more; gives its body.
/// Errors: invalidRequest with reason "invalid_request" for a length out of bounds; internalError with reason
/// "connection_lost" when the other end goes or the time is over.
Result<std::string> readFrame(int file, std::chrono::milliseconds patience);

/// Writes the frame of a body. Errors: internalError with reason "connection_lost".
Result<void> writeFrame(int file, std::string_view body);

}  // namespace signet
