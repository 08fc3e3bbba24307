// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/platform/https_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cstdlib>

namespace signet::test {

Fd connectTo(std::uint16_t port) {
    Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        socket.reset();
    return socket;
}

bool isClosedWithin(const Fd& socket, std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    std::array<char, 4096> buffer{};
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0) return false;
        pollfd waiting{socket.get(), POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) continue;
        if (::recv(socket.get(), buffer.data(), buffer.size(), 0) <= 0) return true;
    }
}

HttpsClient::HttpsClient(std::uint16_t port) : HttpsClient(port, Options{}) {
}

HttpsClient::HttpsClient(std::uint16_t port, const Options& options)
    : m_context(SSL_CTX_new(TLS_client_method())), m_socket(connectTo(port)) {
    if (!m_socket.isOpen()) return;
    const timeval limit{20, 0};
    setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    const int yes = 1;
    setsockopt(m_socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    SSL_CTX_set_security_level(m_context.get(),
                               0);  // The test asks for old things; the server must refuse them.
    SSL_CTX_set_min_proto_version(m_context.get(), options.minVersion);
    SSL_CTX_set_max_proto_version(m_context.get(), options.maxVersion);
    if (!options.ciphers.empty()) SSL_CTX_set_cipher_list(m_context.get(), options.ciphers.c_str());
    m_ssl.reset(SSL_new(m_context.get()));
    SSL_set_fd(m_ssl.get(), m_socket.get());
    m_isConnected = SSL_connect(m_ssl.get()) == 1;
}

bool HttpsClient::write(std::string_view bytes) {
    return m_isConnected && SSL_write(m_ssl.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
}

std::optional<HttpResponse> HttpsClient::request(const std::string& method, const std::string& path,
                                                 const std::string& body, const HttpFields& fields) {
    std::string text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n";
    for (const auto& [name, value] : fields) text += name + ": " + value + "\r\n";
    if (!body.empty()) {
        bool hasType = false;
        for (const auto& [name, value] : fields) hasType = hasType || name == "Content-Type";
        if (!hasType) text += "Content-Type: application/json\r\n";
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    if (!write(text + "\r\n" + body)) return std::nullopt;
    return readAnswer(method == "HEAD");
}

std::optional<HttpResponse> HttpsClient::readAnswer(bool isBodiless) {
    HttpResponse response;
    std::size_t needed = std::string::npos;
    std::array<char, 16384> chunk{};
    for (;;) {
        const auto end = m_buffer.find("\r\n\r\n");
        if (needed == std::string::npos && end != std::string::npos) {
            response.status = std::atoi(m_buffer.c_str() + sizeof("HTTP/1.1"));
            std::size_t length = 0;
            for (std::size_t at = m_buffer.find("\r\n") + 2; at < end;) {
                const auto stop = m_buffer.find("\r\n", at);
                const auto line = m_buffer.substr(at, stop - at);
                const auto colon = line.find(": ");
                response.fields.emplace_back(line.substr(0, colon), line.substr(colon + 2));
                if (response.fields.back().first == "Content-Length")
                    length = std::strtoul(response.fields.back().second.c_str(), nullptr, 10);
                at = stop + 2;
            }
            needed = end + 4 + (isBodiless ? 0 : length);
        }
        if (needed != std::string::npos && m_buffer.size() >= needed) {
            response.body = m_buffer.substr(end + 4, needed - end - 4);
            m_buffer.erase(0, needed);
            return response;
        }
        const int size = m_isConnected ? SSL_read(m_ssl.get(), chunk.data(), chunk.size()) : 0;
        if (size <= 0) return std::nullopt;
        m_buffer.append(chunk.data(), static_cast<std::size_t>(size));
    }
}

}  // namespace signet::test
