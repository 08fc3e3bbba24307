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

#include <atomic>
#include <future>
#include <list>
#include <stdexcept>
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
    HttpServer& server() { return *m_server; }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    std::uint16_t port() const { return m_server->port(); }

private:
    std::unique_ptr<HttpServer> m_server;  ///< outlives the node, whose workers answer

public:
    TestPlatform platform;
};

/// A server whose requests stay in the test's hands.
class Held {
public:
    Held() {
        auto listening = HttpServer::listen(m_files.settings);
        EXPECT_TRUE(listening);
        server = std::move(*listening);
        server->start([this](const HttpRequest&, HttpServer::Respond respond) {
            m_request.set_value(std::move(respond));
        });
    }
    /// The one request, once it is there.
    HttpServer::Respond request() { return m_request.get_future().get(); }

private:
    TestPlatform m_files;
    std::promise<HttpServer::Respond> m_request;

public:
    std::unique_ptr<HttpServer> server;
};

constexpr std::chrono::seconds kLimit{20};
/// Long enough for what must not happen to happen.
constexpr std::chrono::milliseconds kNotYet{100};
constexpr const char* kGet = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

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

// R47: a crowd of one address that never ends its heads does not keep the next honest one out: the oldest
// give way, long before their time is over.
TEST(Server, crowd_of_slow_heads_does_not_stop_a_login) {
    HttpLimits patient;
    patient.head = std::chrono::minutes(10);
    Served stage(patient, [](PlatformSettings& settings) { settings.maxConnectionsPerAddress = 100; });
    const auto started = stage.platform.startForAgent("bind");
    const auto body = stage.platform.signedBody(started, sharedPki().enterprise()).dump();
    std::list<HttpsClient> crowd;
    for (int i = 0; i < 150; ++i) {
        crowd.emplace_back(stage.port());
        ASSERT_TRUE(crowd.back().write("GET /healthz HTTP/1.1\r\nHos"));
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto login = HttpsClient(stage.port()).request("POST", "/agent/v1/logins", body);
    const auto took = std::chrono::steady_clock::now() - begin;
    ASSERT_TRUE(login);
    EXPECT_EQ(login->status, 200);
    EXPECT_LT(took, std::chrono::seconds(5));
    auto slow = crowd.begin();
    for (int i = 0; i < 50; ++i, ++slow) EXPECT_TRUE(isClosedWithin(slow->socket(), kLimit)) << i;
    EXPECT_FALSE(isClosedWithin(crowd.back().socket(), kNotYet)) << "the youngest may stay";
}

// An answer to HEAD has no body, or the next answer on the connection would begin in its midst.
TEST(Server, head_is_answered_as_get_without_body) {
    Served stage;
    HttpsClient client(stage.port());
    const auto whole = client.request("GET", "/.well-known/signet-issuer");
    const auto head = client.request("HEAD", "/.well-known/signet-issuer");
    ASSERT_TRUE(whole && head);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(fieldOf(*head, "Content-Length"), std::to_string(whole->body.size()));
    EXPECT_EQ(client.request("HEAD", "/agent/v1/logins")->status, 405);
    const auto next = client.request("GET", "/healthz");
    ASSERT_TRUE(next);
    EXPECT_EQ(next->status, 200);
    EXPECT_EQ(next->body, R"({"status":"ok"})");
}

TEST(Server, what_a_handler_throws_is_500_and_the_next_is_answered) {
    TestPlatform files;
    auto server = *HttpServer::listen(files.settings);
    std::atomic<int> calls{0};
    server->start([&](const HttpRequest&, const HttpServer::Respond& respond) {
        if (calls++ == 0) throw std::runtime_error("no memory");
        respond({200});
    });
    HttpsClient client(server->port());
    const auto refused = client.request("GET", "/healthz");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 500);
    EXPECT_EQ(codeOf(*refused), "internal_error");
    EXPECT_EQ(refused->body.find("memory"), std::string::npos);
    EXPECT_EQ(client.request("GET", "/healthz")->status, 200);
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
    Held stage;
    const auto port = stage.server->port();
    const HttpsClient idle(port);
    HttpsClient client(port);
    ASSERT_TRUE(client.write(kGet));
    auto respond = stage.request();
    auto stopped = std::async(std::launch::async, [&] { stage.server->stop(kLimit); });
    EXPECT_TRUE(isClosedWithin(idle.socket(), kLimit));
    EXPECT_EQ(stopped.wait_for(kNotYet), std::future_status::timeout) << "it waits for the answer";
    respond({204});
    respond = nullptr;
    const auto answer = client.readAnswer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 204);
    EXPECT_EQ(fieldOf(*answer, "Connection"), "close");
    ASSERT_EQ(stopped.wait_for(kLimit), std::future_status::ready);
    EXPECT_FALSE(connectTo(port).isOpen());
}

// A worker that answers late found the connection's io_context gone.
TEST(Server, destructor_waits_for_the_one_who_has_the_request) {
    for (const bool isAnswered : {true, false}) {
        Held stage;
        HttpsClient client(stage.server->port());
        ASSERT_TRUE(client.write(kGet));
        auto respond = stage.request();
        auto gone = std::async(std::launch::async, [&] { stage.server.reset(); });
        ASSERT_TRUE(isClosedWithin(client.socket(), kLimit));
        ASSERT_EQ(gone.wait_for(kNotYet), std::future_status::timeout);
        if (isAnswered) respond({200});
        EXPECT_EQ(gone.wait_for(kNotYet), std::future_status::timeout) << "respond is still held";
        respond = nullptr;
        ASSERT_EQ(gone.wait_for(kLimit), std::future_status::ready);
    }
}

}  // namespace
}  // namespace signet::test
