// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/frames.hpp"

#include <cstdint>
#include <cstring>

namespace signet {
namespace {

Result<std::size_t> checkedLength(std::size_t length) {
    if (length == 0 || length > kMaxFrameBytes)
        return fail(ErrorCode::invalidRequest, std::to_string(length) + " bytes", "frame_length");
    return length;
}

}  // namespace

Result<std::size_t> frameBodyBytes(BytesView head) {
    std::uint32_t length = 0;
    static_assert(sizeof length == kFrameHeadBytes);
    if (head.size() != sizeof length) return fail(ErrorCode::invalidRequest, "no head", "frame_length");
    std::memcpy(&length, head.data(), sizeof length);
    return checkedLength(length);
}

Result<std::optional<std::string_view>> firstFrame(BytesView received) {
    if (received.size() < kFrameHeadBytes) return std::nullopt;
    const auto length = frameBodyBytes(received.first(kFrameHeadBytes));
    if (!length) return fail(length.error());
    const auto rest = received.subspan(kFrameHeadBytes);
    if (rest.size() < *length) return std::nullopt;
    return textOf(rest.first(*length));
}

Result<std::string> encodeFrame(std::string_view body) {
    if (const auto length = checkedLength(body.size()); !length) return fail(length.error());
    const auto length = static_cast<std::uint32_t>(body.size());
    std::string frame(kFrameHeadBytes, '\0');
    std::memcpy(frame.data(), &length, sizeof length);
    return frame.append(body);
}

}  // namespace signet
