// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What an honest caller may ask for: paths, methods, the upgrade, the preflight, a hand-off.
#include "bridge_rules_fixture.hpp"

#include "base/encoding.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

// attack 17
TEST(BridgeRequests, methodThatIsNotGet_isRefused) {
    for (const auto* method : {"POST", "PUT", "DELETE", "HEAD", "PATCH", "TRACE", "CONNECT", "OPTIONS", "get",
                               "Get", "GETT", "PROPFIND", ""})
        EXPECT_EQ(TestHead().by(method).status(), 405U) << method;
}

// attack 18
TEST(BridgeRequests, pathThatIsNotOurs_isNotFound) {
    for (const auto* path : {"/",
                             "/v1/",
                             "/v1/hello/",
                             "/v1/hello?",
                             "/v1/hello?x=1",
                             "/v1/hello#x",
                             "/v1/Hello",
                             "/V1/hello",
                             "//v1/hello",
                             "/v1//hello",
                             "/./v1/hello",
                             "/v1/../v1/hello",
                             "/%76%31/hello",
                             "/v1%2fhello",
                             "/v1/hell%6f",
                             "/v1/hello%00",
                             "/v2/hello",
                             "/v1/sign",
                             "/v1/open",
                             "/favicon.ico",
                             "/.well-known/x",
                             "/v1?x",
                             "/v1/hello;x"})
        EXPECT_EQ(TestHead().to(path).status(), 404U) << path;
}

// attack 18
TEST(BridgeRequests, pathThatIsVeryLong_isTooLong) {
    EXPECT_EQ(TestHead().to("/" + std::string(kMaxTargetBytes - 1, 'a')).status(), 404U);
    EXPECT_EQ(TestHead().to("/" + std::string(kMaxTargetBytes, 'a')).status(), 414U);
    EXPECT_EQ(TestHead().to("/v1/hello" + std::string(7000, '/')).status(), 414U);
}

// attack 23
TEST(BridgeRequests, bodyOrOldVersion_isMalformed) {
    TestHead old;
    old.isHttp11 = false;
    EXPECT_EQ(old.status(), 400U);
    EXPECT_EQ(TestHead().add("Content-Length", "0").status(), 0U);
    for (const auto* length : {"1", "00", "-1", "+0", "0, 0", "", "18446744073709551616"})
        EXPECT_EQ(TestHead().add("Content-Length", length).status(), 400U) << length;
    EXPECT_EQ(TestHead().add("Content-Length", "0").add("content-length", "0").status(), 400U);
    for (const auto* coding : {"chunked", "identity", "", "xchunked"})
        EXPECT_EQ(TestHead().add("Transfer-Encoding", coding).status(), 400U) << coding;
}

struct UpgradeRow {
    const char* name;
    const char* value;  ///< nullptr: without the field
    unsigned status;
};

// attack 23
TEST(BridgeRequests, upgradeFields_areChecked) {
    constexpr UpgradeRow kTable[] = {
        {"Connection", "Upgrade", 0},
        {"Connection", "upgrade", 0},
        {"Connection", "keep-alive,\tUPGRADE ,x", 0},
        {"Connection", nullptr, 426},
        {"Connection", "keep-alive", 426},
        {"Connection", "upgraded", 426},
        {"Connection", "up grade", 426},
        {"Connection", "", 426},
        {"Connection", ",,,", 426},
        {"Upgrade", "WebSocket", 0},
        {"Upgrade", nullptr, 426},
        {"Upgrade", "h2c", 426},
        {"Upgrade", "websockets", 426},
        {"Sec-WebSocket-Version", nullptr, 426},
        {"Sec-WebSocket-Version", "8", 426},
        {"Sec-WebSocket-Version", "12, 13", 426},
        {"Sec-WebSocket-Version", "013", 426},
        {"Sec-WebSocket-Key", nullptr, 400},
        {"Sec-WebSocket-Key", "", 400},
        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZQ==", 400},
        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ", 400},
        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZR==", 400},
        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZSE=", 400},
        {"Sec-WebSocket-Key", "!!!!IHNhbXBsZSBub25jZQ==", 400},
        {"Sec-WebSocket-Protocol", nullptr, 400},
        {"Sec-WebSocket-Protocol", "", 400},
        {"Sec-WebSocket-Protocol", "signet.v2", 400},
        {"Sec-WebSocket-Protocol", "signet", 400},
        {"Sec-WebSocket-Protocol", "signet.v1x", 400},
        {"Sec-WebSocket-Protocol", "chat, signet.v1", 0},
        {"Sec-WebSocket-Extensions", "permessage-deflate", 0},
    };
    for (const auto& row : kTable) {
        auto head = TestHead::upgrade();
        if (row.value == nullptr)
            head.without(row.name);
        else
            head.set(row.name, row.value);
        EXPECT_EQ(head.status(), row.status) << row.name << ": " << (row.value == nullptr ? "-" : row.value);
    }
}

