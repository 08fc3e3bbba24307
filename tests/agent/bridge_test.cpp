// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Requests, answers and ends of pages' connections.
#include "bridge_fixture.hpp"
#include "other_user.hpp"

#include <nlohmann/json.hpp>

#include <netinet/in.h>
#include <sys/socket.h>

namespace signet {
namespace {

// attack 1
TEST_F(BridgeTest, hello_isToldOnBothFamilies) {
    open();
    for (const bool isV6 : {false, true}) {
        BridgeClient client(bridge->port(), isV6);
        if (!client.isConnected()) continue;  // A computer without IPv6.
        client.send(getRequest("/v1/hello", bridge->port(), kPageOrigin));
        const auto text = client.readAll();
        EXPECT_EQ(statusOf(text), 200U);
        EXPECT_NE(text.find("\r\n\r\n{\"agent\":\"signet\",\"api\":1}"), std::string::npos);
        EXPECT_NE(text.find("Access-Control-Allow-Origin: https://uc.example.test\r\n"), std::string::npos);
    }
    EXPECT_EQ(bridge->tlsPort(), std::nullopt);
}

TEST_F(BridgeTest, upgrade_opensWithOurProtocolAndWithoutCompression) {
    open();
    auto client = connect();
    const auto head = client.upgrade(bridge->port(), kPageOrigin);
    EXPECT_EQ(statusOf(head), 101U);
    EXPECT_NE(head.find("Sec-WebSocket-Protocol: signet.v1\r\n"), std::string::npos);
    EXPECT_NE(head.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), std::string::npos);
    EXPECT_EQ(head.find("Sec-WebSocket-Extensions"), std::string::npos) << "attack 27";
    EXPECT_NE(head.find("Server: signet\r\n"), std::string::npos) << "and not which library in which version";
    ASSERT_TRUE(waitUntil([&] { return !listener.opened.empty(); }));
    EXPECT_EQ(listener.opened[0].second, kPageOrigin);
    EXPECT_NE(listener.opened[0].first, 0U);
}

TEST_F(BridgeTest, helloOfAPage_isAnsweredWithoutTheMainThread) {
    open();
    auto client = page();
    client.sendText(kHello);
    EXPECT_EQ(client.next(), rpcHelloResult(RpcId(1))) << "nothing runs in the event loop meanwhile";
    EXPECT_TRUE(listener.requests.empty());
}

// R15
TEST_F(BridgeTest, request_goesToTheListenerAndItsAnswerBack) {
    open();
    auto client = page();
    client.sendText(kCancel);
    ASSERT_TRUE(waitUntil([&] { return !listener.requests.empty(); }));
    const auto& [connection, request] = listener.requests[0];
    EXPECT_EQ(connection, listener.opened[0].first);
    EXPECT_EQ(request.method, RpcMethod::cancel);
    bridge->notify(connection, "news");
    bridge->answer(connection, "answer");
    EXPECT_EQ(client.next(), "news");
    EXPECT_EQ(client.next(), "answer");
}

// R45: attack 35
TEST_F(BridgeTest, answer_goesToItsConnectionOnly) {
    open();
    auto first = page();
    auto second = page();
    bridge->answer(listener.opened[1].first, "for the second");
    bridge->answer(4711, "for nobody");
    first.sendText(kHello);
    EXPECT_EQ(first.next(), rpcHelloResult(RpcId(1)));
    EXPECT_EQ(second.next(), "for the second");
}

TEST_F(BridgeTest, end_isToldOnceHoweverItComes) {
    open();
    {
        auto polite = page();
        polite.sendFrame(0x88, std::string("\x03\xe8", 2));
        EXPECT_EQ(polite.next(), "(close 1000)");
        ::shutdown(polite.socket(), SHUT_WR);
        ASSERT_TRUE(waitUntil([&] { return listener.closed.size() == 1; }));
        (void)page();  // goes without a word
    }
    ASSERT_TRUE(waitUntil([&] { return listener.closed.size() == 2; }));
    EXPECT_EQ(listener.closed[0], listener.opened[0].first);
    EXPECT_EQ(listener.closed[1], listener.opened[1].first);
    bridge->answer(listener.opened[0].first, "too late");
    (void)page();
}

// A goodbye ends what runs for the page, also where the other end then stays.
TEST_F(BridgeTest, goodbyeWithoutAnEnd_isEndedInTime) {
    options.limits.head = std::chrono::seconds(60);
    open();
    auto client = page();
    client.sendFrame(0x88, std::string("\x03\xe8", 2));
    EXPECT_EQ(client.next(), "(close 1000)");
    EXPECT_TRUE(waitUntil([&] { return listener.closed.size() == 1; }, std::chrono::seconds(5)));
}

// attacks 8, 20, 21: the very same bytes, whoever asks for whatever.
TEST_F(BridgeTest, foreignPages_areAllToldTheSame) {
    open();
    const auto first = get("/v1/hello", "https://evil.example.test");
    EXPECT_EQ(statusOf(first), 403U);
    EXPECT_EQ(first.find("evil"), std::string::npos);
    EXPECT_TRUE(first.ends_with("\r\n\r\n")) << "no body";
    EXPECT_EQ(get("/v1", "null"), first);
    EXPECT_EQ(get("/<script>", ""), first);
    EXPECT_EQ(get("/v1/open/" + std::string(43, 'A'), ""), first) << "nor is a ticket guessed";
    EXPECT_TRUE(listener.opened.empty());
    EXPECT_FALSE(logged().empty());
    for (const auto& line : logged()) EXPECT_EQ(line.find("evil"), std::string::npos);
}

// R45: attack 56
TEST_F(BridgeTest, closeOrigin_closesItsConnectionsWithinASecond) {
    open();
    auto first = page();
    auto second = page();
    auto other = page(kOtherOrigin);
    bridge->closeOrigin(kPageOrigin);
    EXPECT_TRUE(waitUntil([&] { return listener.closed.size() == 2; }, std::chrono::seconds(1)));
    EXPECT_EQ(first.next(), "(close 1001)");
    EXPECT_EQ(second.next(), "(close 1001)");
    other.sendText(kHello);
    EXPECT_EQ(other.next(), rpcHelloResult(RpcId(1)));
}

// A page that talks on does not keep a connection that was closed.
TEST_F(BridgeTest, closedConnectionThatTalksOn_endsInTime) {
    options.limits.head = std::chrono::seconds(60);
    open();
    auto client = page();
    bridge->closeOrigin(kPageOrigin);
    EXPECT_EQ(client.next(), "(close 1001)");
    const auto begin = std::chrono::steady_clock::now();
    client.sendText(kCancel);
    client.sendFrame(0x01, "a message without an end");
    EXPECT_EQ(client.next(), "(end)");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    QCoreApplication::processEvents();
    EXPECT_TRUE(listener.requests.empty());
}

TEST_F(BridgeTest, handOff_worksOnce) {
    open();
    const auto address = bridge->handOff("https://uc.example.test/login/handoff#a.b.c");
    const std::string start = "http://127.0.0.1:" + std::to_string(bridge->port());
    ASSERT_TRUE(address.starts_with(start + "/v1/open/"));
    const auto target = address.substr(start.size());
    EXPECT_EQ(statusOf(get(target, kPageOrigin)), 404U) << "a page cannot spend it";
    EXPECT_EQ(statusOf(get(target, "https://evil.example.test")), 403U);
    const auto opened = get(target, "");
    EXPECT_EQ(statusOf(opened), 303U);
    EXPECT_NE(opened.find("Location: https://uc.example.test/login/handoff#a.b.c\r\n"), std::string::npos);
    EXPECT_EQ(statusOf(get(target, "")), 403U) << "only once";
}

TEST_F(BridgeTest, handOffAfterItsTime_isRefused) {
    options.limits.handOff = std::chrono::seconds(-1);
    open();
    const auto address = bridge->handOff("https://uc.example.test/x");
    EXPECT_EQ(statusOf(get(address.substr(address.find("/v1/open")), "")), 403U);
}

TEST_F(BridgeTest, handOffs_areFewAndDiffer) {
    open();
    const auto first = bridge->handOff("https://uc.example.test/1");
    std::string last;
    for (int i = 0; i < 8; ++i) last = bridge->handOff("https://uc.example.test/2");
    EXPECT_NE(first, last);
    EXPECT_EQ(statusOf(get(first.substr(first.find("/v1/open")), "")), 403U) << "the oldest went";
    EXPECT_EQ(statusOf(get(last.substr(last.find("/v1/open")), "")), 303U);
}

TEST_F(BridgeTest, destroyedWithOpenConnections_endsThemAndSaysNothing) {
    open();
    auto asking = page();
    auto silent = connect();
    asking.sendText(kCancel);
    ASSERT_TRUE(waitUntil([&] { return listener.requests.size() == 1; }));
    asking.sendText(kCancel);
    bridge.reset();
    EXPECT_EQ(asking.next(), "(end)");
    EXPECT_EQ(silent.readAll(), "");
    for (int i = 0; i < 10; ++i) QCoreApplication::processEvents();
    EXPECT_EQ(listener.requests.size(), 1U);
    EXPECT_TRUE(listener.closed.empty());
}

// attack 3
TEST_F(BridgeTest, portThatIsTaken_isPassedOver) {
    open();
    const auto taken = bridge->port();
    RecordingListener unused;
    const auto next = Bridge::listen({.ports = {taken, 0}, .origins = {kPageOrigin}}, unused);
    ASSERT_TRUE(next);
    EXPECT_NE((*next)->port(), taken);
    const auto none = Bridge::listen({.ports = {taken}, .origins = {kPageOrigin}}, unused);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::configurationInvalid);
    EXPECT_EQ(none.error().reason, "ports_taken");
    EXPECT_FALSE(Bridge::listen({.ports = {}, .origins = {kPageOrigin}}, unused));
}

// R45: attack 4
TEST_F(BridgeTest, anotherUser_isCutOffWithoutAWord) {
    if (!canBeOtherUser()) GTEST_SKIP() << "not root";
    open();
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(bridge->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto request = getRequest("/v1/hello", bridge->port(), kPageOrigin);
    const auto child = startAsOtherUser([&] {
        const int client = ::socket(AF_INET, SOCK_STREAM, 0);
        char byte = 0;
        if (::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return 1;
        (void)!::send(client, request.data(), request.size(), MSG_NOSIGNAL);
        return ::recv(client, &byte, 1, 0) > 0 ? 2 : 0;
    });
    EXPECT_EQ(endOf(child), 0);
    EXPECT_EQ(statusOf(get("/v1/hello", kPageOrigin)), 200U) << "this user is served";
}

}  // namespace
}  // namespace signet
