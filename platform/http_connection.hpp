// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/connection_caps.hpp"
#include "platform/http_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace signet {

/// What all connections of a server share. Included by the two server files only: Asio is heavy.
struct HttpShared {
    HttpLimits limits;
    HttpServer::Handler handler;
    ConnectionCaps caps;
    std::atomic<bool> isStopping{false};
};

/// Who is at the other end of a connection that was admitted.
struct HttpCaller {
    ConnectionCaps::Id id = 0;
    std::string address{};  ///< callerKey
};

/// One TLS connection; it keeps itself alive until its last operation ends.
class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
public:
    virtual ~HttpConnection() = default;
    virtual void start() = 0;
    /// Closes it unless it has a request under way. Thread: any.
    virtual void closeIfIdle() = 0;
    /// Closes it at once. Thread: any.
    virtual void close() = 0;
};

/// `io` is the socket's; its threads run until every request in the handler's hands was answered or dropped.
std::shared_ptr<HttpConnection> makeHttpConnection(boost::asio::io_context& io,
                                                   boost::asio::ip::tcp::socket socket,
                                                   boost::asio::ssl::context& tls, HttpShared& shared,
                                                   HttpCaller caller, std::function<void()> onEnd);

}  // namespace signet
