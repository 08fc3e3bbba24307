// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/token_rows.hpp"

#include "certs/test_pki/test_pki.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

class TokenRowsTest : public testing::Test {
protected:
    static TestPki& pki() {
        static TestPki pki;
        return pki;
    }
    static TokenCertificate object(const Certificate& certificate, bool hasKey = true) {
        return {.id = {1}, .label = "c", .der = certificate.der(), .hasPrivateKey = hasKey};
    }
    static TokenCertificate object(const std::string& name) { return object(pki().named(name).certificate); }
    static std::vector<TokenRow> rows(std::vector<TokenCertificate> certificates) {
        std::vector<TrustedIssuer> issuers;
        for (auto& certificate : pki().trusted()) {
            issuers.push_back({.certificate = certificate, .name = "test"});
            issuers.back().identityRule = identityRule("default").value();
        }
        const Token token{.info = {.slot = 3, .label = "lock", .serial = "s1"},
                          .certificates = std::move(certificates)};
        const TokenInventory inventory{{{.module = "/m.so", .result = TokenListing{.tokens = {token}}}}};
        return tokenRows(reportTokens(inventory, TrustList(std::move(issuers)), pki().now()));
    }
};

TEST_F(TokenRowsTest, eachCertificate_hasALineButThoseOfIssuers) {
    const auto& authority = pki().authority(CaKind::p256).certificate;
    const auto found = rows({object("person"), object(authority, false), object("expired")});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].authorityCount, 1U);
    EXPECT_EQ(stateOf(found[0]), TokenRowState::usable);
    EXPECT_EQ(stateOf(found[1]), TokenRowState::unusable);
    EXPECT_FALSE(found[0].isSameAs(found[1]));
    EXPECT_TRUE(found[0].isSameAs(rows({object("person")})[0]));
    EXPECT_EQ(rows({object(authority, true)}).size(), 1U);
    EXPECT_TRUE(rows({object(authority, true)})[0].certificate) << "with its key it is worth a line";
}

TEST_F(TokenRowsTest, tokenWithoutCertificates_hasOneLine) {
    for (const auto& certificates :
         {std::vector<TokenCertificate>{}, {object(pki().authority(CaKind::p256).certificate, false)}}) {
        const auto found = rows(certificates);
        ASSERT_EQ(found.size(), 1U);
        EXPECT_FALSE(found[0].certificate);
        EXPECT_EQ(stateOf(found[0]), TokenRowState::noCertificate);
        EXPECT_FALSE(mayBeRenewed(found[0]));
    }
}

TEST_F(TokenRowsTest, lockedPin_isInTheWayOfAUsableCertificateOnly) {
    auto found = rows({object("person"), object("expired")});
    for (auto& row : found) row.info.isPinLocked = true;
    EXPECT_EQ(stateOf(found[0]), TokenRowState::pinLocked);
    EXPECT_EQ(stateOf(found[1]), TokenRowState::unusable);
}

TEST_F(TokenRowsTest, purposeAndRenewal_followTheCertificate) {
    struct Case {
        const char* name;
        CertificatePurpose purpose;
        bool mayBeRenewed;
    };
    for (const auto& [name, purpose, isRenewable] :
         {Case{"person", CertificatePurpose::login, true}, Case{"expired", CertificatePurpose::login, true},
          Case{"wrong-eku", CertificatePurpose::otherSigning, true},
          Case{"encryption-only", CertificatePurpose::encryption, false}}) {
        EXPECT_EQ(purposeOf(pki().named(name).certificate), purpose) << name;
        EXPECT_EQ(mayBeRenewed(rows({object(name)})[0]), isRenewable) << name;
    }
    EXPECT_EQ(purposeOf(pki().authority(CaKind::rsa).certificate), CertificatePurpose::authority);
    const TokenCertificate broken{.label = "b", .der = {0x30}, .hasPrivateKey = true};
    EXPECT_FALSE(mayBeRenewed(rows({broken})[0]));
}

TEST_F(TokenRowsTest, faults_areOfModulesAndOfSlots) {
    ModuleListing dead{.module = "/dead.so", .result = fail(ErrorCode::moduleFailed, {}, "crashed")};
    ModuleListing half{.module = "/half.so"};
    half.result->faults.push_back({.slot = 7, .error = {.code = ErrorCode::tokenError}});
    const auto faults = moduleFaults({dead, {.module = "/well.so"}, half});
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(faults[0].error.reason, "crashed");
    EXPECT_FALSE(faults[0].slot);
    EXPECT_EQ(faults[1].module, "/half.so");
    EXPECT_EQ(faults[1].slot, 7U);
}

TEST(TokenRows, endThatIsNear_isCountedInWholeDays) {
    using std::chrono::hours;
    const TimePoint now{std::chrono::seconds(1'800'000'000)};
    EXPECT_EQ(daysUntilExpiry(now + hours(24 * 37 + 1), now), 37);
    EXPECT_EQ(daysUntilExpiry(now + hours(24 * 60 + 23), now), 60);
    EXPECT_EQ(daysUntilExpiry(now + hours(24 * 61), now), std::nullopt);
    EXPECT_EQ(daysUntilExpiry(now + hours(23), now), 0);
    EXPECT_EQ(daysUntilExpiry(now, now), std::nullopt) << "past";
}

TEST(TokenRows, serial_isMaskedToItsEnd) {
    EXPECT_EQ(maskedSerial("3205A0001234"), "…1234");
    EXPECT_EQ(maskedSerial("序列号一二三四"), "…一二三四");
    EXPECT_EQ(maskedSerial("1234"), "…4");
    EXPECT_EQ(maskedSerial(""), "");
    EXPECT_EQ(maskedSerial("\x80\x80"), "…\x80\x80") << "no UTF-8: nothing breaks";
}

}  // namespace
}  // namespace signet
