// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// Web eID from the request to the token: what is signed, for whom, with which certificate.
#include "agent/webeid_flow.hpp"

#include "base/encoding.hpp"
#include "certs/signature.hpp"
#include "tests/agent/webeid_flow_fixture.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace signet {
namespace {

// R15
TEST(WebEidFlow, request_givesATokenOfTheOriginAndTheNonce) {
    WebEidDesktop desktop;
    desktop.run();
    ASSERT_TRUE(desktop.isDone()) << nameOf(desktop.error());
    EXPECT_EQ(desktop.token().certificate, sharedPki().enterprise().certificate);
    EXPECT_EQ(desktop.token().algorithm, Algorithm::es256);
    EXPECT_TRUE(verifyWebEidToken(desktop.token(), kSite, kNonce));
    EXPECT_FALSE(verifyWebEidToken(desktop.token(), "https://other.example.test", kNonce));
    EXPECT_EQ(desktop.tokens.pinsSent, std::vector<std::string>{"123456"});
    EXPECT_EQ(desktop.tokens.signatures, 1);
    EXPECT_EQ(desktop.outcomes, 1);
    EXPECT_EQ(desktop.commandsRunning(), 0U);
    EXPECT_GE(desktop.ui.closed, 1);
    EXPECT_TRUE(desktop.platform.calls.empty()) << "no platform is asked";
}

TEST(WebEidFlow, everyKeyOfWebEid_signsWithItsAlgorithm) {
    for (const auto& [key, algorithm] :
         {std::pair{KeyKind::rsa2048, Algorithm::rs256}, std::pair{KeyKind::rsa3072, Algorithm::rs256},
          std::pair{KeyKind::p256, Algorithm::es256}, std::pair{KeyKind::p384, Algorithm::es384}}) {
        WebEidDesktop desktop(sharedPki().enterprise(key));
        desktop.run();
        ASSERT_TRUE(desktop.isDone()) << nameOf(desktop.error());
        EXPECT_EQ(desktop.token().algorithm, algorithm);
        EXPECT_TRUE(verifyWebEidToken(desktop.token(), kSite, kNonce));
    }
}

// Attack 33: the token gets two hashes that the agent made, and nothing that the page wrote.
TEST(WebEidFlow, signRequest_holdsHashesOnly) {
    for (const auto key : {KeyKind::rsa2048, KeyKind::p256, KeyKind::p384}) {
        WebEidDesktop desktop(sharedPki().enterprise(key));
        desktop.run();
        ASSERT_EQ(desktop.tokens.signRequests.size(), 1U);
        const auto& request = desktop.tokens.signRequests[0];
        EXPECT_EQ(request.kind, MessageKind::webEid);
        ASSERT_EQ(request.algorithms.size(), request.statements.size());
        for (std::size_t i = 0; i < request.algorithms.size(); ++i) {
            const auto& message = request.statements[i];
            EXPECT_EQ(message.size(), request.algorithms[i] == Algorithm::es384 ? 96U : 64U);
            EXPECT_EQ(message, textOf(*webEidMessage(request.algorithms[i], kSite, kNonce)));
        }
    }
}

TEST(WebEidFlow, repliesFromInsideTheCall_giveAToken) {
    WebEidDesktop desktop;
    desktop.ui.answersAtOnce = true;
    desktop.run();
    EXPECT_TRUE(desktop.isDone());
}

TEST(WebEidFlow, question_saysWhoForWhatAndWhatIsPassedOn) {
    WebEidDesktop desktop;
    desktop.run();
    ASSERT_EQ(desktop.ui.questions.size(), 1U);
    const auto& question = desktop.ui.questions[0];
    EXPECT_EQ(question.host, "shop.example.test");
    EXPECT_EQ(question.origin, kSite);
    EXPECT_EQ(question.kind, LoginKind::webEid);
    EXPECT_EQ(question.claims, std::vector<std::string>{"certificate"});
    ASSERT_TRUE(question.certificate);
    EXPECT_EQ(question.certificate->name, kTestEnterprise);
}

TEST(WebEidFlow, stages_areShownInOrder) {
    WebEidDesktop desktop;
    desktop.run();
    EXPECT_EQ(desktop.ui.stages, (std::vector{LoginStage::choose, LoginStage::pin, LoginStage::signing}));
}

TEST(WebEidFlow, journal_saysWhoAskedAndWithWhichCertificate) {
    WebEidDesktop desktop;
    desktop.run();
    ASSERT_EQ(desktop.journal.records.size(), 1U);
    const auto& record = desktop.journal.records[0];
    EXPECT_EQ(record.kind, LoginKind::webEid);
    EXPECT_EQ(record.origin, kSite);
    EXPECT_EQ(record.issuer, "");
    EXPECT_EQ(record.certificate, sharedPki().enterprise().certificate.fingerprintHex());
    EXPECT_EQ(record.subjectName, kTestEnterprise);
    EXPECT_EQ(record.time, desktop.clock.time);
    EXPECT_EQ(record.result, "ok");
}

// Attack 31
TEST(WebEidFlow, malformedNonce_isRefusedBeforeAnything) {
    for (const auto& nonce :
         {std::string(), std::string(40, 'A'), kNonce.substr(1), kNonce + "A", std::string(132, 'A'),
          std::string(43, 'A') + " ", std::string(43, 'A') + "-", "\n" + kNonce.substr(1)}) {
        WebEidDesktop desktop;
        desktop.request.challengeNonce = nonce;
        desktop.run();
        EXPECT_EQ(nameOf(desktop.error()), "invalid_request/challenge_nonce") << nonce;
        EXPECT_EQ(desktop.tokens.listings, 0);
        EXPECT_EQ(desktop.ui.asked(), 0U);
        EXPECT_EQ(desktop.ui.closed, 0) << "nothing of it was open";
    }
}

// R45
TEST(WebEidFlow, originThatIsNoPages_isRefusedBeforeAnything) {
    for (const auto* origin :
         {"", "null", "signet:agent", "http://shop.example.test", "https://Shop.example.test",
          "https://shop.example.test/", "https://shop.example.test:443"}) {
        WebEidDesktop desktop;
        desktop.request.origin = origin;
        desktop.run();
        EXPECT_EQ(desktop.error().code, ErrorCode::originNotAllowed) << origin;
        EXPECT_EQ(desktop.tokens.listings, 0);
        EXPECT_EQ(desktop.ui.asked(), 0U);
    }
}

Issued issuedWith(void (*change)(Profile&)) {
    auto profile = TestPki::profile("enterprise-p256");
    change(profile);
    return sharedPki().issue(profile);
}

TEST(WebEidFlow, certificateThatMayNotBeUsed_isNamedWithoutAQuestion) {
    auto& pki = sharedPki();
    const struct {
        Issued certificate;
        const char* name;
    } cases[] = {
        {pki.enterprise(KeyKind::sm2), "alg_not_allowed/web_eid_sm2"},
        {issuedWith([](Profile& p) { p.keyUsage = ""; }), "certificate_not_for_login/key_usage_absent"},
        {issuedWith([](Profile& p) { p.keyUsage = "critical,nonRepudiation"; }),
         "certificate_not_for_login/key_usage"},
        {pki.encryptionOnly(), "certificate_not_for_login/encryption_only"},
        {pki.wrongEku(), "certificate_not_for_login/extended_key_usage"},
        {pki.expired(), "certificate_expired"},
        {pki.notYetValid(), "certificate_not_yet_valid"},
        {pki.untrusted(), "certificate_untrusted/issuer_unknown"},
    };
    for (const auto& [certificate, name] : cases) {
        WebEidDesktop desktop(certificate);
        desktop.run();
        EXPECT_EQ(nameOf(desktop.error()), name);
        EXPECT_EQ(desktop.ui.asked(), 0U);
        EXPECT_TRUE(desktop.nothingWasSigned());
        EXPECT_TRUE(desktop.journal.records.empty());
        EXPECT_EQ(desktop.commandsRunning(), 0U);
    }
}

TEST(WebEidFlow, certificateWithoutExtendedKeyUsage_isOffered) {
    WebEidDesktop desktop(issuedWith([](Profile& p) { p.extendedKeyUsage = ""; }));
    desktop.run();
    EXPECT_TRUE(desktop.isDone());
}

TEST(WebEidFlow, noToken_isSaid) {
    WebEidDesktop desktop;
    desktop.tokens.modules.clear();
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::noToken);
}

