// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/agent/login_flow_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

namespace signet {
namespace {

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

void addSecondToken(Desktop& desktop) {
    auto& device = desktop.tokens.addToken("/lib/b.so", "Token B", "0002");
    ScriptedTokens::addCertificate(device, sharedPki().person(), "person");
}

TEST(LoginFlowChoice, oneUsable_isNotAsked) {
    Desktop desktop;
    ScriptedTokens::addCertificate(desktop.device(), sharedPki().encryptionOnly(), "encryption");
    ScriptedTokens::addCertificate(desktop.device(), sharedPki().expired(), "old");
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    EXPECT_TRUE(desktop.ui.choices.empty());
}

TEST(LoginFlowChoice, several_areAsked) {
    Desktop desktop;
    addSecondToken(desktop);
    desktop.ui.chosenCard = 1;
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    ASSERT_EQ(desktop.ui.choices.size(), 1U);
    ASSERT_EQ(desktop.ui.choices[0].size(), 2U);
    EXPECT_EQ(desktop.ui.choices[0][0].name, kTestEnterprise);
    EXPECT_EQ(desktop.ui.choices[0][1].name, kTestPerson);
    EXPECT_EQ(desktop.ui.choices[0][1].number.find(kTestPersonId), std::string::npos) << "masked";
    EXPECT_EQ((**desktop.outcome).certificate, sharedPki().person().certificate);
}

TEST(LoginFlowChoice, selection_chooses) {
    const auto fingerprint = sharedPki().person().certificate.fingerprintHex();
    const std::vector<CertificateSelection> table{{.fingerprintHex = fingerprint},
                                                  {.fingerprintHex = upper(fingerprint)},
                                                  {.label = "person"},
                                                  {.label = "Token B"},
                                                  {.fingerprintHex = fingerprint, .label = "person"}};
    for (const auto& selection : table) {
        Desktop desktop;
        addSecondToken(desktop);
        desktop.request.selection = selection;
        desktop.run();
        ASSERT_TRUE(desktop.isLoggedIn()) << selection.label << nameOf(desktop.error());
        EXPECT_EQ((**desktop.outcome).certificate, sharedPki().person().certificate);
        EXPECT_TRUE(desktop.ui.choices.empty());
    }
}

TEST(LoginFlowChoice, selectionThatIsNotThere_saysSo) {
    Desktop desktop;
    desktop.request.selection.label = "nobody";
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "no_certificate/selection_not_found");
    EXPECT_TRUE(desktop.nothingWasAsked());
}

TEST(LoginFlowChoice, cardThatWasNotOffered_isRefused) {
    Desktop desktop;
    addSecondToken(desktop);
    desktop.ui.chosenCard = 2;
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::internalError);
    EXPECT_TRUE(desktop.nothingWasSigned());
}

TEST(LoginFlowChoice, noToken_saysSo) {
    Desktop desktop(false);
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::noToken);
}

TEST(LoginFlowChoice, uninitialisedSlotOnly_isNoToken) {
    Desktop desktop(false);
    desktop.tokens.addToken("/lib/a.so", "", "").info.isInitialized = false;
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::noToken);
}

TEST(LoginFlowChoice, moduleThatFailedAndNoToken_namesTheModule) {
    Desktop desktop(false);
    Error failure{.code = ErrorCode::moduleFailed, .reason = "crashed"};
    failure.params["module"] = "a.so";
    desktop.tokens.addToken("/lib/a.so", "", "");
    desktop.tokens.modules[0].failure = failure;
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "module_failed/crashed");
    EXPECT_EQ(desktop.error().params.at("module"), "a.so");
}

TEST(LoginFlowChoice, moduleThatFailedBesideAWorkingOne_doesNotMatter) {
    Desktop desktop;
    desktop.tokens.addToken("/lib/b.so", "", "");
    desktop.tokens.modules[1].failure = Error{.code = ErrorCode::moduleFailed};
    desktop.run();
    EXPECT_TRUE(desktop.isLoggedIn());
}

struct Unusable {
    const char* name;
    ErrorCode code;
};

