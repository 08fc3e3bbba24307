// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/login_flow.hpp"

#include "base/encoding.hpp"
#include "tests/agent/login_flow_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace signet {
namespace {

using Call = ScriptedPlatform::Call;

Error lostAnswer(ErrorCode code = ErrorCode::platformUnreachable) {
    return Error{.code = code, .reason = "closed"};
}

// R15
TEST(LoginFlow, agentStarted_logsIn) {
    Desktop desktop;
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    const auto& result = **desktop.outcome;
    EXPECT_EQ(result.account.name, "云南示例建筑有限公司");
    EXPECT_EQ(result.session.size(), 43U);
    EXPECT_EQ(result.certificate, sharedPki().enterprise().certificate);
    EXPECT_EQ(result.durations.sign, std::chrono::microseconds(1234));
    EXPECT_EQ(desktop.platform.consumed, 1);
    EXPECT_EQ(desktop.platform.redeemed, 1);
    EXPECT_EQ(desktop.tokens.pinsSent, std::vector<std::string>{"123456"});
    EXPECT_EQ(desktop.tokens.signatures, 1);
    EXPECT_EQ(desktop.commandsRunning(), 0U);
    EXPECT_GE(desktop.ui.closed, 1);
    EXPECT_EQ(desktop.outcomes, 1);
}

TEST(LoginFlow, withoutWishForASession_leavesTheHandoffAlone) {
    Desktop desktop;
    desktop.request.wantsSession = false;
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn());
    EXPECT_TRUE((*desktop.outcome)->session.view().empty());
    EXPECT_EQ(desktop.platform.consumed, 1);
    EXPECT_EQ(desktop.platform.redeemed, 0);
    EXPECT_FALSE((*desktop.outcome)->account.name.empty());
    EXPECT_EQ(desktop.commandsRunning(), 0U);
}

TEST(LoginFlow, agentStarted_tellsPlatformOnlyHashOfSecret) {
    Desktop desktop;
    desktop.run();
    ASSERT_EQ(desktop.platform.wishes.size(), 1U);
    EXPECT_EQ(desktop.platform.wishes[0].sessionBinding.size(), 43U);
    ASSERT_EQ(desktop.platform.completionKeys.size(), 1U);
    EXPECT_EQ(desktop.platform.completionKeys[0].size(), 43U);
    EXPECT_TRUE(fromBase64Url(desktop.platform.completionKeys[0]));
}

TEST(LoginFlow, everyLogin_hasItsOwnSecretAndKey) {
    Desktop first;
    Desktop second;
    first.run();
    second.run();
    EXPECT_NE(first.platform.wishes[0].sessionBinding, second.platform.wishes[0].sessionBinding);
    EXPECT_NE(first.platform.completionKeys[0], second.platform.completionKeys[0]);
}

TEST(LoginFlow, repliesFromInsideTheCall_logIn) {
    Desktop desktop;
    desktop.ui.answersAtOnce = true;
    desktop.run();
    EXPECT_TRUE(desktop.isLoggedIn());
}

TEST(LoginFlow, stages_areShownInOrder) {
    Desktop desktop;
    desktop.run();
    const std::vector<LoginStage> expected{LoginStage::choose, LoginStage::pin, LoginStage::signing,
                                           LoginStage::relaying};
    EXPECT_EQ(desktop.ui.stages, expected);
}

TEST(LoginFlow, question_saysWhoForWhatAsWhom) {
    Desktop desktop;
    desktop.platform.challenge.client = ClientInfo{"rp-123", "施工许可系统", "政府部门"};
    desktop.platform.challenge.claims = {"name", "uscc"};
    desktop.request.act = Act{.as = "enterprise", .org = std::string(kTestUscc)};
    desktop.run();
    ASSERT_EQ(desktop.ui.questions.size(), 1U);
    const auto& question = desktop.ui.questions[0];
    EXPECT_EQ(question.host, "uc.example.test");
    EXPECT_EQ(question.origin, "signet:agent");
    EXPECT_EQ(question.client->name, "施工许可系统");
    EXPECT_EQ(question.act.org, kTestUscc);
    EXPECT_EQ(question.claims.size(), 2U);
    ASSERT_TRUE(question.certificate);
    EXPECT_EQ(question.certificate->name, kTestEnterprise);
    EXPECT_EQ(question.agreements.at(0).title, "用户服务协议");
}

