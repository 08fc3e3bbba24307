// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/ini.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

TEST(Ini, keysSectionsAndComments_keepOrderAndLines) {
    const auto entries = parseIni(
        "# head\nissuer = https://a.test\n\nissuer=https://b.test # second\n[bridge]\nport = 1\n", "x.conf");
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 3U);
    EXPECT_EQ((*entries)[0].key, "issuer");
    EXPECT_EQ((*entries)[0].value, "https://a.test");
    EXPECT_EQ((*entries)[0].line, 2);
    EXPECT_EQ((*entries)[1].value, "https://b.test");
    EXPECT_EQ((*entries)[1].line, 4);
    EXPECT_EQ((*entries)[2].key, "bridge.port");
    EXPECT_EQ((*entries)[2].line, 6);
}

TEST(Ini, emptyText_hasNoEntries) {
    EXPECT_TRUE(parseIni("", "x.conf").value().empty());
    EXPECT_TRUE(parseIni("\n  \n# only\n", "x.conf").value().empty());
}

TEST(Ini, lineWithoutValue_isRefusedWithFileAndLine) {
    const auto entries = parseIni("a = 1\nnonsense\n", "x.conf");
    ASSERT_FALSE(entries);
    EXPECT_EQ(entries.error().code, ErrorCode::configurationInvalid);
    EXPECT_NE(entries.error().detail.find("x.conf:2:"), std::string::npos);
}

}  // namespace
}  // namespace signet
