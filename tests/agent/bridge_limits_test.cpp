// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What hostile callers send, and how much of it.
#include "bridge_fixture.hpp"

#include <nlohmann/json.hpp>

#include <sys/socket.h>

namespace signet {
namespace {

std::string codeIn(const std::string& text) {
    const auto json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return text;
    return json.contains("error") ? json["error"]["data"]["code"].get<std::string>() : "";
}

// R47: attacks 17, 18, 22, 23
TEST_F(BridgeTest, heads_areAnsweredByTheirFault) {
    open();
    const auto port = std::to_string(bridge->port());
    const auto fields = "Host: 127.0.0.1:" + port + "\r\nOrigin: " + kPageOrigin + "\r\n";
    const std::vector<std::pair<std::string, unsigned>> table{
        {"GET /v1/hello HTTP/1.1\r\n" + fields + "\r\n", 200},
        {"POST /v1/hello HTTP/1.1\r\n" + fields + "Content-Length: 0\r\n\r\n", 405},
        {"POST /v1/hello HTTP/1.1\r\n" + fields + "Content-Length: 5\r\n\r\nhello", 400},
        {"POST /v1/hello HTTP/1.1\r\n" + fields + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"GET /v1/hello HTTP/1.0\r\n" + fields + "\r\n", 400},
        {"GET /v1/hello HTTP/1.1\r\n\r\n", 400},
        {"GET /v1/hello HTTP/1.1\r\n" + fields + fields + "\r\n", 400},
        {"GET http://127.0.0.1:" + port + "/v1/hello HTTP/1.1\r\n" + fields + "\r\n", 400},
        {"GET /v1/hello\r\n\r\n", 400},
        {"GET /v1/hello HTTP/1.1\r\n" + fields + "A B: c\r\n\r\n", 400},
        {"GET /v1/hello HTTP/1.1\r\n" + fields + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n", 400},
        {"GET /v1/hello HTTP/1.1\r\n" + fields + "\r\nGET /v1/hello HTTP/1.1\r\n" + fields + "\r\n", 400},
        {"GET /v2 HTTP/1.1\r\n" + fields + "\r\n", 404},
        {"GET /v1 HTTP/1.1\r\n" + fields + "\r\n", 426},
        {"GET /" + std::string(300, 'a') + " HTTP/1.1\r\n" + fields + "\r\n", 414},
        {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n" + fields + "\r\n", 414},
        {"GET /v1/hello HTTP/1.1\r\n" + fields + "X: " + std::string(9000, 'x') + "\r\n\r\n", 431},
        {"GET /v1/hello HTTP/1.1\r\nHost: evil.example.test\r\nOrigin: " + kPageOrigin + "\r\n\r\n", 421},
        {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + "\r\n\r\n", 400},
    };
    for (const auto& [request, status] : table) {
        auto client = connect();
        client.send(request);
        const auto answer = client.readAll();
        EXPECT_EQ(statusOf(answer), status) << request.substr(0, 200);
        EXPECT_EQ(answer.ends_with("\r\n\r\n"), status != 200) << "a refusal has no body: " << answer;
    }
}

// R47: attack 22
TEST_F(BridgeTest, slowHead_isGivenUp) {
    options.limits.head = std::chrono::milliseconds(50);
    open();
    auto client = connect();
    client.send("GET /v1/hello HTTP/1.1\r\nHost: ");
    EXPECT_EQ(statusOf(client.readAll()), 408U);
}

// attack 28
TEST_F(BridgeTest, fifthConnectionOfAnOrigin_isRefused) {
    open();
    std::vector<BridgeClient> clients;
    for (int i = 0; i < 4; ++i) clients.push_back(page());
    auto fifth = connect();
    const auto answer = fifth.upgrade(bridge->port(), kPageOrigin);
    EXPECT_EQ(statusOf(answer), 503U);
    EXPECT_NE(answer.find("Retry-After: 1\r\n"), std::string::npos);
    (void)page(kOtherOrigin);
    clients.pop_back();
    ASSERT_TRUE(waitUntil([&] { return listener.closed.size() == 2; }));
    (void)page();
}

// R47: attack 28: those who say nothing make room, those who are pages do not.
TEST_F(BridgeTest, fullHouse_lastsNoLongerThanItsSilentCallers) {
    options.limits.connections = 3;
    open();
    auto first = page();
    auto silent = connect();
    auto other = connect();
    EXPECT_EQ(statusOf(get("/v1/hello", kPageOrigin)), 200U);
    EXPECT_EQ(silent.readAll(), "");
    auto second = page();
    auto third = page();
    EXPECT_EQ(connect().readAll(), "") << "everyone inside is a WebSocket";
    for (auto* client : {&first, &second, &third}) {
        client->sendText(kHello);
        EXPECT_EQ(client->next(), rpcHelloResult(RpcId(1)));
    }
}

// attack 24
TEST_F(BridgeTest, framesAgainstTheStandard_endTheConnection) {
    open();
    const struct {
        std::uint8_t first;
        std::string payload;
        bool isMasked;
        std::string end;
    } table[] = {
        {0x81, kHello, false, "(close 1002)"},
        {0xC1, kHello, true, "(close 1002)"},
        {0xA1, kHello, true, "(close 1002)"},
        {0x91, kHello, true, "(close 1002)"},
        {0x83, kHello, true, "(close 1002)"},
        {0x8B, "", true, "(close 1002)"},
        {0x80, kHello, true, "(close 1002)"},
        {0x09, "ping in pieces", true, "(close 1002)"},
        {0x89, std::string(126, 'p'), true, "(close 1002)"},
        {0x88, "x", true, "(close 1002)"},
        {0x81, "\xff\xfe", true, "(close 1007)"},
        {0x81, "\xed\xa0\x80", true, "(close 1007)"},
        {0x82, kHello, true, "(close 1003)"},
        {0x81, std::string(kMaxRpcBytes + 1, ' '), true, "(close 1009)"},
    };
    for (const auto& row : table) {
        const auto closed = listener.closed.size();
        auto client = page();
        client.sendFrame(row.first, row.payload, row.isMasked);
        EXPECT_EQ(client.next(), row.end) << int(row.first) << " " << row.payload.substr(0, 20);
        ::shutdown(client.socket(), SHUT_RDWR);
        EXPECT_TRUE(waitUntil([&] { return listener.closed.size() > closed; }));
    }
    EXPECT_TRUE(listener.requests.empty());
}

// attack 25
TEST_F(BridgeTest, lengthWithoutMeasure_isRefusedAtTheHead) {
    open();
    auto client = page();
    client.send(std::string("\x81\xff\x40\x00\x00\x00\x00\x00\x00\x00\x11\x22\x33\x44", 14));
    EXPECT_EQ(client.next(), "(close 1009)");
}

// attack 26
TEST_F(BridgeTest, fragmentsWithoutEnd_haveALimitOfTime) {
    options.limits.message = std::chrono::milliseconds(50);
    open();
    auto slow = page();
    slow.sendFrame(0x01, "{");
    EXPECT_EQ(slow.next(), "(close 1008)");
}

// attack 26
TEST_F(BridgeTest, fragmentsWithoutEnd_haveALimitOfSize) {
    open();
    auto large = page();
    large.sendFrame(0x01, "{");
    for (int i = 0; i < 17; ++i) large.sendFrame(0x00, std::string(4096, ' '));
    EXPECT_EQ(large.next(), "(close 1009)");
    auto honest = page();
    honest.sendFrame(0x01, kHello.substr(0, 10));
    honest.sendFrame(0x80, kHello.substr(10));
    EXPECT_EQ(honest.next(), rpcHelloResult(RpcId(1)));
}

// attack 30
TEST_F(BridgeTest, messageThatCannotBeRead_isAnsweredAndTheConnectionStays) {
    open();
    auto client = page();
    for (const std::string text : {"", "{", "[]", R"({"jsonrpc":"2.0","id":1,"method":"<b>","params":{}})"}) {
        client.sendText(text);
        const auto answer = client.next();
        EXPECT_EQ(codeIn(answer), "invalid_request") << text;
        EXPECT_EQ(answer.find("<b>"), std::string::npos);
    }
    client.sendText(kHello);
    EXPECT_EQ(client.next(), rpcHelloResult(RpcId(1)));
    EXPECT_TRUE(listener.requests.empty());
}

// attack 29
TEST_F(BridgeTest, messageFlood_isRateLimitedAndThenClosed) {
    options.limits.messagesAtOnce = 3;
    options.limits.messagesPerSecond = 1e-6;
    options.limits.refusedMessages = 2;
    open();
    auto client = page();
    for (int i = 0; i < 3; ++i) {
        client.sendText(kHello);
        EXPECT_EQ(codeIn(client.next()), "");
    }
    client.sendText(kHello);
    EXPECT_EQ(codeIn(client.next()), "rate_limited");
    client.sendFrame(0x89, "a ping counts too");
    EXPECT_EQ(client.nextFrame()->opcode, 10);
    client.sendText(kHello);
    EXPECT_EQ(client.next(), "(close 1008)");
    EXPECT_TRUE(waitUntil([&] { return listener.closed.size() == 1; }));
}

// attack 29
TEST_F(BridgeTest, requestsUnderWay_areBoundedForEachConnection) {
    options.limits.requestsUnderWay = 2;
    open();
    auto client = page();
    client.sendText(kCancel);
    client.sendText(kCancel);
    client.sendText(kCancel);
    EXPECT_EQ(codeIn(client.next()), "rate_limited");
    ASSERT_TRUE(waitUntil([&] { return listener.requests.size() == 2; }));
    auto other = page();
    other.sendText(kCancel);
    ASSERT_TRUE(waitUntil([&] { return listener.requests.size() == 3; }));
    bridge->answer(listener.opened[0].first, "done");
    EXPECT_EQ(client.next(), "done");
    client.sendText(kCancel);
    EXPECT_TRUE(waitUntil([&] { return listener.requests.size() == 4; }));
}

// attack 26: a page that does not read what it asks for.
TEST_F(BridgeTest, callerThatDoesNotRead_isCutOff) {
    options.limits.unsentBytes = 100'000;
    open();
    auto client = page();
    const std::string piece(60'000, 'n');
    // More than the kernel keeps for a connection.
    for (int i = 0; i < 400; ++i) bridge->notify(listener.opened[0].first, piece);
    EXPECT_TRUE(waitUntil([&] { return listener.closed.size() == 1; }));
}

}  // namespace
}  // namespace signet
