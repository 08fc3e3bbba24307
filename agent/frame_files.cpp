// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/frame_files.hpp"

#include "agent/frames.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace signet {
namespace {

using Clock = std::chrono::steady_clock;

tl::unexpected<Error> lost(const char* detail) {
    return fail(ErrorCode::internalError, detail, "connection_lost");
}

Result<void> waitForInput(int file, Clock::time_point deadline) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd readable{file, POLLIN, 0};
        const int count = ::poll(&readable, 1, static_cast<int>(std::max<long>(left, 0)));
        if (count > 0) return {};
        if (count == 0) return lost("nothing came in time");
        if (errno != EINTR) return lost("poll failed");
    }
}

Result<void> readAll(int file, std::span<std::uint8_t> target, Clock::time_point deadline) {
    while (!target.empty()) {
        if (const auto ready = waitForInput(file, deadline); !ready) return ready;
        const auto count = ::read(file, target.data(), target.size());
        if (count == 0) return lost("closed");
        if (count < 0 && errno != EINTR && errno != EAGAIN) return lost("read failed");
        if (count > 0) target = target.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

}  // namespace

Result<std::string> readFrame(int file, std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    std::array<std::uint8_t, kFrameHeadBytes> head{};
    if (const auto read = readAll(file, head, deadline); !read) return fail(read.error());
    const auto length = frameBodyBytes(head);
    if (!length) return fail(ErrorCode::invalidRequest, length.error().detail, "invalid_request");
    Bytes body(*length);
    if (const auto read = readAll(file, body, deadline); !read) return fail(read.error());
    return std::string(textOf(body));
}

Result<void> writeFrame(int file, std::string_view body) {
    const auto frame = encodeFrame(body);
    if (!frame) return fail(frame.error());
    std::string_view left = *frame;
    while (!left.empty()) {
        const auto count = ::write(file, left.data(), left.size());
        if (count < 0 && errno != EINTR) return lost("write failed");
        if (count > 0) left.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

}  // namespace signet
