// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What the routes accept and say, without sockets.
#include "tests/platform/storage_between.hpp"
#include "tests/platform/test_platform.hpp"

#include "base/encoding.hpp"
#include "platform/rate_limiter.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace signet::test {
namespace {

TEST(Routes, metadata_is_the_contracts) {
    TestPlatform platform;
    const auto answer = platform.send("GET", "/.well-known/signet-issuer");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(fieldOf(answer, "Content-Type"), "application/json");
    const auto body = bodyOf(answer);
    const std::string issuer = "https://localhost:8443";
    EXPECT_EQ(body["issuer"], issuer);
    EXPECT_EQ(body["api"], 1);
    EXPECT_EQ(body["origins"], json::array({issuer}));
    EXPECT_EQ(body["challenge_endpoint"], issuer + "/agent/v1/challenges");
    EXPECT_EQ(body["login_endpoint"], issuer + "/agent/v1/logins");
    EXPECT_EQ(body["browser_handoff"], issuer + "/login/handoff");
    EXPECT_EQ(body["algs"], json::array({"ES256", "ES384", "RS256", "PS256", "SM2SM3"}));
    EXPECT_EQ(body["service"], json({{"status", "ok"}}));
    ASSERT_EQ(body["agreements"].size(), 2U);
    EXPECT_EQ(body["agreements"][1]["title"], "用户服务协议");
}

TEST(Routes, challenge_is_the_contracts) {
    TestPlatform platform;
    const auto secret = *randomToken();
    const auto started =
        bodyOf(platform.post("/agent/v1/challenges", {{"purpose", "login"}, {"sid", s256(secret)}}));
    EXPECT_EQ(started["issuer"], "https://localhost:8443");
    EXPECT_EQ(started["expires_in"], 120);
    const auto read =
        bodyOf(platform.send("GET", "/agent/v1/challenges/" + started.value("challenge_id", "")));
    EXPECT_EQ(read["v"], "urn:signet:login:v1");
    EXPECT_EQ(read["aud"], "https://localhost:8443");
    EXPECT_EQ(read["sid"], s256(secret));
    EXPECT_EQ(read["exp"].get<long>() - read["iat"].get<long>(), 120);
    EXPECT_EQ(fromBase64Url(read["cid"].get<std::string>())->size(), 16U);
    EXPECT_EQ(fromBase64Url(read["nonce"].get<std::string>())->size(), 32U);
    EXPECT_TRUE(read["client"].is_null());
    EXPECT_EQ(read["issuers"], json::array());
}

TEST(Routes, page_challenge_sets_a_host_cookie) {
    TestPlatform platform;
    const auto answer = platform.post("/login/challenges", {{"purpose", "login"}, {"req", s256("request")}});
    const auto cookie = fieldOf(answer, "Set-Cookie");
    for (const auto* part : {"__Host-signet-pre=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"})
        EXPECT_NE(cookie.find(part), std::string::npos) << part;
    EXPECT_EQ(cookie.find("Domain"), std::string::npos);
    EXPECT_FALSE(bodyOf(answer).contains("secret"));
    const auto challenge =
        bodyOf(platform.send("GET", "/agent/v1/challenges/" + bodyOf(answer).value("challenge_id", "")));
    EXPECT_EQ(challenge["req"], s256("request"));
    const auto value = cookie.substr(cookie.find('=') + 1, 43);
    EXPECT_EQ(challenge["sid"], s256(value));
}

// Two tabs of a browser log in side by side: they share its secret.
TEST(Routes, page_challenge_keeps_the_cookie_of_another_tab_and_no_other_text) {
    TestPlatform platform;
    const auto startWith = [&](const std::string& cookie) {
        return platform.post("/login/challenges", {{"purpose", "login"}},
                             {{"cookie", "__Host-signet-pre=" + cookie}});
    };
    const auto secret = *randomToken();
    EXPECT_EQ(cookieOf(startWith(secret), "__Host-signet-pre"), "__Host-signet-pre=" + secret);
    for (const auto* text : {"", "short", "________________________________________=="}) {
        const auto cookie = cookieOf(startWith(text), "__Host-signet-pre");
        EXPECT_NE(cookie, std::string("__Host-signet-pre=") + text);
        EXPECT_EQ(cookie.size(), std::string("__Host-signet-pre=").size() + 43);
    }
}

// Attack 32: the statement of a page-started login names the origin that started it.
TEST(Routes, foreign_origin_is_refused_and_known_one_is_remembered) {
    TestPlatform platform([](PlatformSettings& settings) {
        settings.origins = {"https://uc.example.test", "https://two.example.test"};
    });
    const auto foreign =
        platform.post("/login/challenges", {{"purpose", "login"}}, {{"origin", "https://evil.example.test"}});
    EXPECT_EQ(foreign.status, 403);
    EXPECT_EQ(bodyOf(foreign)["reason"], "origin_not_allowed");
    for (const auto* odd :
         {"null", "https://uc.example.test/", "https://UC.example.test", "http://uc.example.test"})
        EXPECT_EQ(platform.post("/login/challenges", {{"purpose", "login"}}, {{"origin", odd}}).status, 403)
            << odd;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    auto started = platform.startForPage({{"origin", "https://two.example.test"}});
    EXPECT_EQ(codeOf(platform.login(started, signer)), "bad_signature") << "signed for the first origin";
    started.origin = "https://two.example.test";
    EXPECT_EQ(platform.login(started, signer).status, 200);
}

TEST(Routes, further_origin_leaves_the_issuers_own_its_login_page) {
    const std::string further = "https://app.example.test";
    TestPlatform platform([&](PlatformSettings& settings) { settings.origins = {further}; });
    const auto issuer = platform.node().settings().issuer;
    const auto metadata = bodyOf(platform.send("GET", "/.well-known/signet-issuer"));
    EXPECT_EQ(metadata["origins"], json::array({further, issuer}));
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    for (const auto& origin : {issuer, further}) {
        auto started = platform.startForPage({{"origin", origin}});
        started.origin = origin;
        EXPECT_EQ(platform.login(started, signer).status, 200) << origin;
    }
    EXPECT_EQ(platform.login(platform.startForPage(), signer).status, 200)
        << "without Origin: the first given";
}

TEST(Routes, unknown_paths_methods_and_types_are_refused) {
    TestPlatform platform;
    EXPECT_EQ(platform.send("GET", "/nothing").status, 404);
    EXPECT_EQ(platform.send("GET", "//").status, 404);
    EXPECT_EQ(platform.send("GET", "/agreements/").status, 404);
    EXPECT_EQ(platform.send("GET", "/agreements/a/b").status, 404);
    EXPECT_EQ(platform.send("GET", "/agreements/nothing").status, 404);
    EXPECT_EQ(platform.send("GET", "/agent/v1/logins/../challenges").status, 404);
    const auto wrong = platform.send("PUT", "/session", "{}");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(fieldOf(wrong, "Allow"), "GET, DELETE");
    for (const auto* type :
         {"text/plain", "application/x-www-form-urlencoded", "Application/JSON", "application/json; x=1"})
        EXPECT_EQ(platform.send("POST", "/login/challenges", "{}", {{"content-type", type}}).status, 415)
            << type;
}

TEST(Routes, hostile_bodies_are_bad_requests) {
    TestPlatform platform;
    const auto sid = s256("x");
    const std::pair<const char*, std::string> cases[] = {
        {"/agent/v1/challenges", "[]"},
        {"/agent/v1/challenges", "{"},
        {"/agent/v1/challenges", R"({"purpose":"login"})"},
        {"/agent/v1/challenges", R"({"purpose":"login","sid":"short"})"},
        {"/agent/v1/challenges", R"({"purpose":"login","sid":")" + sid + R"(","sid":")" + sid + R"("})"},
        {"/agent/v1/challenges", R"({"purpose":"login","sid":")" + sid + R"(","extra":1})"},
        {"/agent/v1/challenges",
         R"({"purpose":"login","sid":")" + sid + R"(","certificate":")" + sid + R"("})"},
        {"/agent/v1/challenges", R"({"purpose":"freeze","sid":")" + sid + R"("})"},
        {"/agent/v1/challenges", R"({"purpose":"rebind","sid":")" + sid + R"("})"},
        {"/agent/v1/challenges", R"({"purpose":"login","sid":")" + sid + R"(","act":{"as":"king"}})"},
        {"/agent/v1/challenges",
         R"({"purpose":"login","sid":")" + sid + R"(","act":{"as":"enterprise","org":"1"}})"},
        {"/login/challenges", R"({"purpose":"login","client":"rp-1"})"},
        {"/login/challenges", R"({"purpose":"login","req":"x"})"},
        {"/login/challenges", R"({"purpose":"rebind"})"},
        {"/login/challenges", R"({"purpose":1})"},
        {"/login/complete", R"({"challenge_id":"x","handoff":"y"})"},
        {"/agent/v1/logins", R"({"challenge_id":"x"})"},
        {"/agent/v1/logins", std::string(100, '[')},
        {"/agent/v1/logins", "\xEF\xBB\xBF{}"},
    };
    for (const auto& [path, body] : cases) {
        const auto answer = platform.send("POST", path, body);
        EXPECT_EQ(answer.status, 400) << path << body;
        EXPECT_EQ(codeOf(answer), "bad_request") << path << body;
        EXPECT_EQ(answer.body.find("rp-1"), std::string::npos) << "nothing is echoed";
    }
}

TEST(Routes, login_body_members_are_checked_one_by_one) {
    TestPlatform platform;
    const auto started = platform.startForAgent("bind");
    const auto good = platform.signedBody(started, sharedPki().enterprise());
    const std::pair<const char*, json> changes[] = {
        {"signature", ""},
        {"signature", "===="},
        {"signature", std::string(4000, 'A')},
        {"protected", 5},
        {"protected", "!!"},
        {"challenge_id", "AAAA"},
        {"cb", "none"},
        {"cb", {{"type", "none"}, {"data", "AA"}}},
        {"cb", {{"type", "tls-unique"}, {"data", s256("x")}}},
        {"cb", {{"type", "tls-server-end-point"}, {"data", "AA"}}},
        {"cb", {{"type", "none"}, {"data", ""}, {"more", 1}}},
        {"payload", "e30"}};
    for (const auto& [name, value] : changes) {
        auto body = good;
        body[name] = value;
        EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", body)), "bad_request") << name << value;
    }
    EXPECT_EQ(platform.post("/agent/v1/logins", good).status, 200);
}

TEST(Routes, maintenance_stops_new_logins_and_lets_begun_ones_end) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    platform.settings.maintenance = "系统升级";
    platform.settings.maintenanceUntil = "2026-10-01T08:00:00Z";
    platform.restart();
    const auto refused = platform.post("/agent/v1/challenges", {{"purpose", "login"}, {"sid", s256("x")}});
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(codeOf(refused), "maintenance");
    EXPECT_NE(fieldOf(refused, "Retry-After"), "");
    EXPECT_EQ(bodyOf(refused)["date"], "2026-10-01T08:00:00Z");
    EXPECT_EQ(bodyOf(platform.send("GET", "/.well-known/signet-issuer"))["service"]["status"], "maintenance");
    EXPECT_EQ(platform.complete(started, platform.login(started, signer)).status, 200);
}

