// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_text.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

TEST(TokenText, padding_isCutOff) {
    EXPECT_EQ(tokenText(bytesOf("Signet          ")), "Signet");
    EXPECT_EQ(tokenText(bytesOf(std::string_view("Signet\0\0\0 ", 10))), "Signet");
    EXPECT_EQ(tokenText(bytesOf("     ")), "");
    EXPECT_EQ(tokenText(BytesView{}), "");
}

TEST(TokenText, utf8_stays) {
    EXPECT_EQ(tokenText(bytesOf("云南示例 ")), "云南示例");
}

TEST(TokenText, gb18030_becomesUtf8) {
    EXPECT_EQ(tokenText(bytesOf("\xD4\xC6\xC4\xCF  ")), "云南");
    EXPECT_EQ(tokenText(bytesOf("CA \xD6\xA4\xCA\xE9")), "CA 证书");
}

/// A label of 32 bytes that ends in the middle of a character.
TEST(TokenText, characterCutByTheWidth_isDropped) {
    EXPECT_EQ(tokenText(bytesOf("云南\xE7\xA4")), "云南");
    EXPECT_EQ(tokenText(bytesOf("云南\xF0\x9F\x94")), "云南");
}

TEST(TokenText, otherBytes_areReplaced) {
    EXPECT_EQ(tokenText(bytesOf("a\xFF")), "a\xEF\xBF\xBD");
    EXPECT_EQ(tokenText(bytesOf("\xED\xA0\x80\xFF")), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace signet
