// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/agent/doctor_fixture.hpp"

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using enum CheckCode;

class DoctorIssuer : public ::testing::Test {
protected:
    CheckCode codeFor(ErrorCode code, const char* reason, const char* detail = "") {
        m_facts.metadata = fail(code, detail, reason);
        return checkIssuer(m_facts, kZh).at(1).code;
    }
    IssuerFacts m_facts{.issuer = "https://a.test", .proxy = "http://p.test:3128"};
};

TEST_F(DoctorIssuer, connection_isNamedByItsFault) {
    EXPECT_EQ(codeFor(ErrorCode::platformUnreachable, "dns"), nameNotFound);
    EXPECT_EQ(codeFor(ErrorCode::platformUnreachable, "refused"), issuerUnreachable);
    EXPECT_EQ(codeFor(ErrorCode::platformUnreachable, "proxy"), proxyUnreachable);
    EXPECT_THAT(checkIssuer(m_facts, kZh).at(1).sentence, HasSubstr("p.test:3128"));
    EXPECT_EQ(codeFor(ErrorCode::timeout, "request"), issuerTimeout);
    EXPECT_EQ(codeFor(ErrorCode::platformError, "answer_malformed"), platformError);
}

TEST_F(DoctorIssuer, tls_isNamedByItsFault) {
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_name_mismatch"), tlsNameMismatch);
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_expired", "The certificate has expired"), tlsExpired);
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_expired", "The certificate is not yet valid"),
              tlsNotYetValid);
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_failed"), tlsFailed);
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsUntrusted);
}

TEST_F(DoctorIssuer, interception_isSuspectedByNameOrByTheSystemsTrust) {
    m_facts.peer = PeerFacts{"a.test", "Our own CA", true};
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsUntrusted);
    m_facts.hasOwnRoots = true;
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsIntercepted);
    m_facts.peer = PeerFacts{"a.test", "ZSCALER Intermediate", false};
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsIntercepted);
    m_facts.peer = PeerFacts{"a.test", "深信服 SSL", false};
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsIntercepted);
}

TEST_F(DoctorIssuer, answering_isFineSlowOrInMaintenance) {
    m_facts.metadata = IssuerMetadata();
    EXPECT_EQ(checkIssuer(m_facts, kZh).at(1).code, issuer);
    m_facts.elapsed = std::chrono::seconds(4);
    EXPECT_EQ(checkIssuer(m_facts, kZh).at(1).code, issuerSlow);
    m_facts.metadata->isInMaintenance = true;
    EXPECT_EQ(checkIssuer(m_facts, kZh).at(1).code, maintenance);
}

TEST_F(DoctorIssuer, clock_isHeldAgainstThePlatforms) {
    FetchedChallenge challenge;
    challenge.challenge.issuedAt = TimePoint(std::chrono::seconds(1790000000));
    const auto at = [&](int seconds) {
        m_facts.challenge = challenge;
        m_facts.challengeRead = challenge.challenge.issuedAt + std::chrono::seconds(seconds);
        return checkIssuer(m_facts, kZh).at(2);
    };
    EXPECT_EQ(at(60).code, clock);
    EXPECT_EQ(at(-61).code, clockOff);
    EXPECT_THAT(at(-600).sentence, HasSubstr("10 分钟"));
    m_facts.challenge = fail(ErrorCode::timeout);
    EXPECT_EQ(checkIssuer(m_facts, kZh).at(2).finding, Finding::skipped);
}

TEST(DoctorPorts, bridge_isFreeTakenInPartOrWhole) {
    auto facts = configured();
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_port"));
    facts.ports = {{.port = 28617, .program = "signet-agent"}, {.port = 28618, .program = "signet-agent"}};
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_port"));
    facts.ports = {{.port = 28618, .user = 1001}};
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_port_taken"));
    EXPECT_THAT(checkPorts(facts, kZh).at(0).seen, HasSubstr("28618 (of user 1001)"));
    facts.ports = {{.port = 28618}, {.port = 28627}, {.port = 28637, .program = "x"}};
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_ports_taken"));
    facts.configuration.configuration->bridge.port = 4000;
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_port"));
}

TEST(DoctorPorts, helperOnTwoPorts_isToldOnce) {
    auto facts = configured();
    facts.ports = {{.port = 21051, .program = "XTXAppS"}, {.port = 21061}, {.port = 51245}};
    const auto checks = checkPorts(facts, kZh);
    EXPECT_THAT(codesOf(checks), ElementsAre("bridge_port", "other_helper", "other_helper"));
    EXPECT_THAT(checks[1].sentence, HasSubstr("BJCA XTXApp 数字认证(端口 21051)"));
    EXPECT_THAT(checks[2].sentence, HasSubstr("Longmai"));
}

}  // namespace
}  // namespace signet
