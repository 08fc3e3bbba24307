// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// One login from challenge to session, without sockets.
#include "tests/platform/storage_between.hpp"
#include "tests/platform/test_platform.hpp"

#include "base/encoding.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace signet::test {
namespace {

// R15: challenge → signature → relay → completion → session, for each algorithm.
TEST(LoginRoutes, agent_login_with_each_algorithm_ends_in_session) {
    TestPlatform platform;
    const std::pair<KeyKind, Algorithm> kinds[] = {{KeyKind::p256, Algorithm::es256},
                                                   {KeyKind::p384, Algorithm::es384},
                                                   {KeyKind::rsa2048, Algorithm::rs256},
                                                   {KeyKind::rsa2048, Algorithm::ps256},
                                                   {KeyKind::sm2, Algorithm::sm2sm3}};
    for (const auto& [kind, algorithm] : kinds) {
        TestPlatform fresh;
        const auto signer = sharedPki().enterprise(kind);
        const auto started = fresh.startForAgent("bind");
        const auto login = fresh.post("/agent/v1/logins", fresh.signedBody(started, signer, algorithm));
        ASSERT_EQ(login.status, 200) << toString(algorithm) << " " << login.body;
        EXPECT_EQ(bodyOf(login)["account"]["name"], std::string(kTestEnterprise));
        EXPECT_EQ(bodyOf(login)["account"]["kind"], "enterprise");
        EXPECT_EQ(bodyOf(login)["expires_in"], 60);

        const auto done = fresh.complete(started, login);
        ASSERT_EQ(done.status, 200) << done.body;
        const std::string token = bodyOf(done)["session"];
        EXPECT_EQ(cookieOf(done, "__Host-signet-session"), "__Host-signet-session=" + token);
        const auto who = fresh.send("GET", "/session", "", {{"authorization", "Bearer " + token}});
        ASSERT_EQ(who.status, 200);
        EXPECT_EQ(bodyOf(who)["account"]["name"], std::string(kTestEnterprise));
        // R16: masked in the API.
        EXPECT_EQ(bodyOf(who)["account"]["number"], maskedNumber(kTestUscc));
        EXPECT_EQ(bodyOf(who)["certificate"], signer.certificate.fingerprintHex());
    }
}

TEST(LoginRoutes, page_login_needs_the_browser_that_started_it) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto started = platform.startForPage({{"origin", "https://localhost:8443"}});
    const auto login = platform.login(started, signer);
    ASSERT_EQ(login.status, 200) << login.body;

    auto stranger = started;
    stranger.cookies = {{"cookie", "__Host-signet-pre=" + *randomToken()}};
    EXPECT_EQ(codeOf(platform.complete(stranger, login)), "challenge_unknown");
    stranger.cookies = {{"cookie", "other=1"}};
    EXPECT_EQ(codeOf(platform.complete(stranger, login)), "challenge_unknown");

    const auto done = platform.complete(started, login);
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_FALSE(bodyOf(done).contains("session"));
    const auto cookie = cookieOf(done, "__Host-signet-session");
    ASSERT_FALSE(cookie.empty());
    EXPECT_EQ(platform.send("GET", "/session", "", {{"cookie", "a=b; " + cookie}}).status, 200);
    EXPECT_EQ(platform.send("DELETE", "/session", "", {{"cookie", cookie}}).status, 204);
    EXPECT_EQ(platform.send("GET", "/session", "", {{"cookie", cookie}}).status, 401);
}

// R15, attack 34: a second post of the same login gives the same answer; another signature is refused.
TEST(LoginRoutes, replay_is_answered_alike_and_other_signature_is_used) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    const auto body = platform.signedBody(started, signer);
    const auto other = platform.signedBody(started, signer);
    ASSERT_NE(body, other);
    const auto first = platform.post("/agent/v1/logins", body);
    ASSERT_EQ(first.status, 200);
    const auto second = platform.post("/agent/v1/logins", body);
    EXPECT_EQ(second.body, first.body);
    const auto third = platform.post("/agent/v1/logins", other);
    EXPECT_EQ(third.status, 409);
    EXPECT_EQ(codeOf(third), "challenge_used");
    platform.clock.advance(std::chrono::seconds(120));
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", body)), "challenge_used");
}

// Sealing costs time: what only a registration stores is sealed for one only.
TEST(LoginRoutes, identity_is_sealed_for_registrations_only) {
    TestPlatform platform;
    std::vector<bool> sealed;
    platform.wrapStorage = [&](std::unique_ptr<Storage> inner) -> std::unique_ptr<Storage> {
        auto between =
            std::make_unique<StorageBetween>(std::move(inner), [](const std::string&) { return true; });
        between->onConsume = [&](const ConsumeRequest& request) {
            sealed.push_back(!request.certificate.sealedDer.empty() &&
                             !request.candidate.sealedNumber.empty());
        };
        return between;
    };
    platform.restart();
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    EXPECT_EQ(platform.login(platform.startForAgent("login"), signer).status, 200);
    EXPECT_EQ(sealed, (std::vector<bool>{true, false}));
}

TEST(LoginRoutes, sixty_four_posts_at_once_consume_once) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    const auto body = platform.signedBody(started, signer).dump();
    std::vector<HttpResponse> answers(64);
    std::vector<std::thread> threads;
    for (auto& answer : answers)
        threads.emplace_back([&] { answer = platform.send("POST", "/agent/v1/logins", body); });
    for (auto& thread : threads) thread.join();
    for (const auto& answer : answers) {
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.body, answers.front().body);
    }
    EXPECT_EQ(platform.storage().accounts()->size(), 1U);
    std::size_t registrations = 0;
    const auto audit = platform.storage().audit();
    for (const auto& record : *audit) registrations += record.event == "account_registered" ? 1 : 0;
    EXPECT_EQ(registrations, 1U);
}

