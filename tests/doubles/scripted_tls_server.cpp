// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/scripted_tls_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdlib>

namespace signet {
namespace {

void must(bool isFine) {
    if (!isFine) std::abort();
}

std::shared_ptr<SSL_CTX> contextFor(const Issued& identity) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    must(context != nullptr);
    must(SSL_CTX_use_certificate(context.get(), identity.certificate.native()) == 1);
    must(SSL_CTX_use_PrivateKey(context.get(), identity.key.get()) == 1);
    for (std::size_t i = 1; i < identity.chain.size(); ++i)
        must(SSL_CTX_add1_chain_cert(context.get(), identity.chain[i].native()) == 1);
    return context;
}

Fd listenOnLoopback(std::uint16_t& port) {
    Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    must(::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    must(::listen(fd.get(), 64) == 0);
    socklen_t size = sizeof address;
    must(::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port = ntohs(address.sin_port);
    return fd;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

ScriptedRequest parseHead(std::string_view head) {
    ScriptedRequest request;
    const auto firstLine = head.substr(0, head.find("\r\n"));
    request.method = firstLine.substr(0, firstLine.find(' '));
    const auto target = firstLine.substr(std::min(request.method.size() + 1, firstLine.size()));
    request.target = target.substr(0, target.find(' '));
    for (auto rest = head.substr(std::min(firstLine.size() + 2, head.size())); !rest.empty();) {
        const auto line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(std::min(line.size() + 2, rest.size()));
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos)
            request.fields[lower(std::string(line.substr(0, colon)))] = line.substr(colon + 2);
    }
    return request;
}

std::string textFor(const ScriptedAnswer& answer) {
    if (!answer.raw.empty()) return answer.raw;
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " Scripted\r\n";
    if (!answer.contentType.empty()) text += "Content-Type: " + answer.contentType + "\r\n";
    for (const auto& [name, value] : answer.fields) text += name + ": " + value + "\r\n";
    if (answer.extraBytes > 0) return text + "Transfer-Encoding: chunked\r\n\r\n";
    return text + "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body;
}

bool writeAll(SSL* tls, std::string_view text) {
    return SSL_write(tls, text.data(), static_cast<int>(text.size())) == static_cast<int>(text.size());
}

bool writeChunks(SSL* tls, std::size_t bytes) {
    const std::string chunk = "1000\r\n" + std::string(0x1000, 'x') + "\r\n";
    for (std::size_t sent = 0; sent < bytes; sent += 0x1000)
        if (!writeAll(tls, chunk)) return false;
    return writeAll(tls, "0\r\n\r\n");
}

}  // namespace

struct ScriptedTlsServer::Connection {
    Fd fd;
    std::shared_ptr<SSL_CTX> context;
    std::string plainGreeting;
    std::string rest;  ///< read but not used yet
    std::thread thread;
};

ScriptedTlsServer::ScriptedTlsServer(const Issued& identity, Handler handler)
    : m_handler(std::move(handler)), m_listener(listenOnLoopback(m_port)), m_context(contextFor(identity)) {
    ::signal(SIGPIPE, SIG_IGN);  // a client that closes first is part of the game
    int ends[2];
    must(::pipe(ends) == 0);
    m_stopReader = Fd(ends[0]);
    m_stopWriter = Fd(ends[1]);
    m_acceptor = std::thread([this] { acceptAll(); });
}

ScriptedTlsServer::~ScriptedTlsServer() {
    m_stopWriter.reset();
    m_acceptor.join();
    for (auto& connection : m_connections) ::shutdown(connection->fd.get(), SHUT_RDWR);
    for (auto& connection : m_connections) connection->thread.join();
}

std::string ScriptedTlsServer::url(const std::string& host) const {
    return "https://" + host + ":" + std::to_string(m_port);
}

std::vector<ScriptedRequest> ScriptedTlsServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

int ScriptedTlsServer::connections() const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_connections.size());
}

void ScriptedTlsServer::setIdentity(const Issued& identity) {
    auto context = contextFor(identity);
    const std::lock_guard lock(m_mutex);
    m_context = std::move(context);
}

void ScriptedTlsServer::setPlainGreeting(std::string bytes) {
    const std::lock_guard lock(m_mutex);
    m_plainGreeting = std::move(bytes);
}

void ScriptedTlsServer::acceptAll() {
    while (true) {
        pollfd waits[] = {{m_listener.get(), POLLIN, 0}, {m_stopReader.get(), POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0) continue;
        if (waits[1].revents != 0) return;
        Fd fd(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!fd.isOpen()) continue;
        const std::lock_guard lock(m_mutex);
        auto connection = std::make_unique<Connection>();
        connection->fd = std::move(fd);
        connection->context = m_context;
        connection->plainGreeting = m_plainGreeting;
        auto& started = *m_connections.emplace_back(std::move(connection));
        started.thread = std::thread([this, &started] { serve(started); });
    }
}

void ScriptedTlsServer::serve(Connection& connection) {
    const auto& greeting = connection.plainGreeting;
    if (!greeting.empty()) {
        (void)::send(connection.fd.get(), greeting.data(), greeting.size(), MSG_NOSIGNAL);
    } else {
        const std::unique_ptr<SSL, Free<&SSL_free>> tls(SSL_new(connection.context.get()));
        SSL_set_fd(tls.get(), connection.fd.get());
        if (SSL_accept(tls.get()) == 1)
            while (serveOne(tls.get(), connection)) {
            }
    }
    ::shutdown(connection.fd.get(), SHUT_RDWR);
}

bool ScriptedTlsServer::readRequest(SSL* tls, std::string& rest, ScriptedRequest& request) const {
    const auto readMore = [&] {
        char buffer[4096];
        const int count = SSL_read(tls, buffer, sizeof buffer);
        if (count > 0) rest.append(buffer, static_cast<std::size_t>(count));
        return count > 0;
    };
    while (rest.find("\r\n\r\n") == std::string::npos)
        if (!readMore()) return false;
    const auto end = rest.find("\r\n\r\n");
    request = parseHead(std::string_view(rest).substr(0, end));
    rest.erase(0, end + 4);
    const auto length = request.fields.find("content-length");
    const std::size_t bytes = length == request.fields.end() ? 0 : std::stoul(length->second);
    while (rest.size() < bytes)
        if (!readMore()) return false;
    request.body = rest.substr(0, bytes);
    rest.erase(0, bytes);
    return true;
}

bool ScriptedTlsServer::serveOne(SSL* tls, Connection& connection) {
    ScriptedRequest request;
    if (!readRequest(tls, connection.rest, request)) return false;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
    }
    ScriptedAnswer answer;
    {
        const std::lock_guard lock(m_handlerMutex);
        answer = m_handler(request);
    }
    if (answer.isStalled) {
        pollfd wait{m_stopReader.get(), POLLIN, 0};
        (void)::poll(&wait, 1, -1);
        return false;
    }
    if (answer.isClosed || !writeAll(tls, textFor(answer))) return false;
    if (answer.extraBytes > 0 && !writeChunks(tls, answer.extraBytes)) return false;
    return answer.raw.empty() && !answer.closesAfter;
}

}  // namespace signet
