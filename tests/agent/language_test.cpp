// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/language.hpp"

#include <gtest/gtest.h>

#include <map>

namespace signet {
namespace {

using Variables = std::map<std::string, std::string>;

Language chosenBy(const Variables& variables, std::optional<Language> configured = std::nullopt) {
    return chooseLanguage(configured, [&](const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    });
}

TEST(Language, locale_decidesWhereNothingIsConfigured) {
    EXPECT_EQ(chosenBy({}), Language::zh);
    EXPECT_EQ(chosenBy({{"LANG", "C.UTF-8"}}), Language::zh);
    EXPECT_EQ(chosenBy({{"LANG", "POSIX"}}), Language::zh);
    EXPECT_EQ(chosenBy({{"LANG", "zh_CN.UTF-8"}}), Language::zh);
    EXPECT_EQ(chosenBy({{"LANG", "en_US.UTF-8"}}), Language::en);
    EXPECT_EQ(chosenBy({{"LANG", "fr_FR"}}), Language::en);
    EXPECT_EQ(chosenBy({{"LANG", "en_US"}, {"LC_MESSAGES", "zh_CN"}}), Language::zh);
    EXPECT_EQ(chosenBy({{"LC_ALL", "en_US"}, {"LC_MESSAGES", "zh_CN"}}), Language::en);
    EXPECT_EQ(chosenBy({{"LC_ALL", ""}, {"LANG", "en_GB"}}), Language::en);
}

TEST(Language, configured_winsOverTheLocale) {
    EXPECT_EQ(chosenBy({{"LC_ALL", "en_US"}}, Language::zh), Language::zh);
}

TEST(WithoutInvisible, sameDocument_withoutWhatPlaysWithTheTerminal) {  // attacks.md 38
    const std::string json = "{\"label\": \"云南\u009b31m\u202e\x7f\U000E0001\"}\n";
    EXPECT_EQ(withoutInvisible(json), "{\"label\": \"云南\\u009b31m\\u202e\\u007f\\udb40\\udc01\"}\n");
}

TEST(ShownLiterally, hostileNames_areHarmless) {  // attacks.md 38
    EXPECT_EQ(shownLiterally("云南示例建筑有限公司"), "云南示例建筑有限公司");
    EXPECT_EQ(shownLiterally("a\nb\tc\x1b[31m\x7f"), "a\\u{000A}b\\u{0009}c\\u{001B}[31m\\u{007F}");
    EXPECT_EQ(shownLiterally("uc\u202Etset\u2066\u200B\uFEFF"), "uc\\u{202E}tset\\u{2066}\\u{200B}\\u{FEFF}");
    EXPECT_EQ(shownLiterally("\u0085\u009b"), "\\u{0085}\\u{009B}");
    EXPECT_EQ(shownLiterally("<b>&amp;</b>"), "<b>&amp;</b>");
}

TEST(ShownLiterally, brokenUtf8_isShownByteByByte) {
    EXPECT_EQ(shownLiterally("\xff"), "\\x{FF}");
    EXPECT_EQ(shownLiterally("\xc0\xaf"), "\\x{C0}\\x{AF}");
    EXPECT_EQ(shownLiterally("\xe4\xba"), "\\x{E4}\\x{BA}");
    EXPECT_EQ(shownLiterally("\xed\xa0\x80"), "\\x{ED}\\x{A0}\\x{80}");
    EXPECT_EQ(shownLiterally("\xf4\x90\x80\x80"), "\\x{F4}\\x{90}\\x{80}\\x{80}");
}

TEST(ShownLiterally, longNames_areCutByColumns) {
    EXPECT_EQ(shownLiterally("abcdef", 6), "abcdef");
    EXPECT_EQ(shownLiterally("abcdefg", 6), "abcde…");
    EXPECT_EQ(shownLiterally("云南示例", 6), "云南…");
    EXPECT_EQ(shownLiterally("云南示", 6), "云南示");
    EXPECT_LE(shownLiterally(std::string(5000, 'x')).size(), 83U);
    EXPECT_EQ(shownLiterally("ab\n", 6), "ab…");
}

}  // namespace
}  // namespace signet
