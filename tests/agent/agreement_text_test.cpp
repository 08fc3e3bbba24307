// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agreement_text.hpp"

#include "base/file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace signet {
namespace {

using Kind = AgreementParagraph::Kind;

std::vector<TextRun> runsOf(std::string_view markdown) {
    const auto text = parseAgreement(markdown);
    if (!text || text->paragraphs.size() != 1) return {};
    return text->paragraphs[0].runs;
}

TEST(AgreementText, head_isTakenOff) {
    const auto text =
        parseAgreement("---\nid: ua\nversion: 2026-09\ntitle: T\ndate: 2026-09-01\n---\n\n# T\n\nBody.\n");
    ASSERT_TRUE(text);
    EXPECT_EQ(text->id, "ua");
    EXPECT_EQ(text->version, "2026-09");
    EXPECT_EQ(text->date, "2026-09-01");
    ASSERT_EQ(text->paragraphs.size(), 2U);
    EXPECT_EQ(text->paragraphs[0].kind, Kind::heading);
    EXPECT_EQ(text->paragraphs[0].level, 1);
    EXPECT_EQ(text->paragraphs[1].runs, (std::vector<TextRun>{{"Body.", false}}));
}

TEST(AgreementText, headThatIsNone_staysText) {
    const auto without = parseAgreement("Body.");
    ASSERT_TRUE(without);
    EXPECT_EQ(without->id, "");
    const auto open = parseAgreement("---\nid: ua\nBody");
    ASSERT_TRUE(open);
    EXPECT_EQ(open->id, "");
    EXPECT_EQ(open->paragraphs.at(0).runs.at(0).text, "--- id: ua Body");
}

// R01
TEST(AgreementText, materialClauses_areBold) {
    EXPECT_EQ(runsOf("1. **a**b"), (std::vector<TextRun>{{"a", true}, {"b", false}}));
    EXPECT_EQ(runsOf("x **a** y **b**"),
              (std::vector<TextRun>{{"x ", false}, {"a", true}, {" y ", false}, {"b", true}}));
    EXPECT_EQ(runsOf("x **** **b**"), (std::vector<TextRun>{{"x **** ", false}, {"b", true}}));
    EXPECT_EQ(runsOf("条款**甲\n乙**丙"),
              (std::vector<TextRun>{{"条款", false}, {"甲乙", true}, {"丙", false}}));
}

TEST(AgreementText, whatIsNotUnderstood_isKept) {
    for (const std::string text :
         {"a ** b", "a ** b ** c", "**", "****", "** a**", "**a **", "a `b` <b>c</b> [d](http://e)",
          "<!-- f -->", "| g | h |", "#nothing", "####### seven", "1.nothing", "1234. much"})
        EXPECT_EQ(runsOf(text), (std::vector<TextRun>{{text, false}})) << text;
}

TEST(AgreementText, items_haveTheirMarker) {
    const auto text = parseAgreement("1. a\n2) b\n- c\n* d\n  more\n\ne\n");
    ASSERT_TRUE(text);
    std::vector<std::string> found;
    for (const auto& paragraph : text->paragraphs)
        found.push_back(paragraph.marker + "|" + paragraph.runs.at(0).text);
    EXPECT_EQ(found, (std::vector<std::string>{"1.|a", "2)|b", "•|c", "•|d more", "|e"}));
}

TEST(AgreementText, lineEnds_ofWindowsAreTheSame) {
    const auto text = parseAgreement("\xEF\xBB\xBF---\r\nid: ua\r\n---\r\n# T\r\n\r\na\r\nb\r\n");
    ASSERT_TRUE(text);
    EXPECT_EQ(text->id, "ua");
    EXPECT_EQ(text->paragraphs.at(1).runs.at(0).text, "a b");
}

TEST(AgreementText, nothingToRead_isRefused) {
    for (const std::string text :
         {"", " \n\n", "---\nid: ua\n---\n", "\xFF", "a\xC0\xAF", "\xED\xA0\x80", "\xE4\xBD"}) {
        const auto result = parseAgreement(text);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error().reason, "document_malformed");
    }
}

// R01, R41
TEST(AgreementText, samplesOfThePlatform_areRead) {
    for (const std::string name : {"user-agreement", "privacy-policy"}) {
        const auto path = std::string(std::getenv("SIGNET_SOURCE")) + "/platform/documents/" + name + ".md";
        const auto file = readFile(path, 256 * 1024);
        ASSERT_TRUE(file);
        const auto text = parseAgreement(*file);
        ASSERT_TRUE(text) << name;
        EXPECT_EQ(text->id, name);
        EXPECT_FALSE(text->version.empty());
        const auto isMaterial = [](const AgreementParagraph& paragraph) {
            return std::any_of(paragraph.runs.begin(), paragraph.runs.end(),
                               [](const TextRun& run) { return run.isBold; });
        };
        EXPECT_GE(std::count_if(text->paragraphs.begin(), text->paragraphs.end(), isMaterial), 2) << name;
        for (const auto& paragraph : text->paragraphs)
            for (const auto& run : paragraph.runs)
                EXPECT_EQ(run.text.find("**"), std::string::npos) << run.text;
    }
}

}  // namespace
}  // namespace signet
