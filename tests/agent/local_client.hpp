// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/frames.hpp"
#include "base/fd.hpp"
#include "qt_wait.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <string>

namespace signet {

/// A program at the agent's socket that writes what the test wants. The event loop runs while it waits.
class LocalClient {
public:
    explicit LocalClient(const std::filesystem::path& path)
        : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.native().copy(address.sun_path, sizeof address.sun_path - 1);
        m_isConnected =
            ::connect(m_socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }

    bool isConnected() const { return m_isConnected; }
    void write(std::string_view bytes) const {
        (void)!::send(m_socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    void say(std::string_view body) const { write(*encodeFrame(body)); }
    void close() { m_socket.reset(); }

    /// The next message; "(end)" when the other end closed, "(nothing)" after the deadline.
    std::string next() {
        std::string body;
        const bool isOver = waitUntil([&] {
            read();
            const auto frame = firstFrame(bytesOf(m_received));
            if (!frame || !*frame) return m_hasEnded;
            body = **frame;
            return true;
        });
        if (!body.empty()) m_received.erase(0, kFrameHeadBytes + body.size());
        return !isOver ? "(nothing)" : body.empty() ? "(end)" : body;
    }

private:
    void read() {
        std::array<char, 4096> more{};
        for (;;) {
            const auto size = ::recv(m_socket.get(), more.data(), more.size(), 0);
            if (size > 0) m_received.append(more.data(), static_cast<std::size_t>(size));
            if (size == 0 || (size < 0 && errno != EAGAIN)) m_hasEnded = true;
            if (size <= 0) return;
        }
    }

    Fd m_socket;
    bool m_isConnected = false;
    bool m_hasEnded = false;
    std::string m_received;
};

}  // namespace signet