// R15
TEST(LoginFlow, pageStarted_givesHandoffAndSignsTheOriginSeen) {
    Desktop desktop;
    desktop.startFromPage();
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    EXPECT_EQ((**desktop.outcome).handoff.size(), 43U);
    EXPECT_TRUE((**desktop.outcome).session.isEmpty());
    EXPECT_EQ(desktop.platform.redeemed, 0) << "the page redeems it";
    EXPECT_EQ(desktop.platform.calls[Call::create], 0);
    EXPECT_EQ(desktop.ui.questions.at(0).host, "uc.example.test");
}

// R15, R45: attack 32
TEST(LoginFlow, pageOfAnotherOrigin_isRefusedBeforeAnything) {
    Desktop desktop;
    desktop.startFromPage("https://evil.example.test");
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::originNotAllowed);
    EXPECT_TRUE(desktop.nothingWasAsked());
    EXPECT_EQ(desktop.tokens.listings, 0);
    EXPECT_EQ(desktop.platform.calls[Call::fetch], 0);
}

// R45
TEST(LoginFlow, issuerNotConfigured_isRefusedBeforeAnything) {
    for (const auto* issuer :
         {"https://other.example.test", "https://uc.example.test/", "https://uc.example.test.evil.test",
          "http://uc.example.test", "", "https://UC.example.test"}) {
        Desktop desktop;
        desktop.request.issuer = issuer;
        desktop.run();
        EXPECT_EQ(desktop.error().code, ErrorCode::issuerNotAllowed) << issuer;
        EXPECT_TRUE(desktop.platform.calls.empty()) << issuer;
        EXPECT_EQ(desktop.tokens.listings, 0) << issuer;
        EXPECT_TRUE(desktop.nothingWasAsked()) << issuer;
    }
}

TEST(LoginFlow, pageStartedWithBadParameters_isRefused) {
    for (const auto* id :
         {"", "short", "AAAAAAAAAAAAAAAAAAAAA!", "AAAAAAAAAAAAAAAAAAAAAAA", "../../../etc/passwdAA"}) {
        Desktop desktop;
        desktop.startFromPage();
        desktop.request.challengeId = id;
        desktop.run();
        EXPECT_EQ(desktop.error().code, ErrorCode::invalidRequest) << id;
        EXPECT_TRUE(desktop.platform.calls.empty());
    }
    for (const auto* origin :
         {"signet:agent", "null", "", "*", "https://*.example.test", "http://uc.example.test"}) {
        Desktop desktop;
        desktop.startFromPage(origin);
        desktop.run();
        EXPECT_EQ(desktop.error().code, ErrorCode::originNotAllowed) << origin;
        EXPECT_TRUE(desktop.platform.calls.empty());
    }
}

struct Tampering {
    const char* member;
    std::function<void(Challenge&)> change;
    ErrorCode code = ErrorCode::platformError;
};

// R15: attack 34
TEST(LoginFlow, challengeThatIsNotTheOneAskedFor_isRefusedBeforeAnything) {
    const std::vector<Tampering> table{
        {"aud", [](Challenge& c) { c.audience = "https://evil.example.test"; }},
        {"cid", [](Challenge& c) { c.id = std::string(22, 'Q'); }},
        {"sid", [](Challenge& c) { c.sessionBinding = std::string(43, 'Q'); }},
        {"sid", [](Challenge& c) { c.sessionBinding.clear(); }},
        {"purpose", [](Challenge& c) { c.purpose = Purpose::cancel; }},
        {"act", [](Challenge& c) { c.act = {.as = "enterprise", .org = std::string(kTestUscc)}; }},
        {"exp", [](Challenge& c) { c.expiresAt = c.issuedAt; }, ErrorCode::challengeExpired},
        {"algs", [](Challenge& c) { c.algorithms.clear(); }, ErrorCode::algNotAllowed},
    };
    for (const auto& row : table) {
        Desktop desktop;
        desktop.platform.tamper = row.change;
        desktop.run();
        EXPECT_EQ(desktop.error().code, row.code) << row.member;
        if (row.code == ErrorCode::platformError) {
            EXPECT_EQ(desktop.error().reason, "challenge_mismatch");
            EXPECT_EQ(desktop.error().detail, std::string("challenge: ") + row.member);
        }
        EXPECT_TRUE(desktop.nothingWasAsked()) << row.member;
        EXPECT_TRUE(desktop.nothingWasSigned()) << row.member;
    }
}

TEST(LoginFlow, pageStartedChallengeWithoutBinding_isRefused) {
    Desktop desktop;
    desktop.startFromPage();
    desktop.platform.challenge.sessionBinding.clear();
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "platform_error/challenge_mismatch");
    EXPECT_TRUE(desktop.nothingWasAsked());
}