// Attack 42: a site learns nothing about tokens from which the person did not want anything.
TEST(WebEidFlow, siteThatWasNeverApproved_isAskedAboutBeforeAnyTokenIsLookedAt) {
    for (const bool hasToken : {true, false}) {
        WebEidDesktop desktop;
        desktop.request.isApprovedSite = false;
        if (!hasToken) desktop.tokens.modules.clear();
        desktop.ui.confirms = false;
        desktop.run();
        EXPECT_EQ(desktop.error().code, ErrorCode::userCancelled);
        EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::purposeText});
        EXPECT_EQ(desktop.ui.questions.at(0).host, "shop.example.test");
        EXPECT_EQ(desktop.ui.questions.at(0).claims, std::vector<std::string>{"certificate"});
        EXPECT_EQ(desktop.tokens.listings, 0);
        EXPECT_EQ(desktop.tokens.watching(), 0U);
        EXPECT_TRUE(desktop.ui.stages.empty());
    }
}

TEST(WebEidFlow, siteThatThePersonWants_goesOnAsAnApprovedOne) {
    WebEidDesktop desktop;
    desktop.request.isApprovedSite = false;
    desktop.run();
    EXPECT_TRUE(desktop.isDone());
    EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::purposeText});
    EXPECT_EQ(desktop.ui.stages, (std::vector{LoginStage::choose, LoginStage::pin, LoginStage::signing}));
    WebEidDesktop without;
    without.request.isApprovedSite = false;
    without.tokens.modules.clear();
    without.run();
    EXPECT_EQ(without.error().code, ErrorCode::noToken);
}

