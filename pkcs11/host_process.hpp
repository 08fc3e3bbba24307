// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"

#include <sys/types.h>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace signet {

/// A signet-token-host that runs, with the socket to it.
/// Thread: one at a time.
class HostProcess {
public:
    /// Starts it in a session of its own, so that neither Ctrl-C nor a prompt of the module reaches the
    /// user's terminal.
    /// Errors: moduleFailed with reason "start_failed".
    static Result<HostProcess> start(const std::filesystem::path& program,
                                     const std::filesystem::path& module);
    HostProcess(HostProcess&& other) noexcept;
    HostProcess& operator=(HostProcess&&) = delete;
    HostProcess(const HostProcess&) = delete;
    HostProcess& operator=(const HostProcess&) = delete;
    /// Closes the socket, gives it a moment to finalise its module, then kills it.
    ~HostProcess();

    int socket() const { return m_socket.get(); }
    pid_t id() const { return m_pid; }

    /// Kills it and waits for its end.
    void kill();
    /// For a process whose socket has ended: waits for its own end (and kills it if that does not come).
    /// moduleFailed with reason "crashed" and the signal in `detail`, or "exited" and the status.
    Error causeOfDeath();

private:
    HostProcess(pid_t pid, Fd socket) : m_pid(pid), m_socket(std::move(socket)) {}
    /// Waits up to `limit` for the end. Returns the status of waitpid().
    std::optional<int> reap(std::chrono::milliseconds limit);

    pid_t m_pid = 0;  ///< 0: none, or its end is known
    Fd m_socket;
};

}  // namespace signet