TEST(LoginRoutes, different_signatures_at_once_one_wins) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    std::vector<std::string> bodies;
    for (int i = 0; i < 40; ++i) bodies.push_back(platform.signedBody(started, signer).dump());
    std::vector<HttpResponse> answers(bodies.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < bodies.size(); ++i)
        threads.emplace_back([&, i] { answers[i] = platform.send("POST", "/agent/v1/logins", bodies[i]); });
    for (auto& thread : threads) thread.join();
    int won = 0;
    for (const auto& answer : answers) {
        won += answer.status == 200 ? 1 : 0;
        EXPECT_EQ(codeOf(answer), answer.status == 200 ? "" : "challenge_used");
    }
    EXPECT_EQ(won, 1);
}

TEST(LoginRoutes, expired_challenge_is_told_before_its_certificate_is_read) {
    TestPlatform platform;
    const auto started = platform.startForAgent("bind");
    auto body = platform.signedBody(started, sharedPki().enterprise());
    body["protected"] = "bm90IGEgaGVhZGVy";
    platform.clock.advance(std::chrono::seconds(119));
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", body)), "bad_request");
    platform.clock.advance(std::chrono::seconds(1));
    const auto answer = platform.post("/agent/v1/logins", body);
    EXPECT_EQ(answer.status, 410);
    EXPECT_EQ(codeOf(answer), "challenge_expired");
    EXPECT_EQ(codeOf(platform.send("GET", "/agent/v1/challenges/" + started.challenge.id)),
              "challenge_expired");
    body["challenge_id"] = *randomId();
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", body)), "challenge_unknown");
}

TEST(LoginRoutes, bad_signature_burns_nothing) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    const auto body = platform.signedBody(started, signer);
    auto bad = body;
    auto signature = *fromBase64Url(body["signature"].get<std::string>());
    signature[10] ^= 1;
    bad["signature"] = toBase64Url(signature);
    const auto refused = platform.post("/agent/v1/logins", bad);
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(codeOf(refused), "bad_signature");
    EXPECT_EQ(platform.post("/agent/v1/logins", body).status, 200);
}

TEST(LoginRoutes, handoff_works_once_and_in_time) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto started = platform.startForAgent("login");
    const auto login = platform.login(started, signer);
    EXPECT_EQ(platform.complete(started, login).status, 200);
    const auto again = platform.complete(started, login);
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(codeOf(again), "challenge_used");

    const auto late = platform.startForAgent("login");
    const auto lateLogin = platform.login(late, signer);
    platform.clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(codeOf(platform.complete(late, lateLogin)), "challenge_expired");

    auto guess = platform.startForAgent("login");
    const auto guessLogin = platform.login(guess, signer);
    auto wrong = guess;
    wrong.secret = *randomToken();
    EXPECT_EQ(codeOf(platform.complete(wrong, guessLogin)), "challenge_unknown");
    auto fake = guessLogin;
    fake.body = json{{"handoff", *randomToken()}}.dump();
    EXPECT_EQ(codeOf(platform.complete(guess, fake)), "challenge_unknown");
    EXPECT_EQ(platform.complete(guess, guessLogin).status, 200);
}

// R55: a lost reply is asked for again with the same key.
TEST(LoginRoutes, completion_retry_with_key_gets_the_same_session) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto started = platform.startForAgent("login");
    const auto login = platform.login(started, signer);
    const HttpFields key{{"idempotency-key", *randomToken()}};
    const auto first = platform.complete(started, login, key);
    ASSERT_EQ(first.status, 200);
    EXPECT_EQ(platform.complete(started, login, key).body, first.body);
    EXPECT_EQ(codeOf(platform.complete(started, login, {{"idempotency-key", *randomToken()}})),
              "challenge_used");
    EXPECT_EQ(codeOf(platform.complete(started, login)), "challenge_used");
    EXPECT_EQ(codeOf(platform.complete(started, login, {{"idempotency-key", "short"}})), "bad_request");
    platform.clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(codeOf(platform.complete(started, login, key)), "challenge_used");
}

TEST(LoginRoutes, retry_after_sixty_seconds_makes_the_handoff_live_again) {
    TestPlatform platform(
        [](PlatformSettings& settings) { settings.challengeLifetime = std::chrono::seconds(120); });
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    const auto body = platform.signedBody(started, signer);
    ASSERT_EQ(platform.post("/agent/v1/logins", body).status, 200);
    platform.clock.advance(std::chrono::seconds(90));
    platform.node().sweep();
    const auto retry = platform.post("/agent/v1/logins", body);
    ASSERT_EQ(retry.status, 200);
    EXPECT_EQ(platform.complete(started, retry).status, 200);
}

// R48: an unknown challenge, a wrong handoff and another browser look alike.
TEST(LoginRoutes, completion_refusals_do_not_differ) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto consumed = platform.startForAgent("login");
    (void)platform.login(consumed, signer);
    const auto issued = platform.startForAgent("login");
    const json guess{{"handoff", *randomToken()}, {"secret", *randomToken()}};
    std::set<std::string> answers;
    for (const auto& id : {*randomId(), consumed.challenge.id, issued.challenge.id}) {
        auto body = guess;
        body["challenge_id"] = id;
        const auto answer = platform.post("/login/complete", body);
        EXPECT_EQ(answer.status, 404);
        answers.insert(answer.body);
    }
    EXPECT_EQ(answers.size(), 1U);
}

}  // namespace
}  // namespace signet::test
