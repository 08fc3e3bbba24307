// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "bridge_client.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cstdlib>
#include <cstring>

namespace signet {
namespace {

Fd connectTo(std::uint16_t port, bool isV6) {
    Fd client(::socket(isV6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval patience{10, 0};
    ::setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(port);
    in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(port);
    in6.sin6_addr = in6addr_loopback;
    const auto* address = isV6 ? reinterpret_cast<sockaddr*>(&in6) : reinterpret_cast<sockaddr*>(&in);
    const socklen_t size = isV6 ? sizeof in6 : sizeof in;
    return ::connect(client.get(), address, size) == 0 ? std::move(client) : Fd();
}

}  // namespace

BridgeClient::BridgeClient(std::uint16_t port, bool isV6)
    : m_socket(connectTo(port, isV6)), m_isConnected(m_socket.isOpen()) {
}

BridgeClient::BridgeClient(std::uint16_t port, const TlsClientOptions& options)
    : m_socket(connectTo(port, false)), m_context(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_min_proto_version(m_context.get(), options.minVersion);
    SSL_CTX_set_max_proto_version(m_context.get(), options.maxVersion);
    SSL_CTX_set_security_level(m_context.get(), options.minVersion < TLS1_2_VERSION ? 0 : 1);
    SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_file(m_context.get(), options.authority.c_str()) != 1) return;
    if (!options.ciphers.empty() && SSL_CTX_set_cipher_list(m_context.get(), options.ciphers.c_str()) != 1)
        return;
    m_tls.reset(SSL_new(m_context.get()));
    SSL_set1_host(m_tls.get(), options.name.c_str());
    SSL_set_fd(m_tls.get(), m_socket.get());
    m_isConnected = m_socket.isOpen() && SSL_connect(m_tls.get()) == 1;
}

std::string BridgeClient::tlsFacts() const {
    return std::string(SSL_get_version(m_tls.get())) + " " + SSL_get_cipher(m_tls.get());
}

X509Ptr BridgeClient::peerCertificate() const {
    return X509Ptr(SSL_get1_peer_certificate(m_tls.get()));
}

bool BridgeClient::hasData() const {
    pollfd waiting{m_socket.get(), POLLIN, 0};
    return !m_received.empty() || ::poll(&waiting, 1, 0) == 1;
}

void BridgeClient::send(std::string_view bytes) {
    if (m_tls)
        (void)SSL_write(m_tls.get(), bytes.data(), static_cast<int>(bytes.size()));
    else
        (void)!::send(m_socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

bool BridgeClient::readMore() {
    std::array<char, 4096> more{};
    const auto size = m_tls ? static_cast<ssize_t>(SSL_read(m_tls.get(), more.data(), more.size()))
                            : ::recv(m_socket.get(), more.data(), more.size(), 0);
    if (size <= 0) return false;
    m_received.append(more.data(), static_cast<std::size_t>(size));
    return true;
}

std::string BridgeClient::take(std::size_t size) {
    while (m_received.size() < size && readMore()) {
    }
    if (m_received.size() < size) return {};
    auto taken = m_received.substr(0, size);
    m_received.erase(0, size);
    return taken;
}

std::string BridgeClient::readAll() {
    while (readMore()) {
    }
    return std::exchange(m_received, {});
}

std::string BridgeClient::readHead() {
    while (m_received.find("\r\n\r\n") == std::string::npos)
        if (!readMore()) return {};
    return take(m_received.find("\r\n\r\n") + 4);
}

std::string BridgeClient::upgrade(std::uint16_t port, const std::string& origin) {
    send(getRequest("/v1", port, origin,
                    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: signet.v1\r\n"
                    "Sec-WebSocket-Extensions: permessage-deflate\r\n",
                    m_tls ? "localhost" : "127.0.0.1"));
    return readHead();
}

void BridgeClient::sendFrame(std::uint8_t first, std::string_view payload, bool isMasked) {
    constexpr std::array<char, 4> kMask{0x11, 0x22, 0x33, 0x44};
    std::string frame(1, static_cast<char>(first));
    const auto maskBit = isMasked ? 0x80U : 0U;
    if (payload.size() < 126) {
        frame += static_cast<char>(maskBit | payload.size());
    } else if (payload.size() < 65536) {
        frame += static_cast<char>(maskBit | 126U);
        for (const unsigned shift : {8U, 0U}) frame += static_cast<char>(payload.size() >> shift);
    } else {
        frame += static_cast<char>(maskBit | 127U);
        for (int shift = 56; shift >= 0; shift -= 8) frame += static_cast<char>(payload.size() >> shift);
    }
    if (isMasked) frame.append(kMask.data(), kMask.size());
    for (std::size_t i = 0; i < payload.size(); ++i)
        frame += static_cast<char>(isMasked ? payload[i] ^ kMask[i % 4] : payload[i]);
    send(frame);
}

std::optional<BridgeClient::Frame> BridgeClient::nextFrame() {
    const auto head = take(2);
    if (head.empty()) return std::nullopt;
    auto size = static_cast<std::size_t>(static_cast<unsigned char>(head[1]));
    if (size >= 126) {
        const auto longer = take(size == 126 ? 2 : 8);
        size = 0;
        for (const char byte : longer) size = size << 8 | static_cast<unsigned char>(byte);
    }
    return Frame{head[0] & 15, size == 0 ? std::string() : take(size)};
}

std::string BridgeClient::next() {
    const auto frame = nextFrame();
    if (!frame) return "(end)";
    if (frame->opcode != 8) return frame->payload;
    if (frame->payload.size() < 2) return "(close)";
    const auto code =
        static_cast<unsigned char>(frame->payload[0]) << 8 | static_cast<unsigned char>(frame->payload[1]);
    return "(close " + std::to_string(code) + ")";
}

std::string getRequest(const std::string& target, std::uint16_t port, const std::string& origin,
                       const std::string& more, const std::string& host) {
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + ":" + std::to_string(port) +
           (origin.empty() ? "" : "\r\nOrigin: " + origin) + "\r\n" + more + "\r\n";
}

unsigned statusOf(const std::string& head) {
    return head.starts_with("HTTP/1.1 ") ? static_cast<unsigned>(std::atoi(head.c_str() + 9)) : 0;
}

}  // namespace signet
