// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <chrono>

namespace signet {

using SteadyTime = std::chrono::steady_clock::time_point;

/// What ends a wait of the client.
struct WaitLimits {
    SteadyTime deadline;
    int interruptEvent = -1;  ///< an eventfd
};

// The client's side. Errors: moduleFailed with reason "closed", "deadline" or "protocol"; userCancelled.
/// Sends a whole frame.
Result<void> sendFrame(int socket, BytesView frame, const WaitLimits& limits);
/// Receives one frame, without its length.
Result<Bytes> receiveFrame(int socket, const WaitLimits& limits);
/// Whether something can be read or the other end has gone, without waiting. Of an eventfd: whether it is
/// set.
bool hasInput(int descriptor);

// The host's side, blocking. A frame may hold a PIN, so it goes into memory that is wiped.
/// Errors: as above; "closed" also for the orderly end.
Result<SecretBytes> readRequestFrame(int socket);
/// Errors: as above.
Result<void> writeReplyFrame(int socket, BytesView frame);

}  // namespace signet
