// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/test_pki/test_pki.hpp"
#include "tests/agent/doctor_fixture.hpp"

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using enum CheckCode;

class DoctorCertificates : public ::testing::Test {
protected:
    DoctorCertificates() {
        std::vector<TrustedIssuer> issuers;
        for (auto& trusted : m_pki.trusted()) issuers.push_back({.certificate = trusted});
        m_facts.trust = TrustList(std::move(issuers));
        m_facts.now = m_pki.now();
    }
    void plugIn(const char* name, bool hasKey = true) {
        TokenCertificate object{
            .label = name, .der = m_pki.named(name).certificate.der(), .hasPrivateKey = hasKey};
        m_facts.modules = {
            moduleFacts("/m.so", TokenListing{.tokens = {{.info = {}, .certificates = {object}}}})};
    }
    std::vector<std::string> codes() const { return codesOf(checkCertificates(m_facts, kZh)); }
    /// A platform whose clock shows `now` when ours shows m_facts.now.
    void setPlatformClock(TimePoint now) {
        FetchedChallenge challenge;
        challenge.challenge.issuedAt = now;
        IssuerFacts issuerFacts{.issuer = "https://a.test"};
        issuerFacts.challenge = challenge;
        issuerFacts.challengeRead = m_facts.now;
        m_facts.issuers = {issuerFacts};
    }
    TestPki m_pki;
    DoctorFacts m_facts = configured();
};

TEST_F(DoctorCertificates, dates_areToldInTime) {  // R57
    plugIn("enterprise-p256");
    EXPECT_THAT(codes(), ElementsAre("certificate"));
    m_facts.now = m_pki.enterprise().certificate.notAfter() - std::chrono::days(5);
    EXPECT_THAT(codes(), ElementsAre("certificate_expires_soon"));
}

TEST_F(DoctorCertificates, reasons_haveCodesOfTheirOwn) {
    plugIn("enterprise-p256", false);
    EXPECT_THAT(codes(), ElementsAre("no_private_key", "no_certificate"));
    plugIn("untrusted");
    EXPECT_THAT(codes(), ElementsAre("certificate_untrusted", "no_certificate"));
    plugIn("encryption-only");
    EXPECT_THAT(codes(), ElementsAre("certificate_not_for_login", "no_certificate"));
    plugIn("expired");
    EXPECT_THAT(codes(), ElementsAre("certificate_expired", "no_certificate"));
    plugIn("not-yet-valid");
    EXPECT_THAT(codes(), ElementsAre("certificate_not_yet_valid", "no_certificate"));
}

/// "certificate not yet valid because the clock is wrong": the combination is named.
TEST_F(DoctorCertificates, wrongClock_isTheCauseWhereThePlatformsClockFits) {
    plugIn("enterprise-p256");
    const auto right = m_facts.now;
    m_facts.now = m_pki.enterprise().certificate.notBefore() - std::chrono::days(400);
    setPlatformClock(right);
    EXPECT_THAT(codes(), ElementsAre("clock_hides_certificate", "no_certificate"));
    setPlatformClock(m_facts.now);
    EXPECT_THAT(codes(), ElementsAre("certificate_not_yet_valid", "no_certificate"));
    m_facts.now = m_pki.enterprise().certificate.notAfter() + std::chrono::days(1);
    setPlatformClock(right);
    EXPECT_THAT(codes(), ElementsAre("clock_hides_certificate", "no_certificate"));
}

TEST_F(DoctorCertificates, revocation_isTold) {
    plugIn("enterprise-p256");
    const auto id = m_pki.enterprise().certificate.fingerprintHex();
    m_facts.revocation = {{id, fail(ErrorCode::certificateRevoked, "", "key_compromise")}};
    EXPECT_THAT(codes(), ElementsAre("certificate_revoked", "no_certificate"));
    m_facts.revocation = {{id, fail(ErrorCode::revocationUnknown, "", "source_timeout")}};
    EXPECT_THAT(codes(), ElementsAre("revocation_unknown", "no_certificate"));
    m_facts.revocation = {{id, RevocationProof{.note = "soft_fail: source_timeout"}}};
    EXPECT_THAT(codes(), ElementsAre("revocation_unknown"));
    m_facts.revocation = {{id, RevocationProof{.kind = RevocationProof::Kind::ocsp}}};
    EXPECT_THAT(codes(), ElementsAre("certificate"));
}

TEST_F(DoctorCertificates, trust_isEmptyExpiredOrBroken) {
    EXPECT_EQ(checkTrust(TrustList(), TimePoint(), kZh).at(0).code, trustEmpty);
    EXPECT_EQ(checkTrust(fail(ErrorCode::configurationInvalid), TimePoint(), kZh).at(0).code, trustInvalid);
    const TrustList one({{.certificate = m_pki.root(CaKind::p256).certificate}});
    EXPECT_THAT(checkTrust(one, m_pki.now(), kZh).at(0).seen, HasSubstr("1 CA(s), 0 of them expired"));
    EXPECT_THAT(checkTrust(one, m_pki.now() + std::chrono::years(100), kZh).at(0).seen,
                HasSubstr("1 of them expired"));
}

}  // namespace
}  // namespace signet