// attack 23
TEST(BridgeRequests, doubledUpgradeFields_areMalformed) {
    for (const auto& [name, value] :
         std::vector<std::pair<std::string, std::string>>{{"Sec-WebSocket-Version", "13"},
                                                          {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                                                          {"Upgrade", "websocket"}})
        EXPECT_EQ(TestHead::upgrade().add(name, value).status(), 400U) << name;
    EXPECT_EQ(TestHead::upgrade().add("Sec-WebSocket-Protocol", "chat").status(), 0U);
}

// attack 19
TEST(BridgeRequests, preflight_isForHelloOfAnAllowedPage) {
    const auto preflight = [] {
        return TestHead().by("OPTIONS").add("Access-Control-Request-Method", "GET");
    };
    const auto admission = preflight().admitted();
    ASSERT_TRUE(admission);
    EXPECT_EQ(admission->wish, BridgeWish::preflight);
    EXPECT_EQ(admission->origin, kAllowedOrigin);
    EXPECT_FALSE(admission->isPrivateNetwork);
    EXPECT_TRUE(
        preflight().add("Access-Control-Request-Private-Network", "true").admitted()->isPrivateNetwork);
    EXPECT_EQ(preflight().to("/v1").status(), 405U);
    EXPECT_EQ(preflight().to("/x").status(), 404U);
    EXPECT_EQ(preflight().set("Origin", "https://evil.example.test").status(), 403U);
    EXPECT_EQ(preflight().without("Origin").status(), 403U);
    EXPECT_EQ(preflight().set("Host", "evil.example.test").status(), 421U);
    EXPECT_EQ(preflight().set("Access-Control-Request-Method", "POST").status(), 405U);
    EXPECT_EQ(TestHead().by("OPTIONS").status(), 405U);
}

TEST(BridgeRequests, handOff_needsNoOriginButAWholeTicket) {
    const auto ticket = toBase64Url(Bytes(32, 7));
    const auto open = [&](const std::string& name) {
        return TestHead().without("Origin").to("/v1/open/" + name);
    };
    const auto admission = open(ticket).admitted();
    ASSERT_TRUE(admission);
    EXPECT_EQ(admission->wish, BridgeWish::handOff);
    EXPECT_EQ(admission->ticket, ticket);
    EXPECT_EQ(admission->origin, "");
    for (const auto& name : {std::string(), ticket.substr(1), ticket + "A", ticket + "=", ticket + "?x",
                             ticket + "/", std::string(43, '+'), std::string(43, '%'), std::string(1000, 'A'),
                             toBase64Url(Bytes(31, 7)), toBase64Url(Bytes(33, 7))})
        EXPECT_EQ(open(name).status(), 403U) << name;
}

// attacks 5, 8: the ticket opens nothing for a page, and nothing by another name of this computer.
TEST(BridgeRequests, handOffOfAPage_isRefused) {
    const auto target = "/v1/open/" + toBase64Url(Bytes(32, 7));
    EXPECT_EQ(TestHead().to(target).status(), 404U);
    EXPECT_EQ(TestHead().to(target).set("Origin", "https://evil.example.test").status(), 403U);
    EXPECT_EQ(TestHead().to(target).set("Origin", "null").status(), 403U);
    EXPECT_EQ(TestHead().to(target).without("Origin").set("Host", "evil.example.test:28617").status(), 421U);
    EXPECT_EQ(TestHead().to(target).without("Origin").by("POST").status(), 403U);
    EXPECT_EQ(TestHead().to(target).without("Origin").by("HEAD").status(), 403U);
}

}  // namespace
}  // namespace signet
