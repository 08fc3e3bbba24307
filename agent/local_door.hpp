// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/local_door_messages.hpp"
#include "agent/page_session.hpp"
#include "base/fd.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace signet {

struct LocalDoorLimits {
    std::size_t connections = 32;
    std::size_t connectionsPerOrigin = 4;
    std::chrono::milliseconds opening{5000};
    std::size_t refusedMessages = 20'000;  ///< of one connection, then it is closed
    std::size_t unsentBytes = std::size_t{1024} * 1024;
};

struct LocalDoorOptions {
    std::filesystem::path socket;
    std::vector<std::string> extensions{};  ///< exact
    std::vector<std::string> origins{};     ///< exact; as on the bridge
    LocalDoorLimits limits{};
};

/// Everything but a page: link, show, status, revoke. Thread: main.
using OnLocalOpening = std::function<LocalAnswer(const LocalOpening&)>;

/// The door for programs of this user: the extension's native host, the agent itself when it is started once
/// more, the command line. A Unix socket of mode 0600 in a folder of mode 0700; the other end must be this
/// user's.
/// Thread: main, with a Qt event loop.
class LocalDoor {
public:
    /// `services` outlives the door. Errors: internalError with reason "agent_socket_unsafe".
    static Result<std::unique_ptr<LocalDoor>> open(LocalDoorOptions options, PageServices& services,
                                                   OnLocalOpening onOpening);
    /// Ends all connections and takes the socket away.
    ~LocalDoor();
    LocalDoor(const LocalDoor&) = delete;
    LocalDoor& operator=(const LocalDoor&) = delete;

    void closeOrigin(const std::string& origin);

private:
    struct State;
    explicit LocalDoor(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The right to be the agent of this user: a lock that ends with the process. Closed when another has it.
/// Errors: internalError with reason "agent_socket_unsafe" when the socket's folder is not this user's alone.
Result<Fd> lockAgent(const std::filesystem::path& socket);

/// Says an opening to the agent that runs. Blocks for `patience` at most. Errors: internalError with reason
/// "agent_not_running", "agent_socket_unsafe" or "connection_lost".
Result<LocalAnswer> tellAgent(const std::filesystem::path& socket, const LocalOpening& opening,
                              std::chrono::milliseconds patience = std::chrono::milliseconds(3000));

}  // namespace signet