TEST(Routes, one_address_may_not_ask_without_end) {
    TestPlatform platform([](PlatformSettings& settings) { settings.challengeRate = 1; });
    int refused = 0;
    for (int i = 0; i < 30; ++i) {
        const auto answer = platform.post("/agent/v1/challenges", {{"purpose", "login"}, {"sid", s256("x")}});
        refused += answer.status == 429 ? 1 : 0;
        EXPECT_EQ(codeOf(answer), answer.status == 429 ? "rate_limited" : "");
    }
    EXPECT_GE(refused, 10);
    EXPECT_EQ(platform.send("GET", "/healthz").status, 200);
}

TEST(Routes, readiness_is_the_storages) {
    TestPlatform platform;
    EXPECT_EQ(platform.send("GET", "/readyz").status, 200);
    platform.wrapStorage = [](std::unique_ptr<Storage> inner) -> std::unique_ptr<Storage> {
        return std::make_unique<StorageBetween>(
            std::move(inner), [](const std::string& here) { return here != "before ready"; });
    };
    platform.restart();
    const auto unready = platform.send("GET", "/readyz");
    EXPECT_EQ(unready.status, 503);
    EXPECT_EQ(unready.body.find("disk"), std::string::npos);
    EXPECT_EQ(platform.send("GET", "/healthz").status, 200);
}

