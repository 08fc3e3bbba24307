// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"

#include <chrono>
#include <filesystem>
#include <optional>

namespace signet {

/// Sleeps until something happens at the place of a socket that is not there: it, or the folder that it is
/// to be in, is made or moved there.
/// Thread: one at a time.
/// Source: inotify(7).
class ServiceWait {
public:
    /// Watches from now on, so that what happens between this and wait() is not missed.
    explicit ServiceWait(const std::filesystem::path& socket);

    /// At most for `limit`, where there is one. False when `endDescriptor` became readable.
    bool wait(int endDescriptor, std::optional<std::chrono::seconds> limit) const;

private:
    Fd m_events;
};

}  // namespace signet
