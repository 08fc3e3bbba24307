// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/bridge_core.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <string>

namespace signet {

/// Tells of bytes that come, also of those that Beast keeps to itself: parts of a message without content.
class ReadBell {
public:
    std::function<void()> onBytes{};

private:
    friend class boost::beast::rate_policy_access;
    static constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();
    std::size_t available_read_bytes() const noexcept { return kUnlimited; }
    std::size_t available_write_bytes() const noexcept { return kUnlimited; }
    void transfer_read_bytes(std::size_t) const {
        if (onBytes) onBytes();
    }
    void transfer_write_bytes(std::size_t) const noexcept {}
    void on_timer() const noexcept {}
};

using PlainStream = boost::beast::basic_stream<boost::asio::ip::tcp, boost::asio::any_io_executor, ReadBell>;
using TlsStream = boost::beast::ssl_stream<PlainStream>;

/// How long another end may take to say goodbye.
inline constexpr std::chrono::milliseconds kDrainTime{1000};

/// The one time limit that runs for a connection. A member of its owner; both on the bridge's thread.
class BridgeClock {
public:
    explicit BridgeClock(const boost::asio::any_io_executor& executor) : m_timer(executor) {}

    /// In place of the limit that ran before.
    template <class Owner>
    void limit(std::chrono::milliseconds time, const std::shared_ptr<Owner>& owner, void (Owner::*onLate)()) {
        m_timer.expires_after(time);
        // A wait that is over may be called after it was replaced.
        m_timer.async_wait([this, weak = std::weak_ptr<Owner>(owner), onLate,
                            turn = ++m_turn](boost::beast::error_code error) {
            const auto self = weak.lock();
            if (!error && self && m_turn == turn) ((*self).*onLate)();
        });
    }

    void stop() {
        ++m_turn;
        m_timer.cancel();
    }

private:
    boost::asio::steady_timer m_timer;
    std::uint64_t m_turn = 0;
};

/// Whose connection becomes a WebSocket, when admit() and the house have let it in.
struct BridgePage {
    BridgeConnection id;
    std::string origin;
    BridgeTls::Context tls;  ///< outlives the stream
};

using BridgeUpgrade = boost::beast::http::request<boost::beast::http::empty_body>;

/// The caller for the rest of the connection; start() answers the request.
std::shared_ptr<BridgeCaller> makeBridgeWebSocket(PlainStream stream, BridgeUpgrade request, BridgePage page,
                                                  BridgeHouse& house);
std::shared_ptr<BridgeCaller> makeBridgeWebSocket(TlsStream stream, BridgeUpgrade request, BridgePage page,
                                                  BridgeHouse& house);

}  // namespace signet