TEST(Routes, what_is_thrown_inside_is_500_without_its_words) {
    TestPlatform platform;
    platform.wrapStorage = [](std::unique_ptr<Storage> inner) -> std::unique_ptr<Storage> {
        return std::make_unique<StorageBetween>(
            std::move(inner), [](const std::string&) -> bool { throw std::runtime_error("no memory"); });
    };
    platform.restart();
    const auto answer = platform.login(platform.startForAgent("bind"), sharedPki().enterprise());
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(codeOf(answer), "internal_error");
    EXPECT_EQ(answer.body.find("memory"), std::string::npos);
    EXPECT_EQ(fieldOf(answer, "X-Content-Type-Options"), "nosniff");
}

TEST(RateLimiter, bucket_refills_and_memory_is_bounded) {
    RateLimiter limiter(2, 100);
    RateLimiter::Time now{};
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(limiter.allows("a", now));
    EXPECT_FALSE(limiter.allows("a", now));
    EXPECT_TRUE(limiter.allows("b", now));
    now += std::chrono::seconds(1);
    EXPECT_TRUE(limiter.allows("a", now));
    EXPECT_TRUE(limiter.allows("a", now));
    EXPECT_FALSE(limiter.allows("a", now));
    for (int i = 0; i < 98; ++i) EXPECT_TRUE(limiter.allows("c" + std::to_string(i), now));
    EXPECT_TRUE(limiter.allows("in the place of b, whose bucket is full", now));
    EXPECT_FALSE(limiter.allows("one too many", now));
    now += std::chrono::seconds(60);
    EXPECT_TRUE(limiter.allows("one too many", now));
}

TEST(Routes, session_needs_exactly_one_good_token) {
    TestPlatform platform;
    EXPECT_EQ(platform.send("GET", "/session").status, 401);
    EXPECT_EQ(fieldOf(platform.send("GET", "/session"), "WWW-Authenticate"), "Bearer");
    EXPECT_EQ(platform.send("GET", "/session", "", {{"authorization", "Bearer " + *randomToken()}}).status,
              401);
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    const auto done = platform.complete(started, platform.login(started, signer));
    const auto cookie = cookieOf(done, "__Host-signet-session");
    EXPECT_EQ(platform.send("GET", "/session", "", {{"cookie", cookie}}).status, 200);
    EXPECT_EQ(platform.send("GET", "/session", "", {{"cookie", cookie + "; __Host-signet-session=x"}}).status,
              401);
    EXPECT_EQ(
        platform.send("DELETE", "/session", "", {{"cookie", cookie}, {"origin", "https://evil.example.test"}})
            .status,
        403);
    platform.clock.advance(std::chrono::hours(9));
    EXPECT_EQ(platform.send("GET", "/session", "", {{"cookie", cookie}}).status, 401);
}

}  // namespace
}  // namespace signet::test
