// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/json_rpc.hpp"
#include "base/result.hpp"
#include "certs/localhost_certificate.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

struct BridgeLimits {
    std::size_t connections = 32;
    std::size_t connectionsPerOrigin = 4;
    std::size_t headBytes = 8 * 1024;
    std::chrono::milliseconds head{5000};       ///< from the connection to the end of its head, TLS included
    std::chrono::milliseconds message{10'000};  ///< from the first byte of a message to its last
    double messagesPerSecond = 1000;
    double messagesAtOnce = 1000;
    double readsPerSecond = 2000;  ///< of its socket, whatever comes
    double readsAtOnce = 4000;
    std::size_t refusedMessages = 20'000;   ///< of one connection and reads too many, then it is closed
    std::size_t requestsUnderWay = 8;       ///< of one connection, in the listener's hands
    std::size_t unsentBytes = 1024 * 1024;  ///< to a caller who does not read
    std::chrono::seconds handOff{60};
};

struct BridgeOptions {
    std::vector<std::uint16_t> ports{};   ///< the first that is free, with its successor for TLS; 0: any
    std::vector<std::string> origins{};   ///< exact
    std::optional<LocalhostFiles> tls{};  ///< absent: without wss
    BridgeLimits limits{};
};

/// Names a WebSocket connection. Never 0, never used again.
using BridgeConnection = std::uint64_t;

/// What comes over the bridge. Thread: main.
class BridgeListener {
public:
    virtual ~BridgeListener() = default;
    virtual void onOpened(BridgeConnection connection, const std::string& origin) = 0;
    /// Everything but hello, which the bridge answers by itself. Each wants one answer.
    virtual void onRequest(BridgeConnection connection, const RpcRequest& request) = 0;
    virtual void onClosed(BridgeConnection connection) = 0;
};

/// A line for the log: what was refused and why. Thread: the bridge's.
using BridgeLog = std::function<void(std::string_view line)>;

/// The door for web pages: HTTP and WebSocket on 127.0.0.1 and ::1, with and without TLS, on a thread of its
/// own. What it lets in is said in bridge_rules.hpp; besides, the other end of a connection must belong to
/// this user. Nothing from outside reaches the main thread before all of that.
/// Thread: main, with a Qt event loop; the listener is called there.
class Bridge {
public:
    /// Binds; serves from now on. `listener` outlives the bridge. Errors: configurationInvalid with reason
    /// "ports_taken"; the errors of the localhost certificate.
    static Result<std::unique_ptr<Bridge>> listen(BridgeOptions options, BridgeListener& listener,
                                                  BridgeLog log = {});
    /// Closes all connections; the listener is not called any more.
    ~Bridge();
    Bridge(const Bridge&) = delete;
    Bridge& operator=(const Bridge&) = delete;

    std::uint16_t port() const;
    std::optional<std::uint16_t> tlsPort() const;

    /// The answer to a request.
    void answer(BridgeConnection connection, std::string text);
    void notify(BridgeConnection connection, std::string text);
    void closeOrigin(const std::string& origin);

    /// An address of this computer that sends whoever of this user opens it first to `target`. Valid once and
    /// for `handOff`. A secret in `target` thus stays out of the argument lists of programs.
    std::string handOff(const std::string& target);

private:
    struct State;
    explicit Bridge(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace signet
