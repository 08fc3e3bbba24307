// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/native_host_messages.hpp"

#include "agent/extension_ids.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace signet {
namespace {

using Words = std::vector<std::string_view>;

TEST(NativeHostMessages, extension_asEachBrowserTellsIt_isFound) {
    EXPECT_EQ(extensionFromArguments(Words{"chrome-extension://abc/"}), "chrome-extension://abc/");
    EXPECT_EQ(extensionFromArguments(Words{"chrome-extension://abc/", "--parent-window=0"}),
              "chrome-extension://abc/");
    EXPECT_EQ(extensionFromArguments(Words{"/usr/lib/mozilla/x.json", "agent@signet.org"}),
              "agent@signet.org");
}

TEST(NativeHostMessages, extension_notToldOrStrange_isRefused) {
    const std::string tooLong(301, 'a');
    for (const auto& words : {Words{}, Words{"x"}, Words{"x", ""}, Words{"x", "a b"}, Words{"x", "a\n"},
                              Words{"x", "\xe5\x8d\xb0"}, Words{"x", tooLong}})
        EXPECT_FALSE(extensionFromArguments(words));
}

TEST(NativeHostMessages, pinnedIds_areThoseThatTheBrowsersTell) {
    ASSERT_EQ(pinnedExtensionIds().size(), 2U);
    EXPECT_TRUE(pinnedExtensionIds()[0].starts_with("chrome-extension://"));
    EXPECT_EQ(pinnedExtensionIds()[0].size(), std::string_view("chrome-extension:///").size() + 32);
    EXPECT_TRUE(extensionFromArguments(Words{"manifest", pinnedExtensionIds()[1]}));
}

TEST(NativeHostMessages, origin_ofAStrictMessage_isTaken) {
    EXPECT_EQ(originFromFirstMessage(R"({"origin":"https://uc.example.test"})"), "https://uc.example.test");
    const std::string longest(300, 'o');
    EXPECT_EQ(originFromFirstMessage("{\"origin\":\"" + longest + "\"}"), longest);
}

TEST(NativeHostMessages, origin_ofAnythingElse_isRefused) {
    const std::vector<std::string> messages{
        "",
        "null",
        "[]",
        "\"https://a\"",
        "{}",
        R"({"origin":""})",
        R"({"origin":1})",
        R"({"origin":null})",
        R"({"origin":["https://a"]})",
        R"({"Origin":"https://a"})",
        R"({"origin":"https://a","origin":"https://b"})",
        R"({"origin":"https://a","extension":"x"})",
        R"({"origin":"https://a"}{})",
        "\xef\xbb\xbf{\"origin\":\"https://a\"}",
        "{\"origin\":\"\xff\"}",
        R"({"origin":"\ud800"})",
        "{\"origin\":\"" + std::string(301, 'o') + "\"}",
        "{\"origin\":" + std::string(3000, '[') + "}",
    };
    for (const auto& message : messages) {
        const auto origin = originFromFirstMessage(message);
        ASSERT_FALSE(origin) << message;
        EXPECT_EQ(origin.error().reason, "invalid_request");
    }
}

TEST(NativeHostMessages, refusal_givesTheReasonAsCode) {
    Error error;
    error.reason = "agent_not_running";
    EXPECT_EQ(refusalMessage(error), R"({"code":"agent_not_running","open":false})");
}

}  // namespace
}  // namespace signet