// R15; protocol.md section 8
TEST(LoginFlowChoice, onlyCandidateUnusable_saysItsReason) {
    for (const auto& [name, code] : {Unusable{"expired", ErrorCode::certificateExpired},
                                     Unusable{"not-yet-valid", ErrorCode::certificateNotYetValid},
                                     Unusable{"encryption-only", ErrorCode::certificateNotForLogin},
                                     Unusable{"wrong-eku", ErrorCode::certificateNotForLogin},
                                     Unusable{"untrusted", ErrorCode::certificateUntrusted}}) {
        Desktop desktop(false);
        auto& device = desktop.tokens.addToken("/lib/a.so", "Token A", "0001");
        ScriptedTokens::addCertificate(device, sharedPki().named(name), name);
        desktop.run();
        EXPECT_EQ(desktop.error().code, code) << name;
        EXPECT_TRUE(desktop.nothingWasAsked()) << name;
        EXPECT_TRUE(desktop.nothingWasSigned()) << name;
    }
}

TEST(LoginFlowChoice, severalUnusable_listsEveryReason) {
    Desktop desktop(false);
    auto& device = desktop.tokens.addToken("/lib/a.so", "Token A", "0001");
    ScriptedTokens::addCertificate(device, sharedPki().expired(), "old");
    ScriptedTokens::addCertificate(device, sharedPki().encryptionOnly(), "encryption");
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::noCertificate);
    EXPECT_NE(desktop.error().detail.find("certificate_expired"), std::string::npos)
        << desktop.error().detail;
    EXPECT_NE(desktop.error().detail.find("certificate_not_for_login"), std::string::npos)
        << desktop.error().detail;
}

TEST(LoginFlowChoice, certificateWithoutKey_isNotOffered) {
    Desktop desktop(false);
    auto& device = desktop.tokens.addToken("/lib/a.so", "Token A", "0001");
    ScriptedTokens::addCertificate(device, sharedPki().enterprise(), "login", false);
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::noCertificate);
    EXPECT_NE(desktop.error().detail.find("no_private_key"), std::string::npos) << desktop.error().detail;
}

TEST(LoginFlowChoice, issuerThatTheChallengeDoesNotAccept_isNotOffered) {
    Desktop desktop;
    desktop.platform.challenge.issuers = {std::string(43, 'A')};
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "certificate_untrusted/issuer_not_accepted");
}

TEST(LoginFlowChoice, sameCertificateThroughTwoModules_isOfferedOnce) {
    Desktop desktop;
    auto& again = desktop.tokens.addToken("/lib/b.so", "Token A", "0001");
    ScriptedTokens::addCertificate(again, sharedPki().enterprise(), "login");
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error());
    EXPECT_TRUE(desktop.ui.choices.empty());
}

TEST(LoginFlowChoice, namedCertificate_doesNotWaitForAHangingModule) {
    Desktop desktop;
    desktop.tokens.addToken("/lib/hangs.so", "", "");
    desktop.tokens.modules[1].isHanging = true;
    desktop.request.selection.fingerprintHex = sharedPki().enterprise().certificate.fingerprintHex();
    desktop.run();
    EXPECT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.commandsRunning(), 0U) << "the listing was given up";
}

TEST(LoginFlowChoice, revokedCertificate_isRefusedBeforeThePin) {
    Desktop desktop;
    desktop.checker.failure = Error{.code = ErrorCode::certificateRevoked};
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::certificateRevoked);
    EXPECT_TRUE(desktop.nothingWasAsked());
    EXPECT_TRUE(desktop.nothingWasSigned());
}

// R02
TEST(LoginFlowAgreements, registration_asksUnlessAcceptedAlready) {
    Desktop asked;
    asked.request.purpose = Purpose::bind;
    asked.run();
    EXPECT_TRUE(asked.isLoggedIn());
    EXPECT_EQ(asked.ui.confirmations, std::vector{Confirmation::agreements});

    Desktop accepted;
    accepted.request.purpose = Purpose::bind;
    accepted.request.hasAcceptedAgreements = true;
    accepted.run();
    EXPECT_TRUE(accepted.isLoggedIn());
    EXPECT_TRUE(accepted.ui.confirmations.empty());
}

TEST(LoginFlowAgreements, registrationDeclined_signsNothing) {
    Desktop desktop;
    desktop.request.purpose = Purpose::bind;
    desktop.ui.confirms = false;
    desktop.run();
    EXPECT_EQ(nameOf(desktop.error()), "user_cancelled/agreements_declined");
    EXPECT_TRUE(desktop.nothingWasSigned());
}

std::pair<std::string, std::string> accountKey() {
    return {kIssuer, sharedPki().enterprise().certificate.fingerprintHex()};
}

