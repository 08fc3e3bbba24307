// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Whose login a handoff is, before it is redeemed.
#include "tests/platform/test_platform.hpp"

#include "platform/vault.hpp"

#include <gtest/gtest.h>

#include <set>

namespace signet::test {
namespace {

constexpr const char* kPath = "/login/handoff/preview";

json bodyFor(const Started& started, const HttpResponse& login) {
    return {{"challenge_id", started.challenge.id},
            {"handoff", bodyOf(login).value("handoff", "")},
            {"secret", started.secret}};
}

TEST(HandoffPreview, tells_whose_login_it_is_and_redeems_nothing) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto started = platform.startForAgent("login");
    const auto login = platform.login(started, signer);
    const auto audit = platform.storage().audit()->size();
    for (int i = 0; i < 3; ++i) {
        const auto preview = platform.post(kPath, bodyFor(started, login));
        ASSERT_EQ(preview.status, 200) << preview.body;
        EXPECT_EQ(bodyOf(preview), (json{{"account", {{"name", kTestEnterprise}, {"kind", "enterprise"}}},
                                         {"purpose", "login"},
                                         {"client", nullptr},
                                         {"replaces", nullptr}}));
        EXPECT_EQ(fieldOf(preview, "Set-Cookie"), "");
    }
    EXPECT_EQ(platform.storage().audit()->size(), audit);
    EXPECT_EQ(platform.complete(started, login).status, 200);
    EXPECT_EQ(codeOf(platform.post(kPath, bodyFor(started, login))), "challenge_used");
}

// R48: which part of a guess was right cannot be told.
TEST(HandoffPreview, refusals_do_not_differ) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto started = platform.startForAgent("login");
    const auto good = bodyFor(started, platform.login(started, signer));
    const auto issued = platform.startForAgent("login");
    const auto paged = platform.startForPage();
    auto pageBody = bodyFor(paged, platform.login(paged, signer));
    // The cookie's value in the place of the secret.
    pageBody["secret"] = paged.cookies.front().second.substr(std::string("__Host-signet-pre=").size());
    std::vector<json> guesses{pageBody};
    for (const auto& [member, value] : {std::pair<const char*, std::string>{"challenge_id", *randomId()},
                                        {"challenge_id", issued.challenge.id},
                                        {"handoff", *randomToken()},
                                        {"secret", *randomToken()}}) {
        guesses.push_back(good);
        guesses.back()[member] = value;
    }
    std::set<std::string> answers;
    for (const auto& guess : guesses) {
        const auto answer = platform.post(kPath, guess);
        EXPECT_EQ(answer.status, 404) << guess;
        answers.insert(answer.body);
    }
    EXPECT_EQ(answers.size(), 1U);
    auto complete = good;
    complete["secret"] = *randomToken();
    EXPECT_EQ(platform.post("/login/complete", complete).body, *answers.begin()) << "as at the redemption";
    EXPECT_EQ(platform.post(kPath, good).status, 200);
}

TEST(HandoffPreview, expired_and_refused_are_told_as_at_the_redemption) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto started = platform.startForAgent("login");
    const auto body = bodyFor(started, platform.login(started, signer));
    const auto account = platform.storage().accounts()->front().id;
    ASSERT_TRUE(*platform.storage().setAccountState(account, AccountState::frozen, platform.clock.now()));
    EXPECT_EQ(codeOf(platform.post(kPath, body)), "account_frozen");
    ASSERT_TRUE(*platform.storage().setAccountState(account, AccountState::active, platform.clock.now()));
    EXPECT_EQ(platform.post(kPath, body).status, 200);
    platform.clock.advance(std::chrono::seconds(61));
    const auto late = platform.post(kPath, body);
    EXPECT_EQ(late.status, 410);
    EXPECT_EQ(codeOf(late), "challenge_expired");
}

TEST(HandoffPreview, body_is_read_strictly) {
    TestPlatform platform;
    const json good{{"challenge_id", *randomId()}, {"handoff", *randomToken()}, {"secret", *randomToken()}};
    EXPECT_EQ(platform.post(kPath, good).status, 404);
    for (const auto* member : {"challenge_id", "handoff", "secret"}) {
        auto missing = good;
        missing.erase(member);
        EXPECT_EQ(codeOf(platform.post(kPath, missing)), "bad_request") << member;
        auto odd = good;
        odd[member] = "short";
        EXPECT_EQ(codeOf(platform.post(kPath, odd)), "bad_request") << member;
    }
    auto more = good;
    more["extra"] = 1;
    EXPECT_EQ(codeOf(platform.post(kPath, more)), "bad_request");
    EXPECT_EQ(platform.send("GET", kPath).status, 405);
}

TEST(HandoffPreview, is_limited_as_the_redemption_is) {
    TestPlatform platform([](PlatformSettings& settings) { settings.challengeRate = 1; });
    int refused = 0;
    for (int i = 0; i < 20; ++i) refused += platform.send("POST", kPath, "{}").status == 429 ? 1 : 0;
    EXPECT_GE(refused, 9);
}

TEST(HandoffPreview, another_login_of_this_browser_is_named_and_ends_with_the_new_one) {
    TestPlatform platform;
    const auto enterprise = sharedPki().enterprise();
    const auto person = sharedPki().person();
    const auto first = platform.startForAgent("bind");
    const auto done = platform.complete(first, platform.login(first, enterprise));
    const HttpFields session{{"cookie", cookieOf(done, "__Host-signet-session")}};

    const auto again = platform.startForAgent("login");
    const auto same = platform.post(kPath, bodyFor(again, platform.login(again, enterprise)), session);
    EXPECT_TRUE(bodyOf(same)["replaces"].is_null()) << "the same account";

    const auto other = platform.startForAgent("bind");
    const auto login = platform.login(other, person);
    const auto preview = bodyOf(platform.post(kPath, bodyFor(other, login), session));
    EXPECT_EQ(preview["account"]["kind"], "person");
    EXPECT_EQ(preview["purpose"], "bind");
    EXPECT_EQ(preview["replaces"], (json{{"name", kTestEnterprise}, {"kind", "enterprise"}}));
    EXPECT_EQ(platform.send("GET", "/session", "", session).status, 200);
    EXPECT_EQ(platform.complete(other, login, session).status, 200);
    EXPECT_EQ(platform.send("GET", "/session", "", session).status, 401) << "no session is left behind";
}

}  // namespace
}  // namespace signet::test
