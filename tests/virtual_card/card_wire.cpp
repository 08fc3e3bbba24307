// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/virtual_card/card_wire.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>

namespace signet::test {
namespace {

bool receiveExactly(int socket, std::uint8_t* to, std::size_t size) {
    while (size > 0) {
        // vpcd writes length and payload apart: without this each message would wait 40 ms for an ACK.
        const int yes = 1;
        (void)::setsockopt(socket, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
        const auto count = ::recv(socket, to, size, 0);
        if (count <= 0) return false;
        to += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

}  // namespace

std::optional<CardWire> CardWire::connect(int port) {
    Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return std::nullopt;
    const int yes = 1;
    (void)::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return CardWire(std::move(socket));
}

std::optional<ApduBytes> CardWire::receive() const {
    std::array<std::uint8_t, 2> head{};
    if (!receiveExactly(m_socket.get(), head.data(), head.size())) return std::nullopt;
    ApduBytes message(static_cast<std::size_t>(head[0]) << 8 | head[1]);
    if (!receiveExactly(m_socket.get(), message.data(), message.size())) return std::nullopt;
    return message;
}

bool CardWire::send(const ApduBytes& message) const {
    ApduBytes frame{static_cast<std::uint8_t>(message.size() >> 8),
                    static_cast<std::uint8_t>(message.size())};
    frame.insert(frame.end(), message.begin(), message.end());
    return ::send(m_socket.get(), frame.data(), frame.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(frame.size());
}

}  // namespace signet::test
