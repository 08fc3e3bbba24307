// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/chain.hpp"

#include "base/encoding.hpp"
#include "certs/test_pki/issue.hpp"
#include "certs/test_pki/must.hpp"
#include "tests/certs/shared_pki.hpp"

#include <gtest/gtest.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <thread>

namespace signet {
namespace {

using namespace std::chrono_literals;

TrustedIssuer trusted(const Certificate& certificate) {
    return {certificate, certificate.subjectCommonName()};
}

TrustList standardTrust() {
    std::vector<TrustedIssuer> issuers;
    for (const auto& certificate : pki().trusted()) issuers.push_back(trusted(certificate));
    return TrustList(std::move(issuers));
}

/// A CA made by hand for one test.
Authority caUnder(const Authority* above, KeyKind kind, const std::string& name, Profile profile = {}) {
    profile.subject = {{"CN", name}};
    profile.keyUsage = "critical,keyCertSign,cRLSign";
    profile.extendedKeyUsage.clear();
    profile.isCa = true;
    auto key = makeKey(kind);
    const IssuerParts issuer = above == nullptr ? IssuerParts{nullptr, key.get()}
                                                : IssuerParts{above->certificate.native(), above->key.get()};
    auto certificate = makeCertificate(profile, key.get(), issuer, pki().now());
    return {certificate, std::move(key), {certificate}};
}

Certificate leafUnder(const Authority& ca, Profile profile = {}) {
    profile.subject = {{"CN", "leaf"}};
    const auto key = makeKey(KeyKind::p256);
    return makeCertificate(profile, key.get(), {ca.certificate.native(), ca.key.get()}, pki().now());
}

std::string base64Fingerprint(const Certificate& certificate) {
    return toBase64Url(certificate.fingerprint());
}

Certificate signedAgain(const Certificate& certificate, EVP_PKEY* key, const EVP_MD* digest) {
    const X509Ptr copy(X509_dup(certificate.native()));
    must(X509_sign(copy.get(), key, digest) > 0, "signature");
    return must(Certificate::fromDer(encoded(&i2d_X509, copy.get(), "certificate")), "certificate");
}

TEST(Chain, everyKindOfKey_verifiesToItsCa) {
    const auto trust = standardTrust();
    for (const auto kind : {KeyKind::rsa2048, KeyKind::rsa3072, KeyKind::p256, KeyKind::p384, KeyKind::sm2}) {
        const auto issued = pki().enterprise(kind);
        const auto chain = verifyForLogin(issued.certificate, {}, trust, pki().now());
        ASSERT_TRUE(chain) << toString(kind) << " " << chain.error().detail;
        EXPECT_EQ(chain->leaf(), issued.certificate);
        EXPECT_EQ(chain->issuer.certificate, issued.chain[1]);
        EXPECT_EQ(chain->certificates.size(), 3U);
        EXPECT_TRUE(chain->certificates.back().isSelfIssued());
        const auto header = chain->forHeader();
        ASSERT_EQ(header.size(), 2U);
        EXPECT_EQ(header[1], issued.chain[1]);
    }
}

TEST(Chain, rootOnlyInTheList_needsTheIntermediate) {
    for (const auto& [key, ca] :
         {std::pair{KeyKind::p256, CaKind::p256}, std::pair{KeyKind::sm2, CaKind::sm2}}) {
        const TrustList trust({trusted(pki().root(ca).certificate)});
        const auto issued = pki().enterprise(key);
        const auto without = buildChain(issued.certificate, {}, trust, pki().now());
        EXPECT_EQ(without.error().code, ErrorCode::certificateUntrusted);
        EXPECT_EQ(without.error().reason, "issuer_unknown");
        const auto with = buildChain(issued.certificate, issued.chain, trust, pki().now());
        ASSERT_TRUE(with) << with.error().detail;
        EXPECT_EQ(with->issuer.certificate, pki().root(ca).certificate);
    }
}

TEST(Chain, issuingCaOnlyInTheList_isTheAnchor) {
    const auto issued = pki().enterprise(KeyKind::sm2);
    const TrustList trust({trusted(pki().authority(CaKind::sm2).certificate)});
    const auto chain = buildChain(issued.certificate, {}, trust, pki().now()).value();
    EXPECT_EQ(chain.certificates.size(), 2U);
    EXPECT_EQ(chain.forHeader().size(), 2U);
}

TEST(Chain, sm2WithNullParameters_verifies) {
    auto profile = TestPki::profile("enterprise-sm2");
    profile.hasNullSignatureParams = true;
    EXPECT_TRUE(verifyForLogin(pki().issue(profile).certificate, {}, standardTrust(), pki().now()));
}

struct Refusal {
    const char* certificate;
    ErrorCode code;
    const char* reason;
};

// R07
TEST(Chain, unusableCertificates_haveEachItsOwnCode) {
    const auto trust = standardTrust();
    const std::vector<Refusal> cases{
        {"untrusted", ErrorCode::certificateUntrusted, "issuer_unknown"},
        {"expired", ErrorCode::certificateExpired, ""},
        {"not-yet-valid", ErrorCode::certificateNotYetValid, ""},
        {"encryption-only", ErrorCode::certificateNotForLogin, "encryption_only"},
        {"wrong-eku", ErrorCode::certificateNotForLogin, "extended_key_usage"},
    };
    for (const auto& [name, code, reason] : cases) {
        const auto chain =
            verifyForLogin(pki().named(name).certificate, pki().named(name).chain, trust, pki().now());
        ASSERT_FALSE(chain) << name;
        EXPECT_EQ(chain.error().code, code) << name;
        EXPECT_EQ(chain.error().reason, reason) << name;
    }
}

TEST(Chain, datesAndNames_areInTheError) {
    const auto trust = standardTrust();
    const auto expired = verifyForLogin(pki().expired().certificate, {}, trust, pki().now()).error();
    EXPECT_EQ(expired.params.at("date"), dateText(pki().expired().certificate.notAfter()));
    const auto early = verifyForLogin(pki().notYetValid().certificate, {}, trust, pki().now()).error();
    EXPECT_EQ(early.params.at("date"), dateText(pki().notYetValid().certificate.notBefore()));
    const auto untrusted = verifyForLogin(pki().untrusted().certificate, {}, trust, pki().now()).error();
    EXPECT_EQ(untrusted.params.at("name"), "Signet Test CA untrusted");
}

TEST(Chain, buildChainAlone_tellsTheLeafsDates) {
    const auto trust = standardTrust();
    EXPECT_EQ(buildChain(pki().expired().certificate, {}, trust, pki().now()).error().code,
              ErrorCode::certificateExpired);
    EXPECT_EQ(buildChain(pki().notYetValid().certificate, {}, trust, pki().now()).error().code,
              ErrorCode::certificateNotYetValid);
}

TEST(Chain, edgesOfTheDates_haveOneVerdictAndItsCode) {
    const auto trust = standardTrust();
    const auto leaf = pki().enterprise().certificate;
    const auto at = [&](TimePoint now) { return verifyForLogin(leaf, {}, trust, now); };
    EXPECT_TRUE(at(leaf.notBefore()));
    EXPECT_TRUE(at(leaf.notAfter() - 1s));
    EXPECT_EQ(at(leaf.notAfter()).error().code, ErrorCode::certificateExpired);
    EXPECT_EQ(at(leaf.notBefore() - 1s).error().code, ErrorCode::certificateNotYetValid);
    EXPECT_EQ(buildChain(leaf, {}, trust, leaf.notAfter()).error().code, ErrorCode::certificateExpired);
}

/// As CAs renew themselves: a new key under the old name, and nothing in the certificates that says which.
TEST(Chain, twoCasOfOneName_areToldApartByTheSignature) {
    Profile bare;
    bare.hasKeyIdentifiers = false;
    for (const auto kind : {KeyKind::p256, KeyKind::sm2}) {
        const auto older = caUnder(nullptr, kind, "re-keyed CA", bare);
        const auto newer = caUnder(nullptr, kind, "re-keyed CA", bare);
        for (const auto* ca : {&older, &newer}) {
            const auto leaf = leafUnder(*ca, bare);
            for (const bool isOlderFirst : {true, false}) {
                const auto& first = isOlderFirst ? older : newer;
                const auto& second = isOlderFirst ? newer : older;
                const TrustList trust({trusted(first.certificate), trusted(second.certificate)});
                const auto chain = buildChain(leaf, {}, trust, pki().now());
                ASSERT_TRUE(chain) << toString(kind) << " " << chain.error().detail;
                EXPECT_EQ(chain->issuer.certificate, ca->certificate);
            }
        }
    }
}

TEST(Chain, twoIntermediatesOfOneName_areToldApartByTheSignature) {
    Profile bare;
    bare.hasKeyIdentifiers = false;
    const auto root = caUnder(nullptr, KeyKind::p256, "root");
    const auto older = caUnder(&root, KeyKind::p256, "re-keyed CA", bare);
    const auto newer = caUnder(&root, KeyKind::p256, "re-keyed CA", bare);
    const TrustList trust({trusted(root.certificate)});
    for (const auto* ca : {&older, &newer}) {
        const auto leaf = leafUnder(*ca, bare);
        for (const auto& given : {std::vector{older.certificate, newer.certificate},
                                  std::vector{newer.certificate, older.certificate}}) {
            const auto chain = buildChain(leaf, given, trust, pki().now());
            ASSERT_TRUE(chain) << chain.error().detail;
            EXPECT_EQ(chain->certificates[1], ca->certificate);
        }
    }
}

TEST(LoginUsage, keyUsages_areJudgedByTheContract) {
    struct Case {
        const char* keyUsage;
        const char* extendedKeyUsage;
        const char* reason;
    };
    const std::vector<Case> cases{
        {"", "", ""},
        {"digitalSignature", "", ""},
        {"digitalSignature,keyEncipherment", "clientAuth,serverAuth", ""},
        {"nonRepudiation", "", "key_usage"},
        {"keyAgreement", "clientAuth", "encryption_only"},
        {"dataEncipherment", "", "encryption_only"},
        {"", "emailProtection", "extended_key_usage"},
        {"digitalSignature", "OCSPSigning", "extended_key_usage"},
    };
    for (const auto& [keyUsage, extendedKeyUsage, reason] : cases) {
        Profile profile;
        profile.keyUsage = keyUsage;
        profile.extendedKeyUsage = extendedKeyUsage;
        const auto usage = checkLoginUsage(pki().issue(profile).certificate);
        EXPECT_EQ(usage.has_value(), std::string_view(reason).empty()) << keyUsage << "/" << extendedKeyUsage;
        if (usage) continue;
        EXPECT_EQ(usage.error().code, ErrorCode::certificateNotForLogin);
        EXPECT_EQ(usage.error().reason, reason);
    }
}

TEST(LoginUsage, caCertificate_isNotForLogin) {
    EXPECT_EQ(checkLoginUsage(pki().authority(CaKind::p256).certificate).error().reason, "ca_certificate");
    const auto chain = buildChain(pki().root(CaKind::p256).certificate, {}, standardTrust(), pki().now());
    EXPECT_EQ(chain.error().code, ErrorCode::certificateUntrusted);
}

TEST(Chain, challengesIssuers_areRespected) {
    const auto trust = standardTrust();
    const auto issued = pki().enterprise();
    const std::vector<std::string> issuing{base64Fingerprint(issued.chain[1])};
    const std::vector<std::string> root{base64Fingerprint(pki().root(CaKind::p256).certificate)};
    const std::vector<std::string> other{base64Fingerprint(pki().authority(CaKind::sm2).certificate), "x"};
    const std::vector<std::string> leaf{base64Fingerprint(issued.certificate)};
    EXPECT_TRUE(buildChain(issued.certificate, {}, trust, pki().now(), issuing));
    EXPECT_TRUE(buildChain(issued.certificate, {}, trust, pki().now(), root));
    EXPECT_EQ(buildChain(issued.certificate, {}, trust, pki().now(), other).error().reason,
              "issuer_not_accepted");
    EXPECT_EQ(buildChain(issued.certificate, {}, trust, pki().now(), leaf).error().reason,
              "issuer_not_accepted");
}

// R07
TEST(Chain, licenceDates_openAndCloseTheIssuer) {
    auto issuer = trusted(pki().authority(CaKind::p256).certificate);
    issuer.licensedFrom = pki().now() - 1h;
    issuer.licensedTo = pki().now();
    const TrustList trust({issuer});
    const auto leaf = pki().enterprise().certificate;
    EXPECT_TRUE(buildChain(leaf, {}, trust, pki().now()));
    const auto ended = buildChain(leaf, {}, trust, pki().now() + 1s).error();
    EXPECT_EQ(ended.code, ErrorCode::certificateUntrusted);
    EXPECT_EQ(ended.reason, "licence_ended");
    EXPECT_EQ(buildChain(leaf, {}, trust, pki().now() - 2h).error().reason, "licence_not_begun");
}

// R07
TEST(Chain, licenceOfAnyListedCa_closesTheChain) {
    auto root = trusted(pki().root(CaKind::p256).certificate);
    root.licensedTo = pki().now() - 1h;
    const TrustList trust({trusted(pki().authority(CaKind::p256).certificate), root});
    EXPECT_EQ(buildChain(pki().enterprise().certificate, {}, trust, pki().now()).error().reason,
              "licence_ended");
}

TEST(Chain, nearestEntry_givesTheRules) {
    auto near = trusted(pki().authority(CaKind::p256).certificate);
    near.revocation = RevocationPolicy::hardFail;
    auto far = trusted(pki().root(CaKind::p256).certificate);
    far.revocation = RevocationPolicy::off;
    const auto leaf = pki().enterprise().certificate;
    const auto chain = buildChain(leaf, {}, TrustList({far, near}), pki().now()).value();
    EXPECT_EQ(chain.issuer.revocation, RevocationPolicy::hardFail);
}

TEST(Chain, impostorOfTheSameName_isNotBelieved) {
    const auto& real = pki().authority(CaKind::p256);
    const auto impostor = caUnder(nullptr, KeyKind::p256, "Signet Test CA p256");
    const X509Ptr renamed(X509_dup(impostor.certificate.native()));
    X509_set_subject_name(renamed.get(), X509_get_subject_name(real.certificate.native()));
    X509_set_issuer_name(renamed.get(), X509_get_subject_name(real.certificate.native()));
    must(X509_sign(renamed.get(), impostor.key.get(), EVP_sha256()) > 0, "signature");
    const auto fake = must(Certificate::fromDer(encoded(&i2d_X509, renamed.get(), "x")), "certificate");
    Profile profile;
    profile.subject = {{"CN", "leaf"}};
    const auto key = makeKey(KeyKind::p256);
    const auto leaf = makeCertificate(profile, key.get(), {fake.native(), impostor.key.get()}, pki().now());
    const std::vector<Certificate> given{fake};
    EXPECT_EQ(buildChain(leaf, given, standardTrust(), pki().now()).error().code,
              ErrorCode::certificateUntrusted);
    EXPECT_EQ(buildChain(leaf, {}, standardTrust(), pki().now()).error().code,
              ErrorCode::certificateUntrusted);
}

TEST(Chain, leafAsIssuer_isRefused) {
    const auto& ca = pki().authority(CaKind::p256);
    const auto key = makeKey(KeyKind::p256);
    Profile profile;
    profile.subject = {{"CN", "no CA"}};
    const auto middle =
        makeCertificate(profile, key.get(), {ca.certificate.native(), ca.key.get()}, pki().now());
    const auto leafKey = makeKey(KeyKind::p256);
    profile.subject = {{"CN", "leaf"}};
    const auto leaf = makeCertificate(profile, leafKey.get(), {middle.native(), key.get()}, pki().now());
    const std::vector<Certificate> given{middle};
    const auto chain = buildChain(leaf, given, standardTrust(), pki().now());
    EXPECT_EQ(chain.error().code, ErrorCode::certificateUntrusted);
    EXPECT_EQ(chain.error().reason, "chain_invalid");
}

TEST(Chain, nameConstraints_areRespected) {
    const auto root = caUnder(nullptr, KeyKind::p256, "constrained root");
    Profile profile;
    // permittedSubtrees: directoryName C=CN
    const Bytes constraints = fromHex("3015a0133011a40f300d310b300906035504061302434e").value();
    profile.extensions = {{"2.5.29.30", constraints, true}};
    const auto ca = caUnder(&root, KeyKind::p256, "constrained CA", profile);
    const TrustList trust({trusted(root.certificate)});
    const std::vector<Certificate> given{ca.certificate};
    const auto leafWith = [&](std::vector<NamePart> subject) {
        Profile leaf;
        leaf.subject = std::move(subject);
        const auto key = makeKey(KeyKind::p256);
        return makeCertificate(leaf, key.get(), {ca.certificate.native(), ca.key.get()}, pki().now());
    };
    EXPECT_TRUE(buildChain(leafWith({{"C", "CN"}, {"CN", "leaf"}}), given, trust, pki().now()));
    EXPECT_EQ(buildChain(leafWith({{"C", "XX"}, {"CN", "leaf"}}), given, trust, pki().now()).error().reason,
              "chain_invalid");
}

TEST(Chain, expiredCa_isAnUntrustedIssuerNotAnExpiredCertificate) {
    Profile old;
    old.startsIn = -48h;
    old.endsIn = -1h;
    const auto ca = caUnder(nullptr, KeyKind::p256, "old CA", old);
    const auto chain = buildChain(leafUnder(ca), {}, TrustList({trusted(ca.certificate)}), pki().now());
    EXPECT_EQ(chain.error().code, ErrorCode::certificateUntrusted);
    EXPECT_EQ(chain.error().reason, "issuer_expired");
}

TEST(Chain, weakKeysAndDigests_areRefused) {
    const auto ca = caUnder(nullptr, KeyKind::p256, "CA");
    const TrustList trust({trusted(ca.certificate)});
    const EvpPkeyPtr small(EVP_RSA_gen(1024));
    Profile profile;
    profile.subject = {{"CN", "leaf"}};
    const auto weakKey =
        makeCertificate(profile, small.get(), {ca.certificate.native(), ca.key.get()}, pki().now());
    EXPECT_EQ(buildChain(weakKey, {}, trust, pki().now()).error().reason, "weak_key");
    const auto sha1 = signedAgain(leafUnder(ca), ca.key.get(), EVP_sha1());
    const auto weak = buildChain(sha1, {}, trust, pki().now()).error();
    EXPECT_EQ(weak.reason, "weak_signature");
    EXPECT_EQ(weak.code, ErrorCode::certificateUntrusted);
    EXPECT_TRUE(buildChain(signedAgain(leafUnder(ca), ca.key.get(), EVP_sha256()), {}, trust, pki().now()));
}

TEST(Chain, manyIntermediates_areCapped) {
    const auto issued = pki().enterprise();
    std::vector<Certificate> given(200, pki().untrusted().chain[1]);
    EXPECT_TRUE(buildChain(issued.certificate, given, standardTrust(), pki().now()));
}

TEST(Chain, emptyTrustList_trustsNobody) {
    EXPECT_EQ(buildChain(pki().enterprise().certificate, {}, TrustList(), pki().now()).error().reason,
              "issuer_unknown");
}

TEST(Chain, manyThreadsOverOneList_agree) {
    const auto trust = standardTrust();
    const auto good = pki().enterprise(KeyKind::sm2).certificate;
    const auto bad = pki().untrusted().certificate;
    std::vector<std::thread> threads;
    std::array<int, 4> passed{};
    for (std::size_t t = 0; t < passed.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i)
                passed[t] +=
                    buildChain(good, {}, trust, pki().now()) && !buildChain(bad, {}, trust, pki().now()) ? 1
                                                                                                         : 0;
        });
    for (auto& thread : threads) thread.join();
    for (const int count : passed) EXPECT_EQ(count, 20);
}

}  // namespace
}  // namespace signet
