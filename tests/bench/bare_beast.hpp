// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

/// The least that a WebSocket server can be with Boost.Beast, and a client for it and for the bridge.
namespace signet::bench {

using PlainStream = boost::beast::tcp_stream;
using TlsStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;
template <class Stream>
inline constexpr bool isTls = std::is_same_v<Stream, TlsStream>;

/// Says every message back. Asynchronous, as the bridge is; every rule and limit of the bridge is missing.
template <class Stream>
class BareCaller final : public std::enable_shared_from_this<BareCaller<Stream>> {
public:
    explicit BareCaller(Stream stream) : m_socket(std::move(stream)) {}

    void start() {
        boost::beast::get_lowest_layer(m_socket).socket().set_option(boost::asio::ip::tcp::no_delay(true));
        if constexpr (isTls<Stream>)
            m_socket.next_layer().async_handshake(boost::asio::ssl::stream_base::server,
                                                  [self = this->shared_from_this()](auto error) {
                                                      if (!error) self->accept();
                                                  });
        else
            accept();
    }

private:
    void accept() {
        m_socket.async_accept([self = this->shared_from_this()](auto error) {
            if (!error) self->read();
        });
    }
    void read() {
        m_socket.async_read(m_message, [self = this->shared_from_this()](auto error, std::size_t) {
            if (!error) self->write();
        });
    }
    void write() {
        m_socket.text(true);
        m_socket.async_write(m_message.data(), [self = this->shared_from_this()](auto error, std::size_t) {
            if (error) return;
            self->m_message.clear();
            self->read();
        });
    }

    boost::beast::websocket::stream<Stream> m_socket;
    boost::beast::flat_buffer m_message;
};

/// Such a server on a thread of its own, on any port of 127.0.0.1. `tls` is null for a plain one.
class BareServer {
public:
    explicit BareServer(boost::asio::ssl::context* tls) : m_tls(tls), m_thread([this] { run(); }) {}
    ~BareServer() {
        m_io.stop();
        m_thread.join();
    }
    BareServer(const BareServer&) = delete;
    BareServer& operator=(const BareServer&) = delete;

    std::uint16_t port() const { return m_port; }

private:
    void run() {
        accept();
        m_io.run();
    }
    void accept() {
        m_acceptor.async_accept([this](auto error, boost::asio::ip::tcp::socket socket) {
            if (error) return;
            if (m_tls != nullptr)
                std::make_shared<BareCaller<TlsStream>>(TlsStream(std::move(socket), *m_tls))->start();
            else
                std::make_shared<BareCaller<PlainStream>>(PlainStream(std::move(socket)))->start();
            accept();
        });
    }

    boost::asio::ssl::context* m_tls;
    boost::asio::io_context m_io{1};
    boost::asio::ip::tcp::acceptor m_acceptor{m_io, {boost::asio::ip::address_v4::loopback(), 0}};
    const std::uint16_t m_port = m_acceptor.local_endpoint().port();
    std::thread m_thread;  ///< last: it uses the rest
};

/// What every connection of a page needs to know.
struct PageSide {
    std::string origin;
    boost::asio::ssl::context* tls = nullptr;
};

/// A page: one connection, blocking. A benchmark ends where it fails.
template <class Stream>
class BarePage {
public:
    BarePage(const PageSide& side, std::uint16_t port) : m_socket(makeStream(side)) {
        namespace beast = boost::beast;
        auto& lowest = beast::get_lowest_layer(m_socket);
        lowest.connect({boost::asio::ip::address_v4::loopback(), port});
        lowest.socket().set_option(boost::asio::ip::tcp::no_delay(true));
        if constexpr (isTls<Stream>) {
            SSL_set_tlsext_host_name(m_socket.next_layer().native_handle(), "localhost");
            m_socket.next_layer().handshake(boost::asio::ssl::stream_base::client);
        }
        m_socket.set_option(
            beast::websocket::stream_base::decorator([&side](beast::websocket::request_type& request) {
                request.set(beast::http::field::origin, side.origin);
                request.set(beast::http::field::sec_websocket_protocol, "signet.v1");
            }));
        m_socket.handshake((isTls<Stream> ? "localhost:" : "127.0.0.1:") + std::to_string(port), "/v1");
        m_socket.text(true);
    }

    /// The answer to `text`, which must hold `expected`.
    void ask(std::string_view text, std::string_view expected) {
        m_answer.clear();
        m_socket.write(boost::asio::buffer(text.data(), text.size()));
        m_socket.read(m_answer);
        const auto data = m_answer.cdata();
        const std::string_view answer(static_cast<const char*>(data.data()), data.size());
        if (answer.find(expected) != std::string_view::npos) return;
        std::fprintf(stderr, "another answer than expected: %.*s\n", static_cast<int>(answer.size()),
                     answer.data());
        std::exit(1);
    }

private:
    boost::beast::websocket::stream<Stream> makeStream(const PageSide& side) {
        if constexpr (isTls<Stream>)
            return boost::beast::websocket::stream<Stream>(m_io, *side.tls);
        else
            return boost::beast::websocket::stream<Stream>(m_io);
    }

    boost::asio::io_context m_io{1};
    boost::beast::websocket::stream<Stream> m_socket;
    boost::beast::flat_buffer m_answer;
};

}  // namespace signet::bench
