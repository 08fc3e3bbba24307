// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"

#include <filesystem>

namespace signet {

/// Where the agent listens for the programs of its own user: signet/agent.sock below $XDG_RUNTIME_DIR, or
/// below /run/user/UID where that is not set, or below ~/.cache where there is no such folder. Source: XDG
/// Base Directory Specification.
std::filesystem::path defaultAgentSocket();

/// Whether the other end of a connected socket is a process of this user.
bool isPeerSameUser(int socket);

/// Connects to the agent. The folder must be this user's alone (mode 0700), and so must the other end.
/// Errors: internalError with reason "agent_not_running" or "agent_socket_unsafe".
Result<Fd> connectAgentSocket(const std::filesystem::path& path);

}  // namespace signet
