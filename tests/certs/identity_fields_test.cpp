// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/identity_fields.hpp"

#include "tests/certs/identity_fixture.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

struct EncodingCase {
    const char* name;
    Bytes value;
};

TEST(IdentityText, everyWayThatCasWriteIt_isRead) {
    const auto printable = der(kPrintable, kId);
    const std::vector<EncodingCase> cases{
        {"bare text", bare(kId)},
        {"PrintableString", printable},
        {"UTF8String", der(kUtf8, kId)},
        {"IA5String", der(0x16, kId)},
        {"[0] EXPLICIT", derValue(0xA0, printable)},
        {"[1] EXPLICIT UTF8String", derValue(0xA1, der(kUtf8, kId))},
        {"[2] EXPLICIT", derValue(0xA2, printable)},
        {"[0] IMPLICIT", der(0x80, kId)},
        {"[1] IMPLICIT", der(0x81, kId)},
        {"SEQUENCE of one", derValue(0x30, printable)},
        {"OCTET STRING twice", derValue(0x04, printable)},
        {"SEQUENCE of [0]", derValue(0x30, derValue(0xA0, printable))},
    };
    for (const auto& [name, value] : cases) EXPECT_EQ(identityText(value), kId) << name;
}

TEST(IdentityText, hostileValues_areEmpty) {
    const auto printable = der(kPrintable, kId);
    Bytes nested = printable;
    for (int i = 0; i < 20; ++i) nested = derValue(0xA0, nested);
    const Bytes indefinite{0xA0, 0x80, 0x13, 0x01, '1', 0x00, 0x00};
    const std::vector<EncodingCase> cases{
        {"nothing", {}},
        {"too long", Bytes(600, '1')},
        {"text over 256", Bytes(300, '1')},
        {"deep nesting", nested},
        {"not UTF-8", {0xFF, 0xFE, 0x41}},
        {"indefinite length", indefinite},
        {"length beyond the end", {0x13, 0x7F, '1', '2', 0xFF}},
        {"INTEGER", {0x02, 0x01, 0x05, 0xC0}},
    };
    for (const auto& [name, value] : cases) EXPECT_EQ(identityText(value), "") << name;
}

TEST(NormalisedText, spacesCaseAndFullWidth_areUnified) {
    EXPECT_EQ(normalisedText(" ab9\r\n"), "AB9");
    EXPECT_EQ(normalisedText("云南公司\uFF08\uFF19\uFF11x\uFF09"), "云南公司(91X)");
    EXPECT_EQ(normalisedText(" \t"), "");
}

}  // namespace
}  // namespace signet