// Attack 37
TEST(WebEidFlow, siteThatNobodyAnswersAbout_endsAfterFiveMinutes) {
    WebEidDesktop desktop;
    desktop.request.isApprovedSite = false;
    desktop.start();
    EXPECT_TRUE(desktop.timers.fireNextWithin(std::chrono::minutes(5)));
    EXPECT_EQ(nameOf(desktop.error()), "timeout/not_answered");
    desktop.loop.runAll();
    EXPECT_EQ(desktop.outcomes, 1);
    EXPECT_EQ(desktop.tokens.listings, 0);
}

TEST(WebEidFlow, certificateWithoutItsKey_isNotOffered) {
    WebEidDesktop desktop;
    desktop.device().certificates.front().hasPrivateKey = false;
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::noCertificate);
}

TEST(WebEidFlow, revokedCertificate_isRefusedBeforeThePin) {
    for (const auto code : {ErrorCode::certificateRevoked, ErrorCode::revocationUnknown}) {
        WebEidDesktop desktop;
        desktop.checker.failure = Error{.code = code};
        desktop.run();
        EXPECT_EQ(desktop.error().code, code);
        EXPECT_EQ(desktop.checker.checks, 1);
        EXPECT_EQ(desktop.ui.asked(), 0U);
        EXPECT_TRUE(desktop.nothingWasSigned());
    }
}

TEST(WebEidFlow, severalCertificates_arePutToTheChoice) {
    WebEidDesktop desktop;
    auto& device = desktop.tokens.addToken("/lib/b.so", "Token B", "0002");
    ScriptedTokens::addCertificate(device, sharedPki().person(), "person");
    ScriptedTokens::addCertificate(device, sharedPki().enterprise(KeyKind::sm2), "sm2");
    desktop.ui.chosenCard = 1;
    desktop.run();
    ASSERT_TRUE(desktop.isDone()) << nameOf(desktop.error());
    ASSERT_EQ(desktop.ui.choices.size(), 1U);
    EXPECT_EQ(desktop.ui.choices[0].size(), 2U) << "the SM2 certificate is not among them";
    EXPECT_EQ(desktop.token().certificate, sharedPki().person().certificate);
    EXPECT_EQ(desktop.tokens.signRequests.at(0).key.tokenSerial, "0002");
}

