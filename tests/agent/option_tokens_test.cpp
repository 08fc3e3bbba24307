// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/option_tokens.hpp"

#include <gtest/gtest.h>

#include <array>

namespace signet {
namespace {

constexpr std::array kKnown{KnownOption{"help", false}, KnownOption{"config", true},
                            KnownOption{"config-more", true}};

std::string shown(const std::vector<std::string>& arguments) {
    const auto tokens = readOptionTokens(arguments, kKnown);
    if (!tokens) return tokens.error().reason;
    std::string text;
    for (const auto& token : *tokens) text += token.name + "=" + token.value + ";";
    return text;
}

TEST(OptionTokens, optionsAndWords_comeInTheirOrder) {
    EXPECT_EQ(shown({}), "");
    EXPECT_EQ(shown({"--help"}), "help=;");
    EXPECT_EQ(shown({"a", "--config", "x", "b", "--config=y", "--help"}), "=a;config=x;=b;config=y;help=;");
    EXPECT_EQ(shown({"--config", "x", "--config", "y"}), "config=x;config=y;");
    EXPECT_EQ(shown({"signet://login?issuer=https://a.test"}), "=signet://login?issuer=https://a.test;");
}

TEST(OptionTokens, valueWithAnythingInIt_staysOneValue) {
    EXPECT_EQ(shown({"--config=a=b c;--help"}), "config=a=b c;--help;");
    EXPECT_EQ(shown({"--config", "登录"}), "config=登录;");
}

// attack 51
TEST(OptionTokens, whatIsNotKnown_isAFaultOfUsage) {
    for (const auto& arguments : std::vector<std::vector<std::string>>{{"--unknown"},
                                                                       {"--conf", "x"},
                                                                       {"--hel"},
                                                                       {"--Help"},
                                                                       {"--help=1"},
                                                                       {"--config"},
                                                                       {"-h"},
                                                                       {"-"},
                                                                       {"-c", "x"},
                                                                       {"--=x"},
                                                                       {"--word", "x"},
                                                                       {"--word=x"}})
        EXPECT_EQ(shown(arguments), "usage") << arguments[0];
}

TEST(OptionTokens, wordThatLooksLikeAnOptionAfterTwoDashes_isStillNone) {
    EXPECT_EQ(shown({"--", "--help"}), "usage");
    EXPECT_EQ(shown({"--", "a"}), "=a;");
}

}  // namespace
}  // namespace signet
