// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/http_server.hpp"

#include "platform/caller_key.hpp"
#include "platform/http_connection.hpp"
#include "platform/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <openssl/ssl.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace signet {
namespace asio = boost::asio;
namespace {

constexpr const char* kTls12Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

tl::unexpected<Error> refuse(const std::string& what) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.detail = what;
    error.params["name"] = what;
    return fail(std::move(error));
}

Result<void> configureTls(asio::ssl::context& tls, const PlatformSettings& settings) {
    boost::system::error_code error;
    tls.use_certificate_chain_file(settings.tlsCertificate.string(), error);
    if (error) return refuse("tls-cert: " + settings.tlsCertificate.string() + ": " + error.message());
    tls.use_private_key_file(settings.tlsKey.string(), asio::ssl::context::pem, error);
    if (error) return refuse("tls-key: " + settings.tlsKey.string() + ": " + error.message());
    auto* native = tls.native_handle();
    if (SSL_CTX_check_private_key(native) != 1) return refuse("tls-key: it does not belong to tls-cert");
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    if (SSL_CTX_set_cipher_list(native, kTls12Ciphers) != 1) return refuse("tls: no cipher suites");
    return {};
}

}  // namespace

struct HttpServer::State {
    State(const PlatformSettings& settings, const HttpLimits& limits)
        : shared{limits, {}, ConnectionCaps(settings.maxConnections, settings.maxConnectionsPerAddress)},
          threadCount(settings.threads != 0 ? settings.threads
                                            : std::max(1U, std::thread::hardware_concurrency())),
          io(static_cast<int>(threadCount)),
          tls(asio::ssl::context::tls_server),
          acceptor(asio::make_strand(io)),
          pause(acceptor.get_executor()) {}

    void accept();
    void admit(asio::ip::tcp::socket socket);
    void admitGuarded(asio::ip::tcp::socket socket);
    std::shared_ptr<HttpConnection> connect(asio::ip::tcp::socket socket, const HttpCaller& caller);
    void run();
    void forEach(const std::function<void(HttpConnection&)>& action);

    // What a connection touches in its destructor stands before `io`, which may hold the last connections.
    HttpShared shared;
    const unsigned threadCount;
    std::mutex mutex;
    std::condition_variable connectionEnded;
    std::unordered_map<ConnectionCaps::Id, std::weak_ptr<HttpConnection>> connections;
    asio::io_context io;
    asio::ssl::context tls;
    asio::ip::tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::vector<std::thread> threads;
};

void HttpServer::State::accept() {
    acceptor.async_accept(asio::make_strand(io),
                          [this](boost::system::error_code error, asio::ip::tcp::socket socket) {
                              if (error == asio::error::operation_aborted || !acceptor.is_open()) return;
                              if (!error) {
                                  admitGuarded(std::move(socket));
                                  return accept();
                              }
                              // Out of file descriptors, most likely: connections must end before another can
                              // begin.
                              writeLog(LogLevel::warning, "accept: " + error.message());
                              pause.expires_after(std::chrono::milliseconds(50));
                              pause.async_wait([this](boost::system::error_code ended) {
                                  if (!ended) accept();
                              });
                          });
}

/// What is thrown here must not keep the next caller from being accepted.
void HttpServer::State::admitGuarded(asio::ip::tcp::socket socket) {
    try {
        admit(std::move(socket));
    } catch (const std::exception& error) {
        writeLog(LogLevel::error, std::string("accept: ") + error.what());
    }
}

std::shared_ptr<HttpConnection> HttpServer::State::connect(asio::ip::tcp::socket socket,
                                                           const HttpCaller& caller) {
    try {
        return makeHttpConnection(io, std::move(socket), tls, shared, caller, [this, id = caller.id] {
            const std::lock_guard lock(mutex);
            connections.erase(id);
            connectionEnded.notify_all();
        });
    } catch (...) {
        shared.caps.leave(caller.id);
        throw;
    }
}

