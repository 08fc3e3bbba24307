// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace signet {
namespace {

// RFC 4648 section 10.
TEST(Base64, vectorsOfTheStandard_goBothWays) {
    for (const auto& [plain, encoded] :
         {std::pair{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}}) {
        EXPECT_EQ(toBase64(bytesOf(plain)), encoded);
        const auto decoded = fromBase64(encoded);
        ASSERT_TRUE(decoded) << encoded;
        EXPECT_EQ(textOf(*decoded), plain);
    }
}

TEST(Base64, malformed_isRefused) {
    for (const char* text :
         {"Z", "Zg", "Zg=", "Zh==", "Zm9v\n", " Zm9v", "Zm=v", "====", "Zg===", "Zm-v", "Zm9vZg==Zg=="})
        EXPECT_FALSE(fromBase64(text)) << text;
}

TEST(Base64Url, withoutPadding_goesBothWays) {
    const Bytes bytes{0xfb, 0xff, 0xfe, 0x01};
    EXPECT_EQ(toBase64Url(bytes), "-__-AQ");
    EXPECT_EQ(fromBase64Url("-__-AQ").value(), bytes);
    EXPECT_EQ(fromBase64Url("").value(), Bytes{});
}

TEST(Base64Url, malformed_isRefused) {
    for (const char* text : {"A", "Zg==", "Zm9v+", "a/b_", "Zh", "Zm9v\n"})
        EXPECT_FALSE(fromBase64Url(text)) << text;
}

TEST(Hex, bothCases_areRead) {
    EXPECT_EQ(toHex(Bytes{0x00, 0xab, 0xff}), "00abff");
    EXPECT_EQ(fromHex("00ABff").value(), (Bytes{0x00, 0xab, 0xff}));
    EXPECT_FALSE(fromHex("0"));
    EXPECT_FALSE(fromHex("0g"));
}

}  // namespace
}  // namespace signet
