// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/frame_io.hpp"

#include "pkcs11/wire.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

namespace signet {
namespace {

using std::chrono::milliseconds;

tl::unexpected<Error> closed() {
    return fail(ErrorCode::moduleFailed, "the connection has ended", "closed");
}

int pollTimeout(SteadyTime deadline) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::clamp<decltype(left)>(left, 0, std::numeric_limits<int>::max()));
}

/// Waits until the socket is ready for `events`.
Result<void> await(int socket, short events, const WaitLimits& limits) {
    std::array<pollfd, 2> wanted{pollfd{socket, events, 0}, pollfd{limits.interruptEvent, POLLIN, 0}};
    for (;;) {
        const int ready = ::poll(wanted.data(), wanted.size(), pollTimeout(limits.deadline));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return closed();
        // Looked at first: a host that never stops talking has a deadline too.
        if (ready == 0 || std::chrono::steady_clock::now() >= limits.deadline)
            return fail(ErrorCode::moduleFailed, "no answer in time", "deadline");
        if (wanted[1].revents != 0) return fail(ErrorCode::userCancelled, "interrupted");
        return {};
    }
}

bool isRetry(int error) {
    return error == EINTR || error == EAGAIN || error == EWOULDBLOCK;
}

Result<void> receiveExactly(int socket, std::uint8_t* to, std::size_t size, const WaitLimits& limits) {
    while (size > 0) {
        if (const auto ready = await(socket, POLLIN, limits); !ready) return ready;
        const auto count = ::recv(socket, to, size, MSG_DONTWAIT);
        if (count < 0 && isRetry(errno)) continue;
        if (count <= 0) return closed();
        to += count;
        size -= static_cast<std::size_t>(count);
    }
    return {};
}

Result<void> readExactly(int socket, std::uint8_t* to, std::size_t size) {
    while (size > 0) {
        const auto count = ::recv(socket, to, size, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return closed();
        to += count;
        size -= static_cast<std::size_t>(count);
    }
    return {};
}

}  // namespace

Result<void> sendFrame(int socket, BytesView frame, const WaitLimits& limits) {
    while (!frame.empty()) {
        if (const auto ready = await(socket, POLLOUT, limits); !ready) return ready;
        const auto count = ::send(socket, frame.data(), frame.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && isRetry(errno)) continue;
        if (count <= 0) return closed();
        frame = frame.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

Result<Bytes> receiveFrame(int socket, const WaitLimits& limits) {
    std::array<std::uint8_t, wire::kLengthBytes> head{};
    if (const auto done = receiveExactly(socket, head.data(), head.size(), limits); !done)
        return fail(done.error());
    const auto length = wire::frameLength(head);
    if (!length) return fail(length.error());
    Bytes frame(*length);
    if (const auto done = receiveExactly(socket, frame.data(), frame.size(), limits); !done)
        return fail(done.error());
    return frame;
}

bool hasInput(int descriptor) {
    pollfd wanted{descriptor, POLLIN, 0};
    return ::poll(&wanted, 1, 0) > 0;
}

Result<SecretBytes> readRequestFrame(int socket) {
    std::array<std::uint8_t, wire::kLengthBytes> head{};
    if (const auto done = readExactly(socket, head.data(), head.size()); !done) return fail(done.error());
    const auto length = wire::frameLength(head);
    if (!length) return fail(length.error());
    SecretBytes frame(*length);
    if (const auto done = readExactly(socket, frame.data(), frame.size()); !done) return fail(done.error());
    return frame;
}

Result<void> writeReplyFrame(int socket, BytesView frame) {
    while (!frame.empty()) {
        const auto count = ::send(socket, frame.data(), frame.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return closed();
        frame = frame.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

}  // namespace signet