void HttpServer::State::admit(asio::ip::tcp::socket socket) {
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;
    auto address = callerKey(peer.address().to_string());
    const auto admission = shared.caps.admit(address);
    if (!admission.id) return;
    const auto connection = connect(std::move(socket), {*admission.id, std::move(address)});
    std::shared_ptr<HttpConnection> victim;
    {
        const std::lock_guard lock(mutex);
        connections[*admission.id] = connection;
        if (admission.victim)
            if (const auto found = connections.find(*admission.victim); found != connections.end())
                victim = found->second.lock();
    }
    if (victim) victim->close();
    connection->start();
}

/// What a library throws (no memory, most likely) ends one connection, not the platform.
void HttpServer::State::run() {
    for (;;) {
        try {
            io.run();
            return;
        } catch (const std::exception& error) {
            writeLog(LogLevel::error, std::string("connection: ") + error.what());
        }
    }
}

void HttpServer::State::forEach(const std::function<void(HttpConnection&)>& action) {
    std::vector<std::shared_ptr<HttpConnection>> live;
    {
        const std::lock_guard lock(mutex);
        for (const auto& [id, weak] : connections)
            if (auto connection = weak.lock()) live.push_back(std::move(connection));
    }
    for (const auto& connection : live) action(*connection);
}

HttpServer::HttpServer(std::unique_ptr<State> state) : m_state(std::move(state)) {
}

HttpServer::~HttpServer() {
    stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const PlatformSettings& settings,
                                                       const HttpLimits& limits) {
    auto state = std::make_unique<State>(settings, limits);
    if (auto done = configureTls(state->tls, settings); !done) return fail(std::move(done.error()));
    boost::system::error_code error;
    const auto address = asio::ip::make_address(settings.listen.address, error);
    if (error) return refuse("listen: " + settings.listen.address + " is not an IP address");
    const asio::ip::tcp::endpoint endpoint(address, settings.listen.port);
    const auto then = [&error](auto&& step) {
        if (!error) step();
    };
    then([&] { state->acceptor.open(endpoint.protocol(), error); });
    then([&] { state->acceptor.set_option(asio::socket_base::reuse_address(true), error); });
    then([&] { state->acceptor.bind(endpoint, error); });
    then([&] { state->acceptor.listen(asio::socket_base::max_listen_connections, error); });
    if (error)
        return refuse("listen: " + settings.listen.address + ":" + std::to_string(settings.listen.port) +
                      ": " + error.message());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

std::uint16_t HttpServer::port() const {
    boost::system::error_code error;
    const auto endpoint = m_state->acceptor.local_endpoint(error);
    return error ? 0 : endpoint.port();
}

void HttpServer::start(Handler handler) {
    m_state->shared.handler = std::move(handler);
    asio::post(m_state->acceptor.get_executor(), [state = m_state.get()] { state->accept(); });
    for (unsigned i = 0; i < m_state->threadCount; ++i)
        m_state->threads.emplace_back([state = m_state.get()] { state->run(); });
}

void HttpServer::drain(std::chrono::milliseconds grace) {
    if (m_state->threads.empty()) return;
    m_state->shared.isStopping = true;
    asio::post(m_state->acceptor.get_executor(), [state = m_state.get()] {
        boost::system::error_code ignored;
        state->acceptor.close(ignored);
        state->pause.cancel();
    });
    m_state->forEach([](HttpConnection& connection) { connection.closeIfIdle(); });
    std::unique_lock lock(m_state->mutex);
    m_state->connectionEnded.wait_for(lock, grace, [this] { return m_state->connections.empty(); });
}

void HttpServer::stop(std::chrono::milliseconds grace) {
    drain(grace);
    m_state->forEach([](HttpConnection& connection) { connection.close(); });
    for (auto& thread : m_state->threads) thread.join();
    m_state->threads.clear();
}

}  // namespace signet
