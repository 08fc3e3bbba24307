// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace signet {

// The messages between browser, signet-native-host and agent: a length (4 bytes in the machine's own order)
// and that many bytes of UTF-8 JSON. Source: native messaging of Chromium and Firefox, with a smaller limit.
inline constexpr std::size_t kFrameHeadBytes = 4;
inline constexpr std::size_t kMaxFrameBytes = std::size_t{64} * 1024;

/// How many bytes follow this head (4 bytes). Errors: invalidRequest with reason "frame_length" for none and
/// for more than kMaxFrameBytes.
Result<std::size_t> frameBodyBytes(BytesView head);

/// The body of the frame at the front of what came so far; nullopt while it is not whole. It takes
/// kFrameHeadBytes more than the body. Errors: as frameBodyBytes(), as soon as the head is there.
Result<std::optional<std::string_view>> firstFrame(BytesView received);

/// The frame of a body of 1 to kMaxFrameBytes bytes. Errors: as frameBodyBytes().
Result<std::string> encodeFrame(std::string_view body);

}  // namespace signet
