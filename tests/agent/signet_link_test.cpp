// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/signet_link.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace signet {
namespace {

TEST(SignetLink, loginAtAnIssuer_isRead) {
    for (const auto* link :
         {"signet://login?issuer=https://uc.example.test", "signet://login/?issuer=https://uc.example.test",
          "signet://login?issuer=https%3A%2F%2Fuc.example.test",
          "signet://login?issuer=https%3a%2f%2fuc.example.test",
          "signet://login?issuer=%68ttps://uc.example.test"}) {
        const auto read = parseSignetLink(link);
        ASSERT_TRUE(read) << link;
        EXPECT_EQ(read->issuer, "https://uc.example.test");
    }
    EXPECT_EQ(parseSignetLink("signet://login?issuer=https://uc.example.test:8443/uc")->issuer,
              "https://uc.example.test:8443/uc");
}

// R45: attack 51
TEST(SignetLink, anythingElse_isRefused) {
    const std::string good = "signet://login?issuer=https://uc.example.test";
    const std::vector<std::string> links{
        "",
        "signet:",
        "signet://",
        "signet://login",
        "signet://login?",
        "signet://login?issuer",
        "signet://login?issuer=",
        "signet:login?issuer=https://uc.example.test",
        "SIGNET://login?issuer=https://uc.example.test",
        "signet://LOGIN?issuer=https://uc.example.test",
        "signet://login//?issuer=https://uc.example.test",
        "signet://login/x?issuer=https://uc.example.test",
        "signet://logins?issuer=https://uc.example.test",
        "signet://login@evil?issuer=https://uc.example.test",
        "signet://login:80?issuer=https://uc.example.test",
        "signet://sign?issuer=https://uc.example.test",
        "signet://login?Issuer=https://uc.example.test",
        "signet://login?%69ssuer=https://uc.example.test",
        "signet://login?challenge_id=AAAAAAAAAAAAAAAAAAAAAA",
        "signet://login?challenge_id=AAAAAAAAAAAAAAAAAAAAAA&issuer=https://uc.example.test",
        good + "&challenge_id=AAAAAAAAAAAAAAAAAAAAAA",
        good + "&issuer=https://evil.example.test",
        good + ";issuer=https://evil.example.test",
        good + "&",
        good + "#",
        good + "#x",
        good + "?x",
        good + "/",
        good + " ",
        good + "\n",
        good + "%0a",
        good + "%0d%0aHost:evil",
        good + "%00",
        good + std::string(1, '\0'),
        good + " --askpass /tmp/evil",
        good + "%20--config=/tmp/evil",
        good + "%",
        good + "%4",
        good + "%zz",
        good + "%26issuer=https://evil.example.test",
        good + "%3f",
        good + "%23",
        good + "\xe2\x80\xae",
        good + "%e2%80%ae",
        good + "\xff",
        good + "%ff",
        " " + good,
        "\"" + good + "\"",
        "xsignet://login?issuer=https://uc.example.test",
        "signet://login?issuer=http://uc.example.test",
        "signet://login?issuer=HTTPS://uc.example.test",
        "signet://login?issuer=https://UC.example.test",
        "signet://login?issuer=https://user@uc.example.test",
        "signet://login?issuer=https://uc.example.test:443",
        "signet://login?issuer=https://uc.example.test/../x",
        "signet://login?issuer=https%253A%252F%252Fuc.example.test",
        "signet://login?issuer=file:///etc/passwd",
        "signet://login?issuer=javascript:alert(1)",
        "signet://login?issuer=../../etc/passwd",
        "signet://login?issuer=--help",
        "--askpass=/tmp/evil",
        good + std::string(1024, 'a'),
    };
    for (const auto& link : links) {
        const auto read = parseSignetLink(link);
        ASSERT_FALSE(read) << link;
        EXPECT_EQ(read.error().code, ErrorCode::invalidRequest);
        EXPECT_EQ(read.error().reason, "link");
        EXPECT_TRUE(read.error().detail.starts_with("not a signet: link: "));
        EXPECT_EQ(read.error().detail.find("evil"), std::string::npos) << "nothing of the link";
    }
}

TEST(SignetLink, lengthOfExactlyOneKibibyte_isTheLimit) {
    std::string link = "signet://login?issuer=https://uc.example.test/";
    link += std::string(1024 - link.size(), 'a');
    EXPECT_TRUE(parseSignetLink(link));
    EXPECT_FALSE(parseSignetLink(link + "a"));
}

}  // namespace
}  // namespace signet
