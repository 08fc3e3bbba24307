// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/bridge_answers.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace signet {
namespace {

std::vector<std::string> valuesOf(const BridgeAnswer& answer, std::string_view name) {
    std::vector<std::string> values;
    for (const auto& [known, value] : answer.fields)
        if (known == name) values.push_back(value);
    return values;
}

using Values = std::vector<std::string>;

// attack 20
TEST(BridgeAnswers, everyAnswer_hasTheSecurityFields) {
    const BridgeAdmission admission{.origin = "https://uc.example.test"};
    for (const auto& answer :
         {bridgeRefusal(400), bridgeRefusal(403), bridgeRefusal(404), bridgeRefusal(405), bridgeRefusal(408),
          bridgeRefusal(414), bridgeRefusal(421), bridgeRefusal(426), bridgeRefusal(431), bridgeRefusal(503),
          bridgeHello(admission), bridgePreflight(admission), bridgeHandOff("https://uc.example.test/x")}) {
        EXPECT_EQ(valuesOf(answer, "X-Content-Type-Options"), Values{"nosniff"}) << answer.status;
        EXPECT_EQ(valuesOf(answer, "Content-Security-Policy"),
                  Values{"default-src 'none'; frame-ancestors 'none'"});
        EXPECT_EQ(valuesOf(answer, "Cross-Origin-Resource-Policy"), Values{"same-origin"});
        EXPECT_EQ(valuesOf(answer, "Cache-Control"), Values{"no-store"});
        EXPECT_EQ(valuesOf(answer, "Referrer-Policy"), Values{"no-referrer"});
        EXPECT_TRUE(valuesOf(answer, "Server").empty());
    }
}

// attacks 19 to 21: a refusal is a function of its status alone, without a body and without CORS.
TEST(BridgeAnswers, refusal_isEmptyAndTheSameForAll) {
    for (const auto status : {400U, 403U, 404U, 405U, 408U, 414U, 421U, 426U, 431U, 503U}) {
        const auto answer = bridgeRefusal(status);
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.body, "");
        EXPECT_EQ(answer.fields, bridgeRefusal(status).fields);
        for (const auto& [name, value] : answer.fields) {
            EXPECT_FALSE(name.starts_with("Access-Control")) << status;
            EXPECT_EQ(value.find("example"), std::string::npos);
        }
    }
}

TEST(BridgeAnswers, refusal_saysWhatTheStandardWants) {
    EXPECT_EQ(valuesOf(bridgeRefusal(405), "Allow"), Values{"GET"});
    EXPECT_EQ(valuesOf(bridgeRefusal(426), "Upgrade"), Values{"websocket"});
    EXPECT_EQ(valuesOf(bridgeRefusal(426), "Sec-WebSocket-Version"), Values{"13"});
    EXPECT_EQ(valuesOf(bridgeRefusal(503), "Retry-After"), Values{"1"});
}

// attack 19
TEST(BridgeAnswers, hello_isForThisOriginOnly) {
    const auto hello = bridgeHello({.origin = "https://uc.example.test"});
    EXPECT_EQ(hello.status, 200U);
    EXPECT_EQ(hello.body, R"({"agent":"signet","api":1})");
    EXPECT_EQ(valuesOf(hello, "Access-Control-Allow-Origin"), Values{"https://uc.example.test"});
    EXPECT_EQ(valuesOf(hello, "Vary"), Values{"Origin"});
    EXPECT_EQ(valuesOf(hello, "Content-Type"), Values{"application/json"});
    EXPECT_TRUE(valuesOf(hello, "Access-Control-Allow-Credentials").empty());
}

// attack 19
TEST(BridgeAnswers, preflight_allowsGetAndNoMore) {
    const auto preflight = bridgePreflight({.origin = "https://uc.example.test"});
    EXPECT_EQ(preflight.status, 204U);
    EXPECT_EQ(preflight.body, "");
    EXPECT_EQ(valuesOf(preflight, "Access-Control-Allow-Origin"), Values{"https://uc.example.test"});
    EXPECT_EQ(valuesOf(preflight, "Access-Control-Allow-Methods"), Values{"GET"});
    EXPECT_EQ(valuesOf(preflight, "Vary"), Values{"Origin"});
    EXPECT_TRUE(valuesOf(preflight, "Access-Control-Allow-Headers").empty());
    EXPECT_TRUE(valuesOf(preflight, "Access-Control-Allow-Private-Network").empty());
    const auto asked = bridgePreflight({.origin = "https://uc.example.test", .isPrivateNetwork = true});
    EXPECT_EQ(valuesOf(asked, "Access-Control-Allow-Private-Network"), Values{"true"});
}

TEST(BridgeAnswers, handOff_redirectsWithoutABody) {
    const auto redirect = bridgeHandOff("https://uc.example.test/login/handoff#a.b.c");
    EXPECT_EQ(redirect.status, 303U);
    EXPECT_EQ(redirect.body, "");
    EXPECT_EQ(valuesOf(redirect, "Location"), Values{"https://uc.example.test/login/handoff#a.b.c"});
}

}  // namespace
}  // namespace signet
