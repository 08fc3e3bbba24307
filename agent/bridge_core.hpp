// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/bridge.hpp"
#include "agent/bridge_rules.hpp"
#include "agent/bridge_tls.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace signet {

/// Targets to which a browser may be sent, each once.
/// Thread: any.
class HandOffTickets {
public:
    using Time = std::chrono::steady_clock::time_point;
    /// Gives the ticket. The oldest goes when there are too many.
    std::string issue(std::string target, Time now, std::chrono::seconds life);
    std::optional<std::string> redeem(const std::string& ticket, Time now);

private:
    struct Ticket {
        std::string name;
        std::string target;
        Time end;
    };
    void removeOld(Time now);

    std::mutex m_mutex;
    std::list<Ticket> m_tickets;
};

/// One connection, from its first byte to its last. It lives as long as one of its operations, or the house
/// holds it. Thread: the bridge's.
class BridgeCaller {
public:
    virtual ~BridgeCaller() = default;
    virtual void start() = 0;
    virtual void send(std::string text, bool isAnswer) = 0;
    /// Says goodbye (1001) where it is a WebSocket.
    virtual void goAway() = 0;
    virtual void close() = 0;
};

/// What the connections share: who is in the house, and where to report.
/// Thread: the bridge's, unless said otherwise. Included by the bridge's own files only.
class BridgeHouse {
public:
    BridgeHouse(BridgeOptions given, BridgeLog log) : options(std::move(given)), m_log(std::move(log)) {}

    /// Makes room for a new connection: where the house is full, the one that has stood longest at the door
    /// without having said what it wants goes. 0: everyone inside is a WebSocket.
    BridgeConnection admit();
    void enter(BridgeConnection id, std::shared_ptr<BridgeCaller> caller);
    /// It becomes a WebSocket. False: there are too many of this origin.
    bool settle(BridgeConnection id, const std::string& origin);
    void leave(BridgeConnection id);

    std::shared_ptr<BridgeCaller> find(BridgeConnection id);
    void closeOrigin(const std::string& origin);
    void closeAll();
    std::size_t count() const { return m_callers.size(); }

    /// At most one line a second, with the number of those left out.
    void logRefusal(unsigned status, std::string_view what);

    const BridgeOptions options;
    HandOffTickets tickets;
    /// Called as the listener's functions are, but on the bridge's thread.
    std::function<void(BridgeConnection, std::string origin)> onOpened{};
    std::function<void(BridgeConnection, RpcRequest)> onRequest{};
    std::function<void(BridgeConnection)> onClosed{};

private:
    struct Entry {
        std::shared_ptr<BridgeCaller> caller;
        std::string origin{};  ///< of a WebSocket; else empty
    };
    BridgeLog m_log;
    std::map<BridgeConnection, Entry> m_callers;  ///< oldest first
    BridgeConnection m_next = 1;
    std::chrono::steady_clock::time_point m_loggedAt{};
    std::size_t m_unlogged = 0;
};

/// `tls` is null for a plain connection; `policy` outlives it, as does `house`.
std::shared_ptr<BridgeCaller> makeBridgeCaller(boost::asio::ip::tcp::socket socket, BridgeTls::Context tls,
                                               const BridgePolicy& policy, BridgeHouse& house,
                                               BridgeConnection id);

}  // namespace signet
