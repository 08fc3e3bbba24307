// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/frames.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

namespace signet {
namespace {

std::string head(std::uint32_t length) {
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes;
}

TEST(Frames, first_ofTwo_isGivenAlone) {
    const auto both = *encodeFrame("{}") + *encodeFrame("[1]");
    const auto first = firstFrame(bytesOf(both));
    ASSERT_TRUE(first && *first);
    EXPECT_EQ(**first, "{}");
}

TEST(Frames, first_atEachPointBeforeItsEnd_isAwaited) {
    const auto frame = *encodeFrame("{\"a\":1}");
    for (std::size_t size = 0; size < frame.size(); ++size) {
        const auto first = firstFrame(bytesOf(frame).first(size));
        ASSERT_TRUE(first) << size;
        EXPECT_FALSE(first->has_value()) << size;
    }
}

TEST(Frames, length_outOfBounds_isRefusedAtTheHead) {
    for (const std::uint32_t length : {0U, 65'537U, 0x7fff'ffffU, 0xffff'ffffU}) {
        const auto bytes = head(length);
        const auto first = firstFrame(bytesOf(bytes));
        ASSERT_FALSE(first) << length;
        EXPECT_EQ(first.error().reason, "frame_length") << length;
    }
}

TEST(Frames, length_ofTheLargestFrame_isTaken) {
    const std::string body(kMaxFrameBytes, 'x');
    const auto frame = *encodeFrame(body);
    const auto first = firstFrame(bytesOf(frame));
    ASSERT_TRUE(first && *first);
    EXPECT_EQ(**first, body);
}

TEST(Frames, encode_ofNothingOrTooMuch_isRefused) {
    EXPECT_FALSE(encodeFrame(""));
    EXPECT_FALSE(encodeFrame(std::string(kMaxFrameBytes + 1, 'x')));
}

}  // namespace
}  // namespace signet
