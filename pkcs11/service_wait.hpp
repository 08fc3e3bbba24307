// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"

#include <filesystem>

namespace signet {

/// Where the PC/SC service listens: PCSCLITE_CSOCK_NAME, else the system's place. The client library reads
/// the same variable.
std::filesystem::path pcscSocket();

/// Sleeps until something happens at the place of a socket that is not there: it, or the folder that it is
/// to be in, is made or moved there.
/// Thread: one at a time.
/// Source: inotify(7).
class ServiceWait {
public:
    /// Watches from now on, so that what happens between this and wait() is not missed.
    explicit ServiceWait(const std::filesystem::path& socket);

    /// False when `endDescriptor` became readable, or nothing can be watched.
    bool wait(int endDescriptor) const;

private:
    Fd m_events;
};

}  // namespace signet
