// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Who is let in: Host and Origin in every spelling, and in which order the rules speak.
#include "bridge_rules_fixture.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

TEST(BridgeRules, honestRequests_areLetInAsWhatTheyWant) {
    const auto hello = TestHead().admitted();
    ASSERT_TRUE(hello);
    EXPECT_EQ(hello->wish, BridgeWish::hello);
    EXPECT_EQ(hello->origin, kAllowedOrigin);
    EXPECT_EQ(hello->ticket, "");
    const auto upgrade = TestHead::upgrade().admitted();
    ASSERT_TRUE(upgrade);
    EXPECT_EQ(upgrade->wish, BridgeWish::upgrade);
    EXPECT_EQ(upgrade->origin, kAllowedOrigin);
}

TEST(BridgeRules, everyNameOfThisComputer_isOurHost) {
    for (const auto* host : {"127.0.0.1:28617", "localhost:28617", "[::1]:28617"})
        EXPECT_EQ(TestHead().set("Host", host).status(), 0U) << host;
}

// R45: attack 5, and the spellings of attack 6
TEST(BridgeRules, foreignHost_isMisdirected) {
    for (const auto* host : {"uc.example.test",
                             "uc.example.test:28617",
                             "evil.example.test:28617",
                             "127.0.0.1",
                             "localhost",
                             "[::1]",
                             "127.0.0.1:",
                             "127.0.0.1:0",
                             "127.0.0.1:28618",
                             "127.0.0.1:028617",
                             "127.0.0.1:28617:28617",
                             "127.0.0.1.:28617",
                             "localhost.:28617",
                             "LOCALHOST:28617",
                             "Localhost:28617",
                             "127.1:28617",
                             "127.0.1:28617",
                             "2130706433:28617",
                             "0x7f000001:28617",
                             "0177.0.0.1:28617",
                             "127.0.0.01:28617",
                             "127.0.0.2:28617",
                             "0.0.0.0:28617",
                             "0:28617",
                             "::1:28617",
                             "[0:0:0:0:0:0:0:1]:28617",
                             "[::ffff:127.0.0.1]:28617",
                             "[::]:28617",
                             "[::1%25lo]:28617",
                             "user@127.0.0.1:28617",
                             "127.0.0.1:28617, 127.0.0.1:28617",
                             "127.0.0.1:28617/",
                             "127.0.0.1:28617 ",
                             "",
                             "localtest.me:28617",
                             "127.0.0.1.nip.io:28617",
                             "localhost:28617.evil.example.test",
                             "evil.localhost:28617"})
        EXPECT_EQ(TestHead().set("Host", host).status(), 421U) << host;
}

// attack 6
TEST(BridgeRules, hostThatIsAbsentOrDoubled_isMalformed) {
    EXPECT_EQ(TestHead().without("Host").status(), 400U);
    EXPECT_EQ(TestHead().add("Host", kOurHost).status(), 400U);
    EXPECT_EQ(TestHead().add("hOST", "evil.example.test").status(), 400U);
}

// attack 6
TEST(BridgeRules, targetThatIsNoPath_isMalformed) {
    for (const auto* target : {"http://127.0.0.1:28617/v1/hello", "https://uc.example.test/v1/hello", "*",
                               "127.0.0.1:28617", "v1/hello", "", "\\v1\\hello", "%2fv1/hello"})
        EXPECT_EQ(TestHead().to(target).status(), 400U) << target;
}

TEST(BridgeRules, everyConfiguredOrigin_isLetInAsItself) {
    for (const auto& origin : testPolicy().origins) {
        const auto admission = TestHead().set("Origin", origin).admitted();
        ASSERT_TRUE(admission) << origin;
        EXPECT_EQ(admission->origin, origin);
    }
}