// R63
TEST(LoginFlowAgreements, changedSinceAccepted_isAskedBeforeThePin) {
    for (const auto& old : {AgreementRef{"user-agreement", "2025-01", std::string(43, 'A')},
                            AgreementRef{"user-agreement", "2026-09", std::string(43, 'B')}}) {
        Desktop desktop;
        desktop.agreements.known[accountKey()] = {old};
        desktop.run();
        ASSERT_TRUE(desktop.isLoggedIn());
        EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::changedAgreements});
        EXPECT_EQ(desktop.ui.questions.at(0).agreements.at(0).acceptedVersion, old.version);
        EXPECT_EQ(desktop.agreements.known[accountKey()].at(0).version, "2026-09");
        EXPECT_EQ(desktop.agreements.known[accountKey()].at(0).sha256, std::string(43, 'A'));
    }
}

// R63
TEST(LoginFlowAgreements, changedAndDeclined_isOutdatedAndNothingIsSigned) {
    Desktop desktop;
    desktop.agreements.known[accountKey()] = {{"user-agreement", "2025-01", std::string(43, 'A')}};
    desktop.ui.confirms = false;
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::agreementOutdated);
    EXPECT_TRUE(desktop.nothingWasSigned());
    EXPECT_EQ(desktop.agreements.known[accountKey()].at(0).version, "2025-01");
}

// R63: a document that is new to who accepted others is a change too.
TEST(LoginFlowAgreements, newDocument_isAskedBeforeThePin) {
    Desktop desktop;
    desktop.agreements.known[accountKey()] = {{"privacy-policy", "2026-09", std::string(43, 'A')}};
    desktop.run();
    ASSERT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.ui.confirmations, std::vector{Confirmation::changedAgreements});
    EXPECT_EQ(desktop.ui.questions.at(0).agreements.at(0).acceptedVersion, "");
}

TEST(LoginFlowAgreements, titleAndAddress_areThoseOfTheTextThatIsSigned) {
    Desktop desktop;
    auto& published = desktop.platform.metadata.agreements;
    published = {{"user-agreement", "2026-09", "协议", std::string(43, 'A'), "https://uc.example.test/a"}};
    desktop.run();
    EXPECT_EQ(desktop.ui.questions.at(0).agreements.at(0).title, "协议");
    Desktop later;
    later.platform.metadata.agreements = published;
    later.platform.metadata.agreements.at(0).sha256 = std::string(43, 'B');
    later.run();
    EXPECT_EQ(later.ui.questions.at(0).agreements.at(0).title, "");
}

TEST(LoginFlowAgreements, moreThanCanBeShown_isRefusedBeforeAnything) {
    const std::vector<std::function<void(Challenge&)>> rows{
        [](Challenge& c) { c.text = std::string(kMaxTextBytes + 1, 'x'); },
        [](Challenge& c) { c.claims.assign(kMaxListed + 1, "name"); },
        [](Challenge& c) { c.agreements.assign(kMaxListed + 1, c.agreements.at(0)); }};
    for (const auto& change : rows) {
        Desktop desktop;
        desktop.platform.tamper = change;
        desktop.run();
        EXPECT_EQ(nameOf(desktop.error()), "platform_error/question_too_long");
        EXPECT_TRUE(desktop.nothingWasAsked());
    }
}

TEST(LoginFlowAgreements, unchangedOrUnknown_isNotAskedAndIsRemembered) {
    Desktop desktop;
    desktop.run();
    EXPECT_TRUE(desktop.ui.confirmations.empty());
    EXPECT_EQ(desktop.agreements.known[accountKey()].size(), 1U);
    Desktop second;
    second.agreements.known = desktop.agreements.known;
    second.run();
    EXPECT_TRUE(second.isLoggedIn());
    EXPECT_TRUE(second.ui.confirmations.empty());
}

// R37
TEST(LoginFlowPurpose, textOrCancellation_isConfirmedByItself) {
    Desktop withText;
    withText.platform.challenge.text = "注销账户";
    withText.run();
    EXPECT_TRUE(withText.isLoggedIn()) << nameOf(withText.error());
    EXPECT_EQ(withText.ui.confirmations, std::vector{Confirmation::purposeText});

    Desktop cancellation;
    cancellation.request.purpose = Purpose::cancel;
    cancellation.ui.confirms = false;
    cancellation.run();
    EXPECT_EQ(cancellation.error().code, ErrorCode::userCancelled);
    EXPECT_EQ(cancellation.ui.confirmations, std::vector{Confirmation::purposeText});
    EXPECT_TRUE(cancellation.nothingWasSigned());
}

}  // namespace
}  // namespace signet