TEST(LoginFlow, wrongClockOfThisComputer_doesNotBreakTheChallenge) {
    Desktop desktop;
    desktop.platform.challenge.issuedAt += std::chrono::hours(30'000);
    desktop.platform.challenge.expiresAt += std::chrono::hours(30'000);
    desktop.run();
    EXPECT_TRUE(desktop.isLoggedIn());
}

TEST(LoginFlow, maintenance_endsBeforeAnything) {
    Desktop desktop;
    desktop.platform.metadata.isInMaintenance = true;
    desktop.platform.metadata.maintenanceUntil = "2026-10-01T08:00:00+08:00";
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::maintenance);
    EXPECT_TRUE(desktop.error().isFromPlatform);
    EXPECT_EQ(desktop.error().params.at("date"), "2026-10-01T08:00:00+08:00");
    EXPECT_TRUE(desktop.nothingWasAsked());
}

// attack 34
TEST(LoginFlow, timeOfChallengeRunsOutAtTheQuestion_endsAndClosesIt) {
    Desktop desktop;
    desktop.start();
    while (desktop.ui.pinQuestions.empty() && desktop.loop.runOne()) {
    }
    ASSERT_TRUE(desktop.timers.fireNextWithin(std::chrono::seconds(120)));
    EXPECT_EQ(desktop.error().code, ErrorCode::challengeExpired);
    EXPECT_GE(desktop.ui.closed, 1);
    desktop.runAll();  // the PIN comes after all
    EXPECT_TRUE(desktop.nothingWasSigned());
    EXPECT_EQ(desktop.outcomes, 1);
}

// attack 34: the timer may be late, as after suspend: the clock counts.
TEST(LoginFlow, pinAfterTheTimeOfTheChallenge_isNotUsed) {
    Desktop desktop;
    desktop.start();
    while (desktop.ui.pinQuestions.empty() && desktop.loop.runOne()) {
    }
    desktop.timers.pass(std::chrono::seconds(121));
    desktop.loop.runAll();
    EXPECT_EQ(desktop.error().code, ErrorCode::challengeExpired);
    EXPECT_TRUE(desktop.nothingWasSigned());
}

// R55
TEST(LoginFlow, answerOfThePostIsLost_sameBytesAgainGiveTheSession) {
    Desktop desktop;
    desktop.platform.faults[Call::post] = {{lostAnswer(), true}, {lostAnswer(ErrorCode::timeout), true}};
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    ASSERT_EQ(desktop.platform.posted.size(), 3U);
    EXPECT_EQ(desktop.platform.posted[0].signature, desktop.platform.posted[2].signature);
    EXPECT_EQ(desktop.platform.posted[0].protectedHeader, desktop.platform.posted[2].protectedHeader);
    EXPECT_EQ(desktop.platform.consumed, 1);
    EXPECT_EQ(desktop.tokens.signatures, 1);
    EXPECT_EQ(desktop.tokens.pinsSent.size(), 1U);
}

// R55
TEST(LoginFlow, answerOfTheCompletionIsLost_sameKeyAgainGivesTheSession) {
    Desktop desktop;
    desktop.platform.faults[Call::complete] = {{lostAnswer(), true}, {lostAnswer(), false}};
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    ASSERT_EQ(desktop.platform.completionKeys.size(), 3U);
    EXPECT_EQ(desktop.platform.completionKeys[0], desktop.platform.completionKeys[2]);
    EXPECT_EQ(desktop.platform.redeemed, 1);
}

TEST(LoginFlow, platformStaysAway_endsAfterTheBoundedRetries) {
    Desktop desktop;
    desktop.platform.faults[Call::post].assign(1000, {lostAnswer(), false});
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::platformUnreachable);
    const auto posts = desktop.platform.posted.size();
    EXPECT_GT(posts, 5U);
    EXPECT_LT(posts, 30U);
    EXPECT_EQ(desktop.tokens.signatures, 1);
    EXPECT_EQ(desktop.commandsRunning(), 0U);
}

TEST(LoginFlow, retries_endWithTheLifeOfTheChallenge) {
    Desktop desktop;
    desktop.platform.challenge.expiresAt = desktop.platform.challenge.issuedAt + std::chrono::seconds(1);
    desktop.platform.faults[Call::post].assign(1000, {lostAnswer(), false});
    const auto begin = desktop.timers.now();
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::platformUnreachable);
    EXPECT_LT(desktop.timers.now() - begin, std::chrono::seconds(1));
}