// R45: attacks 8 to 12, 15
TEST(BridgeRules, foreignOrigin_isRefused) {
    for (const auto* origin : {"https://evil.example.test",
                               "null",
                               "NULL",
                               "",
                               "*",
                               "http://uc.example.test",
                               "HTTPS://uc.example.test",
                               "https://UC.example.test",
                               "https://uc.example.test/",
                               "https://uc.example.test:443",
                               "https://uc.example.test:8443",
                               "https://app.example.test",
                               "https://app.example.test:84430",
                               "https://uc.example.test.",
                               "https://uc.example.test.evil.example",
                               "https://uc.example.testevil",
                               "https://evil-uc.example.test",
                               "https://a.uc.example.test",
                               "https://uc.example.test@evil.example",
                               "https://evil@uc.example.test",
                               "https://uc.example.test#",
                               "https://uc.example.test?",
                               "https://uc.example.test https://evil.example",
                               "https://evil.example https://uc.example.test",
                               "https://uc.example.test, https://evil.example",
                               "https://uc.example.test,https://uc.example.test",
                               " https://uc.example.test",
                               "https://uc.example.test ",
                               "https://*.example.test",
                               "wss://uc.example.test",
                               "//uc.example.test",
                               "uc.example.test",
                               "file://",
                               "https://127.0.0.1:28617",
                               "signet:agent",
                               "https://xn--uc-example.test",
                               "chrome-extension://abcdefghijklmno",
                               "chrome-extension://abcdefghijklmnopq",
                               "chrome-extension://ABCDEFGHIJKLMNOP",
                               "moz-extension://abcdefghijklmnop"})
        EXPECT_EQ(TestHead().set("Origin", origin).status(), 403U) << origin;
    EXPECT_EQ(TestHead().set("Origin", std::string("https://uc.example.test\0", 24)).status(), 403U);
    EXPECT_EQ(TestHead().set("Origin", std::string(7000, 'a')).status(), 403U);
}

// R45: attacks 7, 9, 13
TEST(BridgeRules, noOrigin_isRefused) {
    EXPECT_EQ(TestHead().without("Origin").status(), 403U);
    EXPECT_EQ(TestHead().without("Origin").add("Referer", kAllowedOrigin + "/login").status(), 403U);
    EXPECT_EQ(TestHead().without("Origin").add("Sec-WebSocket-Origin", kAllowedOrigin).status(), 403U);
    EXPECT_EQ(TestHead().without("Origin").add("X-Origin", kAllowedOrigin).status(), 403U);
    EXPECT_EQ(TestHead::upgrade().without("Origin").status(), 403U);
}

// attack 12
TEST(BridgeRules, twoOrigins_areRefusedEvenWhereBothAreAllowed) {
    EXPECT_EQ(TestHead().add("Origin", kAllowedOrigin).status(), 403U);
    EXPECT_EQ(TestHead().add("origin", "https://evil.example.test").status(), 403U);
    EXPECT_EQ(TestHead().set("Origin", "https://evil.example.test").add("ORIGIN", kAllowedOrigin).status(),
              403U);
}

TEST(BridgeRules, namesOfFields_areReadInAnyCase) {
    TestHead head;
    head.fields = {{"hOsT", kOurHost}, {"ORIGIN", kAllowedOrigin}};
    EXPECT_EQ(head.status(), 0U);
}

// attack 21: one rule after the other, Origin first, so that a foreign page learns that it is foreign and no
// more.
TEST(BridgeRules, severalFaults_areAnsweredByTheFirstRule) {
    const auto foreign = [](TestHead head) {
        return head.set("Origin", "https://evil.example.test").status();
    };
    const auto rebound = [](TestHead head) { return head.set("Host", "evil.example.test:28617").status(); };
    EXPECT_EQ(foreign(TestHead().set("Host", "evil.example.test")), 403U);
    EXPECT_EQ(foreign(TestHead().to("/other")), 403U);
    EXPECT_EQ(foreign(TestHead().by("POST")), 403U);
    EXPECT_EQ(foreign(TestHead().by("OPTIONS")), 403U);
    EXPECT_EQ(foreign(TestHead().to("/" + std::string(300, 'a'))), 403U);
    EXPECT_EQ(foreign(TestHead().to("/v1")), 403U);
    EXPECT_EQ(rebound(TestHead().to("/other")), 421U);
    EXPECT_EQ(rebound(TestHead().by("POST")), 421U);
    EXPECT_EQ(rebound(TestHead().to("/v1")), 421U);
    EXPECT_EQ(TestHead().to("/other").by("POST").status(), 404U);
    EXPECT_EQ(TestHead().to("/v1").by("POST").status(), 405U);
}

}  // namespace
}  // namespace signet
