// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

namespace signet {

/// Carries whole frames between the browser (`in`, `out`) and the agent's socket until either side ends; what
/// the agent said before it closed still reaches the browser. Each direction holds one frame at most: a slow
/// reader slows its writer down. Makes `out` and `agent` non-blocking; SIGPIPE has to be ignored.
/// Errors: invalidRequest with reason "frame_length"; internalError with reason "connection_lost" when a side
/// ends within a frame.
Result<void> relayFrames(int in, int out, int agent);

}  // namespace signet
