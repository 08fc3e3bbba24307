// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/certificate.hpp"

#include "base/encoding.hpp"
#include "certs/names.hpp"
#include "certs/openssl.hpp"
#include "certs/test_pki/test_pki.hpp"

#include <gtest/gtest.h>
#include <openssl/x509v3.h>

namespace signet {
namespace {

using namespace std::chrono_literals;
using Asn1StringPtr = std::unique_ptr<ASN1_STRING, Free<&ASN1_STRING_free>>;

const TimePoint kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 1) + 8h;

TestPki pkiAt(TimePoint now = kNow) {
    return TestPki({.now = now});
}

void expectMalformed(const Result<Certificate>& result, const std::string& what) {
    ASSERT_FALSE(result) << what;
    EXPECT_EQ(result.error().code, ErrorCode::badRequest) << what;
    EXPECT_EQ(result.error().reason, "certificate_malformed") << what;
}

TEST(Certificate, der_round_trip_keeps_bytes_and_fingerprint) {
    auto pki = pkiAt();
    const auto issued = pki.enterprise();
    const auto again = Certificate::fromDer(issued.certificate.der());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->der(), issued.certificate.der());
    EXPECT_EQ(*again, issued.certificate);
    EXPECT_EQ(again->fingerprintHex(), toHex(sha256(issued.certificate.der())));
}

TEST(Certificate, bytes_after_it_are_refused) {
    auto pki = pkiAt();
    auto der = pki.enterprise().certificate.der();
    der.push_back(0);
    expectMalformed(Certificate::fromDer(der), "trailing byte");
}

TEST(Certificate, every_truncation_is_refused) {
    auto pki = pkiAt();
    const auto der = pki.enterprise().certificate.der();
    for (std::size_t size = 0; size < der.size(); ++size)
        expectMalformed(Certificate::fromDer(BytesView(der).first(size)), "length " + std::to_string(size));
}

TEST(Certificate, over_64_kib_is_refused) {
    expectMalformed(Certificate::fromDer(Bytes(64 * 1024 + 1, 0x30)), "too long");
}

TEST(Certificate, ber_form_of_the_same_certificate_is_refused) {
    auto pki = pkiAt();
    const auto der = pki.enterprise().certificate.der();
    // The outer SEQUENCE with its length in three bytes instead of two: BER, and another fingerprint.
    ASSERT_EQ(der[1], 0x82);
    Bytes ber{0x30, 0x83, 0x00};
    ber.insert(ber.end(), der.begin() + 2, der.end());
    expectMalformed(Certificate::fromDer(ber), "long form");
}

TEST(Certificate, pem_of_several_gives_all_in_order) {
    auto pki = pkiAt();
    const auto issued = pki.enterprise();
    const auto ca = pki.authority(CaKind::p256).certificate;
    const auto parsed =
        Certificate::fromPem("a comment\n" + issued.certificate.toPem() + "\n# another\n" + ca.toPem());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, (std::vector<Certificate>{issued.certificate, ca}));
}

