// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/local_door_messages.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace signet {
namespace {

template <class T>
T roundTrip(const T& opening) {
    const auto again = parseLocalOpening(localOpeningText(opening));
    EXPECT_TRUE(again && std::holds_alternative<T>(*again)) << localOpeningText(opening);
    return again && std::holds_alternative<T>(*again) ? std::get<T>(*again) : T{};
}

TEST(LocalDoorMessages, everyOpening_goesThereAndBack) {
    const auto page = roundTrip(ExtensionOpening{"chrome-extension://abc/", "https://uc.example.test"});
    EXPECT_EQ(page.extension, "chrome-extension://abc/");
    EXPECT_EQ(page.origin, "https://uc.example.test");
    EXPECT_EQ(roundTrip(LinkOpening{"signet://login?issuer=\"\n\xe7\x99\xbb"}).url,
              "signet://login?issuer=\"\n\xe7\x99\xbb");
    EXPECT_EQ(roundTrip(RevokeOpening{"https://a.example.test"}).origin, "https://a.example.test");
    (void)roundTrip(ShowOpening{});
    (void)roundTrip(StatusOpening{});
}

// attack 51: what the desktop hands over may be any bytes.
TEST(LocalDoorMessages, textThatIsNoUtf8_isStillAMessage) {
    EXPECT_EQ(roundTrip(LinkOpening{"signet:\xff"}).url, "signet:\xef\xbf\xbd");
}

// attack 30
TEST(LocalDoorMessages, openingThatIsNotExactlyOne_isRefused) {
    const std::vector<std::string> texts{
        "",
        "null",
        "[]",
        "{}",
        "\"show\"",
        R"({"door":"shows"})",
        R"({"door":"Show"})",
        R"({"door":""})",
        R"({"door":null})",
        R"({"door":["show"]})",
        R"({"door":1})",
        R"({"Door":"show"})",
        R"({"door":"show","door":"show"})",
        R"({"door":"show","x":1})",
        R"({"door":"status","url":"x"})",
        R"({"door":"show"}{})",
        R"({"door":"link"})",
        R"({"door":"link","url":1})",
        R"({"door":"link","url":null})",
        R"({"door":"link","url":"x","issuer":"y"})",
        R"({"door":"link","url":"x","url":"y"})",
        R"({"door":"revoke"})",
        R"({"door":"revoke","origin":{}})",
        R"({"door":"revoke","url":"x"})",
        R"({"door":"extension","extension":"x"})",
        R"({"door":"extension","origin":"x"})",
        R"({"door":"extension","extension":"x","origin":1})",
        R"({"door":"extension","extension":"x","origin":"y","pin":"123456"})",
        R"({"door":"pin","pin":"123456"})",
        "\xEF\xBB\xBF{\"door\":\"show\"}",
        "{\"door\":\"link\",\"url\":\"\xff\"}",
        R"({"door":"link","url":"\ud800"})",
        std::string("{\"door\":\"show\"}\0", 16),
        R"({"door":"link","url":")" + std::string(2049, 'u') + "\"}",
        R"({"door":"show"})" + std::string(4096, ' '),
        "{\"door\":" + std::string(3000, '[') + "}",
    };
    for (const auto& text : texts) {
        const auto opening = parseLocalOpening(text);
        ASSERT_FALSE(opening) << text.substr(0, 60);
        EXPECT_EQ(opening.error().code, ErrorCode::invalidRequest);
        EXPECT_EQ(opening.error().reason, "opening");
        EXPECT_EQ(opening.error().detail, "not an opening") << "nothing of the text";
    }
    EXPECT_TRUE(parseLocalOpening(R"({"door":"link","url":")" + std::string(2048, 'u') + "\"}"));
}

TEST(LocalDoorMessages, answers_goThereAndBack) {
    const auto fine = parseLocalAnswer(localAnswerText({}));
    ASSERT_TRUE(fine);
    EXPECT_FALSE(fine->refusal || fine->port || fine->tlsPort);
    const auto ports = parseLocalAnswer(localAnswerText({.port = 28617, .tlsPort = 65535}));
    EXPECT_EQ(ports->port, 28617);
    EXPECT_EQ(ports->tlsPort, 65535);
    for (const auto& row : errorTable())
        EXPECT_EQ(parseLocalAnswer(localAnswerText({.refusal = row.code}))->refusal, row.code) << row.name;
}

TEST(LocalDoorMessages, answerThatIsNone_isRefused) {
    for (const auto* text :
         {"", "{}", "true", "[]", R"({"ok":1})", R"({"ok":"true"})", R"({"ok":true,"ok":false})",
          R"({"ok":true,"more":1})", R"({"ok":false,"code":"busy","more":1})"})
        EXPECT_FALSE(parseLocalAnswer(text)) << text;
    EXPECT_EQ(parseLocalAnswer(R"({"ok":false,"code":"of tomorrow"})")->refusal, ErrorCode::internalError);
    EXPECT_EQ(parseLocalAnswer(R"({"ok":false,"code":1})")->refusal, ErrorCode::internalError);
    EXPECT_EQ(parseLocalAnswer(R"({"ok":false})")->refusal, ErrorCode::internalError);
    for (const auto* port : {"-1", "65536", "\"1\"", "null", "true"})
        EXPECT_FALSE(parseLocalAnswer(std::string(R"({"ok":true,"ws":)") + port + "}")->port) << port;
}

}  // namespace
}  // namespace signet