// The site gets nothing that it could not verify.
TEST(WebEidFlow, signatureThatDoesNotVerify_doesNotLeave) {
    for (const auto key : {KeyKind::rsa2048, KeyKind::p256, KeyKind::p384}) {
        WebEidDesktop desktop(sharedPki().enterprise(key));
        desktop.tokens.tamper = [](SignReply& reply) { reply.signature.back() ^= 1; };
        desktop.run();
        EXPECT_EQ(nameOf(desktop.error()), "signature_invalid/does_not_verify");
        EXPECT_EQ(desktop.journal.records.at(0).result, "signature_invalid");
    }
}

TEST(WebEidFlow, algorithmThatWasNotAskedFor_isRefused) {
    WebEidDesktop desktop;
    desktop.tokens.tamper = [](SignReply& reply) { reply.chosen = 7; };
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "signature_invalid/algorithm");
}

// The token host has done what it can (tests/pkcs11/webeid_signing_test.cpp): such a signature is valid.
TEST(WebEidFlow, signatureWithASpareZero_isPassedOn) {
    const auto issued = sharedPki().enterprise();
    WebEidDesktop desktop(issued);
    desktop.tokens.tamper = [&](SignReply& reply) {
        const auto message = bytesOf(desktop.tokens.signRequests.back().statements[0]);
        while (reply.signature[0] != 0 || reply.signature[1] >= 0x80)
            reply.signature = *signWithKey(Algorithm::es256, issued.key.get(), message);
    };
    desktop.run();
    ASSERT_TRUE(desktop.isDone()) << nameOf(desktop.error());
    EXPECT_EQ(desktop.token().signature.at(0), 0);
    EXPECT_TRUE(verifyWebEidToken(desktop.token(), kSite, kNonce));
}

// Attack 37: a window that nobody answers does not stand there for ever.
TEST(WebEidFlow, questionThatNobodyAnswers_endsAfterFiveMinutes) {
    WebEidDesktop desktop;
    desktop.start();
    while (desktop.ui.pinQuestions.empty() && desktop.loop.runOne()) {
    }
    EXPECT_FALSE(desktop.timers.fireNextWithin(std::chrono::minutes(4)));
    EXPECT_TRUE(desktop.timers.fireNextWithin(std::chrono::minutes(5)));
    EXPECT_EQ(nameOf(desktop.error()), "timeout/not_answered");
    desktop.loop.runAll();
    EXPECT_TRUE(desktop.nothingWasSigned());
    EXPECT_EQ(desktop.outcomes, 1);
    EXPECT_EQ(desktop.commandsRunning(), 0U);
}

TEST(WebEidFlow, timeThatEndsWhileTheTokenSigns_doesNotMatter) {
    WebEidDesktop desktop;
    desktop.start();
    while (desktop.tokens.signRequests.empty() && desktop.loop.runOne()) {
    }
    EXPECT_TRUE(desktop.timers.fireNextWithin(std::chrono::minutes(5)));
    desktop.loop.runAll();
    EXPECT_TRUE(desktop.isDone());
}

TEST(WebEidFlow, secondQuestionAfterTheTime_endsToo) {
    WebEidDesktop desktop;
    desktop.ui.pins = {"111111"};
    desktop.start();
    while (desktop.tokens.signRequests.empty() && desktop.loop.runOne()) {
    }
    EXPECT_TRUE(desktop.timers.fireNextWithin(std::chrono::minutes(5)));
    while (desktop.ui.retryOffers.empty() && desktop.loop.runOne()) {
    }
    EXPECT_FALSE(desktop.outcome);
    EXPECT_TRUE(desktop.timers.fireNextWithin(std::chrono::minutes(1)));
    EXPECT_EQ(nameOf(desktop.error()), "timeout/not_answered");
    desktop.loop.runAll();
    EXPECT_EQ(desktop.outcomes, 1);
    EXPECT_EQ(desktop.commandsRunning(), 0U);
}

// Attack 36: each signature has its own consent.
TEST(WebEidFlow, everyRequest_asksForItself) {
    WebEidDesktop first;
    first.run();
    WebEidDesktop second;
    second.ui.pins.clear();
    second.run();
    EXPECT_TRUE(first.isDone());
    EXPECT_EQ(second.error().code, ErrorCode::userCancelled);
    EXPECT_TRUE(second.nothingWasSigned());
}

}  // namespace
}  // namespace signet
