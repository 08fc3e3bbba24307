// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The whole platform over real TLS on loopback, in this process.
#include "tests/platform/https_client.hpp"
#include "tests/platform/test_platform.hpp"

#include "base/encoding.hpp"
#include "platform/connection_caps.hpp"
#include "platform/http_server.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>

#include <list>
#include <thread>

namespace signet::test {
namespace {

/// A server in front of a test platform.
class Served {
public:
    explicit Served(const HttpLimits& limits = {}, const TestPlatform::Change& change = {})
        : platform(change) {
        auto listening = HttpServer::listen(platform.settings, limits);
        EXPECT_TRUE(listening) << (listening ? "" : listening.error().detail);
        m_server = std::move(*listening);
        m_server->start([this](HttpRequest request, HttpServer::Respond respond) {
            platform.node().handle(std::move(request), std::move(respond));
        });
    }
    ~Served() { m_server->stop(std::chrono::seconds(5)); }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    std::uint16_t port() const { return m_server->port(); }
    TestPlatform platform;

private:
    std::unique_ptr<HttpServer> m_server;
};

HttpLimits quickLimits() {
    using std::chrono::milliseconds;
    HttpLimits limits;
    limits.handshake = milliseconds(300);
    limits.head = milliseconds(300);
    limits.body = milliseconds(300);
    limits.idle = milliseconds(300);
    return limits;
}

// R15: 64 identical posts at once over 16 connections: one consumption, one answer.
TEST(Server, identical_posts_at_once_get_one_answer) {
    Served stage;
    const auto started = stage.platform.startForAgent("bind");
    const auto body = stage.platform.signedBody(started, sharedPki().enterprise()).dump();
    const auto other = stage.platform.signedBody(started, sharedPki().enterprise()).dump();
    std::vector<std::optional<HttpResponse>> answers(64);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 16; ++i)
        threads.emplace_back([&, i] {
            HttpsClient client(stage.port());
            for (std::size_t k = 0; k < 4; ++k)
                answers[4 * i + k] = client.request("POST", "/agent/v1/logins", body);
        });
    for (auto& thread : threads) thread.join();
    for (const auto& answer : answers) {
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
        EXPECT_EQ(answer->body, answers.front()->body);
    }
    HttpsClient client(stage.port());
    EXPECT_EQ(client.request("POST", "/agent/v1/logins", other)->status, 409);
    const auto done = stage.platform.complete(started, *answers.front());
    EXPECT_EQ(done.status, 200);
}

TEST(Server, whole_login_over_tls_ends_in_session) {
    Served stage;
    HttpsClient client(stage.port());
    const auto secret = *randomToken();
    const auto begun = client.request("POST", "/agent/v1/challenges",
                                      json{{"purpose", "bind"}, {"sid", s256(secret)}}.dump());
    ASSERT_TRUE(begun);
    const std::string id = json::parse(begun->body)["challenge_id"];
    const auto read = client.request("GET", "/agent/v1/challenges/" + id);
    Started started{*parseChallenge(read->body), secret};
    const auto login =
        client.request("POST", "/agent/v1/logins",
                       stage.platform.signedBody(started, sharedPki().enterprise(KeyKind::rsa2048)).dump());
    ASSERT_EQ(login->status, 200) << login->body;
    const auto done = client.request(
        "POST", "/login/complete",
        json{{"challenge_id", id}, {"handoff", json::parse(login->body)["handoff"]}, {"secret", secret}}
            .dump());
    ASSERT_EQ(done->status, 200) << done->body;
    const auto who = client.request(
        "GET", "/session", "",
        {{"Authorization", "Bearer " + json::parse(done->body)["session"].get<std::string>()}});
    EXPECT_EQ(json::parse(who->body)["account"]["name"], std::string(kTestEnterprise));
}

// R46: every answer forbids sniffing, framing, storing.
TEST(Server, answers_carry_the_security_fields) {
    Served stage;
    HttpsClient client(stage.port());
    for (const auto* path : {"/healthz", "/readyz", "/.well-known/signet-issuer", "/session", "/nowhere"}) {
        const auto answer = client.request("GET", path);
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(fieldOf(*answer, "X-Content-Type-Options"), "nosniff") << path;
        EXPECT_NE(fieldOf(*answer, "Content-Security-Policy").find("frame-ancestors 'none'"),
                  std::string::npos)
            << path;
        EXPECT_EQ(fieldOf(*answer, "Cache-Control"), "no-store") << path;
        EXPECT_EQ(fieldOf(*answer, "Access-Control-Allow-Origin"), "") << path;
    }
}

// Attack 50: TLS 1.2 and later, AEAD only.
TEST(Server, old_tls_and_cbc_are_refused) {
    Served stage;
    EXPECT_FALSE(HttpsClient(stage.port(), {TLS1_VERSION, TLS1_1_VERSION, ""}).isConnected());
    EXPECT_FALSE(
        HttpsClient(stage.port(), {TLS1_2_VERSION, TLS1_2_VERSION, "ECDHE-ECDSA-AES128-SHA256:AES128-SHA"})
            .isConnected());
    HttpsClient modern(stage.port(), {TLS1_2_VERSION, TLS1_2_VERSION, ""});
    ASSERT_TRUE(modern.isConnected());
    EXPECT_TRUE(modern.cipher().find("GCM") != std::string::npos ||
                modern.cipher().find("CHACHA20") != std::string::npos);
}

// R47: large bodies and heads.
TEST(Server, large_body_is_413_and_large_head_431) {
    Served stage;
    const auto large =
        HttpsClient(stage.port()).request("POST", "/agent/v1/logins", std::string(10'000'000, 'x'));
    ASSERT_TRUE(large);
    EXPECT_EQ(large->status, 413);
    EXPECT_EQ(codeOf(*large), "bad_request");
    HttpsClient chunked(stage.port());
    chunked.write(
        "POST /agent/v1/logins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 9; ++i) chunked.write("2000\r\n" + std::string(0x2000, ' ') + "\r\n");
    EXPECT_EQ(chunked.readAnswer()->status, 413);
    const auto wide =
        HttpsClient(stage.port()).request("GET", "/healthz", "", {{"X-Wide", std::string(20000, 'x')}});
    ASSERT_TRUE(wide);
    EXPECT_EQ(wide->status, 431);
    EXPECT_EQ(HttpsClient(stage.port()).request("GET", "/healthz")->status, 200);
}

TEST(Server, malformed_and_doubled_heads_are_400) {
    Served stage;
    const char* const heads[] = {
        "NONSENSE\r\n\r\n",
        "GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /session HTTP/1.1\r\nHost: a\r\nOrigin: https://a.test\r\nOrigin: https://b.test\r\n\r\n",
        "POST /agent/v1/logins HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST /agent/v1/logins HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: "
        "chunked\r\n\r\n{}",
    };
    for (const auto* head : heads) {
        HttpsClient client(stage.port());
        ASSERT_TRUE(client.write(head));
        const auto answer = client.readAnswer();
        ASSERT_TRUE(answer) << head;
        EXPECT_EQ(answer->status, 400) << head;
    }
}

// R47: those who say nothing, little, or nothing more are closed.
TEST(Server, slow_connections_are_closed) {
    Served stage(quickLimits());
    const auto silent = connectTo(stage.port());
    EXPECT_TRUE(isClosedWithin(silent, std::chrono::seconds(10))) << "no handshake";
    HttpsClient noHead(stage.port());
    EXPECT_TRUE(isClosedWithin(noHead.socket(), std::chrono::seconds(10))) << "no head";
    HttpsClient halfHead(stage.port());
    halfHead.write("GET /healthz HTTP/1.1\r\nHos");
    EXPECT_TRUE(isClosedWithin(halfHead.socket(), std::chrono::seconds(10))) << "half a head";
    HttpsClient halfBody(stage.port());
    halfBody.write("POST /agent/v1/logins HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{");
    EXPECT_TRUE(isClosedWithin(halfBody.socket(), std::chrono::seconds(10))) << "half a body";
    HttpsClient idle(stage.port());
    ASSERT_TRUE(idle.request("GET", "/healthz"));
    EXPECT_TRUE(isClosedWithin(idle.socket(), std::chrono::seconds(10))) << "idle";
}

// R47: a thousand half-open connections of one address do not keep the next honest one out.
TEST(Server, thousand_slow_sockets_do_not_stop_a_login) {
    Served stage;
    const auto started = stage.platform.startForAgent("bind");
    const auto body = stage.platform.signedBody(started, sharedPki().enterprise()).dump();
    std::list<Fd> crowd;
    for (int i = 0; i < 900; ++i) crowd.push_back(connectTo(stage.port()));
    const auto begin = std::chrono::steady_clock::now();
    const auto login = HttpsClient(stage.port()).request("POST", "/agent/v1/logins", body);
    const auto took = std::chrono::steady_clock::now() - begin;
    ASSERT_TRUE(login);
    EXPECT_EQ(login->status, 200);
    EXPECT_LT(took, std::chrono::seconds(5));
}

TEST(ConnectionCaps, full_house_lets_the_longest_waiting_go) {
    ConnectionCaps caps(3, 2);
    const auto a = caps.admit("a");
    const auto b = caps.admit("a");
    ASSERT_TRUE(a.id && b.id);
    caps.setBusy(*a.id, true);
    const auto c = caps.admit("a");
    EXPECT_EQ(c.victim, b.id);
    caps.setBusy(*c.id, true);
    EXPECT_FALSE(caps.admit("a").id) << "both are busy";
    const auto d = caps.admit("b");
    EXPECT_TRUE(d.id);
    EXPECT_FALSE(d.victim);
    const auto e = caps.admit("c");
    EXPECT_EQ(e.victim, d.id) << "three in all";
    for (const auto& id : {a.id, b.id, c.id, d.id, e.id}) caps.leave(*id);
    EXPECT_EQ(caps.count(), 0U);
    EXPECT_FALSE(caps.admit("a").victim);
}

TEST(Server, stop_answers_what_is_under_way) {
    auto stage = std::make_unique<Served>();
    HttpsClient idle(stage->port());
    ASSERT_TRUE(idle.request("GET", "/healthz"));
    const auto port = stage->port();
    stage.reset();
    EXPECT_TRUE(isClosedWithin(idle.socket(), std::chrono::seconds(10)));
    EXPECT_FALSE(connectTo(port).isOpen());
}

}  // namespace
}  // namespace signet::test