TEST(Certificate, pem_without_or_with_broken_certificate_is_refused) {
    auto pki = pkiAt();
    auto pem = pki.enterprise().certificate.toPem();
    EXPECT_FALSE(Certificate::fromPem(""));
    EXPECT_FALSE(Certificate::fromPem("no certificate here"));
    EXPECT_FALSE(Certificate::fromPem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"));
    EXPECT_FALSE(Certificate::fromPem(pem.substr(0, pem.size() / 2)));
    pem.replace(40, 1, "!");
    EXPECT_FALSE(Certificate::fromPem(pem));
}

TEST(Certificate, fields_are_what_was_issued) {
    auto pki = pkiAt();
    const auto certificate = pki.enterprise(KeyKind::p384).certificate;
    EXPECT_EQ(certificate.subject(),
              "CN=云南示例建筑有限公司,O=云南示例建筑有限公司,L=昆明市,ST=云南省,C=CN");
    EXPECT_EQ(certificate.subjectCommonName(), "云南示例建筑有限公司");
    EXPECT_EQ(certificate.issuerCommonName(), "Signet Test CA p256");
    EXPECT_EQ(certificate.issuer(), "CN=Signet Test CA p256,O=Signet Test,C=CN");
    EXPECT_EQ(certificate.notBefore(), kNow - 24h);
    EXPECT_EQ(certificate.notAfter(), kNow + 24h * 365);
    EXPECT_EQ(certificate.keyType(), KeyType::p384);
    EXPECT_EQ(certificate.keyBits(), 384);
    EXPECT_EQ(certificate.serialHex().size(), 32U);
    EXPECT_FALSE(certificate.isCa());
    EXPECT_FALSE(certificate.isSelfIssued());
    EXPECT_TRUE(pki.authority(CaKind::p256).certificate.isCa());
    EXPECT_TRUE(pki.root(CaKind::p256).certificate.isSelfIssued());
}

TEST(Certificate, key_types_of_all_enterprise_certificates) {
    auto pki = pkiAt();
    EXPECT_EQ(pki.enterprise(KeyKind::rsa2048).certificate.keyType(), KeyType::rsa);
    EXPECT_EQ(pki.enterprise(KeyKind::rsa2048).certificate.keyBits(), 2048);
    EXPECT_EQ(pki.enterprise(KeyKind::rsa3072).certificate.keyBits(), 3072);
    EXPECT_EQ(pki.enterprise(KeyKind::p256).certificate.keyType(), KeyType::p256);
    EXPECT_EQ(pki.enterprise(KeyKind::sm2).certificate.keyType(), KeyType::sm2);
}

TEST(Certificate, usage_follows_key_usage_and_extended_key_usage) {
    const struct {
        const char* keyUsage;
        const char* extended;
        bool maySign;
        bool mayAuthenticate;
    } cases[] = {
        {"critical,digitalSignature", "clientAuth", true, true},
        {"critical,digitalSignature,nonRepudiation", "serverAuth,clientAuth", true, true},
        {"", "", true, true},
        {"critical,nonRepudiation", "", false, true},
        {"critical,keyEncipherment,dataEncipherment", "clientAuth", false, true},
        {"critical,keyAgreement", "", false, true},
        {"critical,digitalSignature", "serverAuth", true, false},
        {"critical,digitalSignature", "anyExtendedKeyUsage", true, false},
        {"critical,digitalSignature", "emailProtection", true, false},
    };
    auto pki = pkiAt();
    for (const auto& row : cases) {
        Profile profile;
        profile.subject = {{"CN", "usage"}};
        profile.keyUsage = row.keyUsage;
        profile.extendedKeyUsage = row.extended;
        const auto certificate = pki.issue(profile).certificate;
        EXPECT_EQ(certificate.mayDigitallySign(), row.maySign) << row.keyUsage;
        EXPECT_EQ(certificate.mayAuthenticateClients(), row.mayAuthenticate) << row.extended;
    }
}

TEST(Certificate, unreadable_key_usage_allows_nothing) {
    auto pki = pkiAt();
    Profile profile;
    profile.subject = {{"CN", "broken"}};
    profile.keyUsage.clear();
    profile.extensions = {{"2.5.29.15", Bytes{0x05, 0x00}}};  // keyUsage that is NULL
    const auto certificate = pki.issue(profile).certificate;
    EXPECT_FALSE(certificate.mayDigitallySign());
    EXPECT_FALSE(certificate.mayAuthenticateClients());
}

TEST(Certificate, key_of_an_unknown_kind_is_other) {
    const EvpPkeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    const X509Ptr native(X509_new());
    X509_set_version(native.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(native.get()), 0);
    X509_gmtime_adj(X509_getm_notBefore(native.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(native.get()), 60);
    X509_set_pubkey(native.get(), key.get());
    ASSERT_GT(X509_sign(native.get(), key.get(), nullptr), 0);
    Bytes der(static_cast<std::size_t>(i2d_X509(native.get(), nullptr)));
    unsigned char* cursor = der.data();
    i2d_X509(native.get(), &cursor);
    const auto certificate = Certificate::fromDer(der);
    ASSERT_TRUE(certificate);
    EXPECT_EQ(certificate->keyType(), KeyType::other);
    EXPECT_EQ(certificate->serialHex(), "00");
    EXPECT_EQ(certificate->subject(), "");
}

TEST(Certificate, sm2_signature_of_the_issuer_verifies_after_every_parse) {
    auto pki = pkiAt();
    for (const bool hasNull : {false, true}) {
        Profile profile;
        profile.key = KeyKind::sm2;
        profile.subject = {{"CN", "SM2"}};
        profile.hasNullSignatureParams = hasNull;
        const auto issued = pki.issue(profile);
        const auto again = Certificate::fromDer(issued.certificate.der());
        ASSERT_TRUE(again) << hasNull;
        const auto& ca = pki.authority(CaKind::sm2);
        EXPECT_EQ(X509_verify(again->native(), ca.certificate.key()), 1) << "NULL parameters: " << hasNull;
        const X509_ALGOR* algorithm = X509_get0_tbs_sigalg(again->native());
        int parameterType = 0;
        X509_ALGOR_get0(nullptr, &parameterType, nullptr, algorithm);
        EXPECT_EQ(parameterType, hasNull ? V_ASN1_NULL : V_ASN1_UNDEF);
    }
}

Asn1StringPtr asn1(int type, std::string_view bytes) {
    Asn1StringPtr text(ASN1_STRING_type_new(type));
    ASN1_STRING_set(text.get(), bytes.data(), static_cast<int>(bytes.size()));
    return text;
}

TEST(Names, string_types_become_utf8) {
    EXPECT_EQ(utf8Text(asn1(V_ASN1_UTF8STRING, "昆明").get()), "昆明");
    EXPECT_EQ(utf8Text(asn1(V_ASN1_PRINTABLESTRING, "Kunming").get()), "Kunming");
    EXPECT_EQ(utf8Text(asn1(V_ASN1_BMPSTRING, std::string_view("\x66\x06\x66\x0e", 4)).get()), "昆明");
    EXPECT_EQ(utf8Text(asn1(V_ASN1_UTF8STRING, "\xff\xfe").get()), "");
    EXPECT_EQ(utf8Text(asn1(V_ASN1_BMPSTRING, "odd").get()), "");
}

TEST(Names, control_and_direction_characters_are_escaped) {
    EXPECT_EQ(displayable("a\nb\x7f"), "a\\0Ab\\7F");
    EXPECT_EQ(displayable(std::string("a\0b", 3)), "a\\00b");
    EXPECT_EQ(displayable("\xC2\x85"), "\\C2\\85");
    EXPECT_EQ(displayable("x\u202Egpj"), "x\\E2\\80\\AEgpj");
    EXPECT_EQ(displayable("\u2066x\u2069"), "\\E2\\81\\A6x\\E2\\81\\A9");
    EXPECT_EQ(displayable("\u200Bzero"), "\\E2\\80\\8Bzero");
    EXPECT_EQ(displayable("云南(示例)“公司”—é"), "云南(示例)“公司”—é");
    EXPECT_EQ(displayable("\xE2"), "\xE2");  // a cut character does not read past the end
}

TEST(Certificate, hostile_names_are_shown_escaped) {
    auto pki = pkiAt();
    Profile profile;
    profile.subject = {
        {"O", "Evil\nCo"}, {"CN", std::string("good.example\0.evil", 18)}, {"CN", "last\u202Ename"}};
    const auto certificate = pki.issue(profile).certificate;
    EXPECT_EQ(certificate.subjectCommonName(), "last\\E2\\80\\AEname");
    EXPECT_EQ(certificate.subject(), "CN=last\\E2\\80\\AEname,CN=good.example\\00.evil,O=Evil\\0ACo");
}

TEST(Certificate, name_without_common_name_shows_the_organisation) {
    auto pki = pkiAt();
    Profile profile;
    profile.subject = {{"C", "CN"}, {"O", "只有单位"}};
    EXPECT_EQ(pki.issue(profile).certificate.subjectCommonName(), "只有单位");
    profile.subject = {{"C", "CN"}};
    EXPECT_EQ(pki.issue(profile).certificate.subjectCommonName(), "C=CN");
}

TEST(Certificate, dates_are_written_in_utc) {
    EXPECT_EQ(dateText(kNow), "2026-10-01");
    EXPECT_EQ(timeText(kNow), "2026-10-01T08:00:00Z");
    EXPECT_EQ(timeText(TimePoint(0s)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(timeText(TimePoint(std::chrono::seconds(253402300799))), "9999-12-31T23:59:59Z");
}

TEST(Certificate, long_validity_is_read) {
    auto pki = pkiAt();
    Profile profile;
    profile.subject = {{"CN", "long"}};
    profile.endsIn = std::chrono::seconds(253402300799) - kNow.time_since_epoch();
    EXPECT_EQ(timeText(pki.issue(profile).certificate.notAfter()), "9999-12-31T23:59:59Z");
}

}  // namespace
}  // namespace signet