TEST(LoginFlow, refusalOfThePlatform_isNotRepeated) {
    for (const auto code : {ErrorCode::badSignature, ErrorCode::challengeUsed, ErrorCode::accountUnknown,
                            ErrorCode::channelMismatch, ErrorCode::platformTls, ErrorCode::rateLimited}) {
        Desktop desktop;
        desktop.platform.faults[Call::post] = {{Error{.code = code, .isFromPlatform = true}, false}};
        desktop.run();
        EXPECT_EQ(desktop.error().code, code);
        EXPECT_TRUE(desktop.error().isFromPlatform);
        EXPECT_EQ(desktop.platform.posted.size(), 1U);
    }
}

TEST(LoginFlow, signatureThatDoesNotVerify_isNeverSent) {
    Desktop desktop;
    desktop.tokens.tamper = [](SignReply& reply) { reply.signature[5] ^= 1; };
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "signature_invalid/does_not_verify");
    EXPECT_TRUE(desktop.platform.posted.empty());
}

TEST(LoginFlow, algorithmThatWasNotAskedFor_isNeverSent) {
    Desktop desktop;
    desktop.tokens.tamper = [](SignReply& reply) { reply.chosen = 7; };
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "signature_invalid/algorithm");
    EXPECT_TRUE(desktop.platform.posted.empty());
}

TEST(LoginFlow, whatIsSigned_beginsAsAStatementForEveryFittingAlgorithm) {
    Desktop desktop(false);
    auto& device = desktop.tokens.addToken("/lib/a.so", "Token A", "0001");
    ScriptedTokens::addCertificate(device, sharedPki().enterprise(KeyKind::rsa2048), "login");
    desktop.platform.challenge.algorithms = {Algorithm::es256, Algorithm::ps256, Algorithm::rs256};
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    const auto& request = desktop.tokens.signRequests.at(0);
    EXPECT_EQ(request.algorithms, (std::vector{Algorithm::ps256, Algorithm::rs256}));
    ASSERT_EQ(request.statements.size(), 2U);
    EXPECT_NE(request.statements[0], request.statements[1]);
}

TEST(LoginFlow, keyThatThePlatformDoesNotAccept_saysSo) {
    Desktop desktop;
    desktop.platform.challenge.algorithms = {Algorithm::sm2sm3};
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::algNotAllowed);
    EXPECT_TRUE(desktop.nothingWasAsked());
}

TEST(LoginFlow, statement_bindsTheTlsCertificate) {
    Desktop desktop;
    desktop.run();
    ASSERT_EQ(desktop.platform.posted.size(), 1U);
    const auto& login = desktop.platform.posted[0];
    EXPECT_EQ(login.binding.type, "tls-server-end-point");
    EXPECT_EQ(login.binding.data, toBase64Url(desktop.platform.peerCertificate));
    EXPECT_EQ(login.peerCertificate, desktop.platform.peerCertificate);
}

TEST(LoginFlow, journal_recordsEveryAttemptThatReachedTheToken) {
    Desktop desktop;
    desktop.ui.pins = {"111111", "123456"};
    desktop.ui.wantsRetry = true;
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    ASSERT_EQ(desktop.journal.records.size(), 2U);
    EXPECT_EQ(desktop.journal.records[0].result, "pin_incorrect");
    const auto& record = desktop.journal.records[1];
    EXPECT_EQ(record.result, "ok");
    EXPECT_EQ(record.issuer, kIssuer);
    EXPECT_EQ(record.origin, "signet:agent");
    EXPECT_EQ(record.certificate, sharedPki().enterprise().certificate.fingerprintHex());
    EXPECT_EQ(record.time, desktop.clock.time);
    EXPECT_EQ(record.subjectName, kTestEnterprise);
    EXPECT_EQ(record.subjectNumber.find(kTestUscc), std::string::npos);
}

TEST(LoginFlow, journal_staysEmptyWhereTheTokenWasNotReached) {
    Desktop desktop;
    desktop.checker.failure = Error{.code = ErrorCode::certificateRevoked};
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::certificateRevoked);
    EXPECT_TRUE(desktop.nothingWasAsked());
    EXPECT_TRUE(desktop.journal.records.empty());
}

TEST(LoginFlow, destroyedFromItsOwnReply_isFine) {
    Desktop desktop;
    LoginPorts ports{desktop.ui,    desktop.tokens, desktop.platform, desktop.checker,
                     desktop.trust, desktop.clock,  desktop.timers,   {kIssuer}};
    auto flow = std::make_unique<LoginFlow>(std::move(ports), desktop.request);
    bool isDone = false;
    flow->start([&](Result<LoginResult> result) {
        isDone = result.has_value();
        flow.reset();
    });
    desktop.loop.runAll();
    EXPECT_TRUE(isDone);
    EXPECT_EQ(desktop.commandsRunning(), 0U);
}

}  // namespace
}  // namespace signet
