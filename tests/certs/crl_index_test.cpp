// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/crl_index.hpp"

#include "base/encoding.hpp"
#include "certs/der_reader.hpp"
#include "certs/test_pki/issue.hpp"
#include "certs/test_pki/must.hpp"
#include "certs/test_pki/revocation_data.hpp"

#include <gtest/gtest.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <functional>

namespace signet {
namespace {

using namespace std::chrono_literals;
using RevokedPtr = std::unique_ptr<X509_REVOKED, Free<&X509_REVOKED_free>>;
using Asn1IntegerPtr = std::unique_ptr<ASN1_INTEGER, Free<&ASN1_INTEGER_free>>;
using Asn1TimePtr = std::unique_ptr<ASN1_TIME, Free<&ASN1_TIME_free>>;

TestPki& pkiWithCrl() {
    static TestPki made({.crlUrl = "http://crl.test/a.crl"});
    return made;
}

const Authority& ca() {
    return pkiWithCrl().authority(CaKind::p256);
}

CrlOptions options() {
    CrlOptions made;
    made.thisUpdate = pkiWithCrl().now() - 1h;
    made.nextUpdate = pkiWithCrl().now() + 24h;
    return made;
}

/// A CRL of the CA, changed by hand and signed again.
Bytes changedCrl(const std::function<void(X509_CRL*)>& change, const CrlOptions& from = options(),
                 const EVP_MD* digest = EVP_sha256()) {
    const auto der = makeCrl(ca(), from);
    const unsigned char* cursor = der.data();
    const X509CrlPtr crl(d2i_X509_CRL(nullptr, &cursor, static_cast<long>(der.size())));
    change(crl.get());
    must(X509_CRL_sign(crl.get(), ca().key.get(), digest) > 0, "CRL signature");
    return encoded(&i2d_X509_CRL, crl.get(), "CRL");
}

void addExtension(X509_CRL* crl, const char* name, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, ca().certificate.native(), nullptr, nullptr, crl, 0);
    const X509ExtensionPtr extension(X509V3_EXT_conf(nullptr, &context, name, value));
    must(extension != nullptr && X509_CRL_add_ext(crl, extension.get(), -1) == 1, name);
}

void addSerial(X509_CRL* crl, const Bytes& serial) {
    const RevokedPtr revoked(X509_REVOKED_new());
    const BignumPtr number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    const Asn1IntegerPtr integer(BN_to_ASN1_INTEGER(number.get(), nullptr));
    const Asn1TimePtr time(ASN1_TIME_set(nullptr, pkiWithCrl().now().time_since_epoch().count()));
    X509_REVOKED_set_serialNumber(revoked.get(), integer.get());
    X509_REVOKED_set_revocationDate(revoked.get(), time.get());
    must(X509_CRL_add0_revoked(crl, X509_REVOKED_dup(revoked.get())) == 1, "entry");
}

Certificate withSerial(const Bytes& serial) {
    const X509Ptr copy(X509_dup(pkiWithCrl().enterprise().certificate.native()));
    const BignumPtr number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(copy.get()));
    must(X509_sign(copy.get(), ca().key.get(), EVP_sha256()) > 0, "signature");
    return must(Certificate::fromDer(encoded(&i2d_X509, copy.get(), "certificate")), "certificate");
}

/// Signs a changed CRL again, also one that OpenSSL would not read.
Bytes signedAgain(BytesView der) {
    DerReader parts(DerReader(der).next()->content);
    const auto body = parts.next()->whole;
    const auto algorithm = parts.next()->whole;
    const Signer signer(ca().key.get());
    std::size_t length = 0;
    must(EVP_DigestSign(signer.get(), nullptr, &length, body.data(), body.size()) == 1, "size");
    Bytes signature(length);
    must(EVP_DigestSign(signer.get(), signature.data(), &length, body.data(), body.size()) == 1, "signature");
    signature.resize(length);
    signature.insert(signature.begin(), 0);  // unused bits
    Bytes content(body.begin(), body.end());
    content.insert(content.end(), algorithm.begin(), algorithm.end());
    const auto value = derValue(0x03, signature);
    content.insert(content.end(), value.begin(), value.end());
    return derValue(0x30, content);
}

std::string reasonOf(Bytes der, const Certificate& issuer = ca().certificate) {
    const auto index = CrlIndex::fromDer(std::move(der), issuer, pkiWithCrl().now());
    if (index) return "accepted";
    EXPECT_EQ(index.error().code, ErrorCode::revocationUnknown);
    return index.error().reason;
}

TEST(CrlIndex, emptyList_revokesNobody) {
    const auto index =
        CrlIndex::fromDer(makeCrl(ca(), options()), ca().certificate, pkiWithCrl().now()).value();
    EXPECT_EQ(index.size(), 0U);
    EXPECT_FALSE(index.find(pkiWithCrl().enterprise().certificate));
    EXPECT_EQ(index.nextUpdate(), pkiWithCrl().now() + 24h);
}

TEST(CrlIndex, entries_areFoundWithDateAndReason) {
    auto with = options();
    with.revoked = {{pkiWithCrl().revoked().certificate, pkiWithCrl().now() - 3h, 1},
                    {pkiWithCrl().person().certificate, pkiWithCrl().now() - 5h, -1}};
    const auto index = CrlIndex::fromDer(makeCrl(ca(), with), ca().certificate, pkiWithCrl().now()).value();
    EXPECT_EQ(index.find(pkiWithCrl().revoked().certificate)->revokedAt, pkiWithCrl().now() - 3h);
    EXPECT_EQ(index.find(pkiWithCrl().revoked().certificate)->reason, 1);
    EXPECT_EQ(index.find(pkiWithCrl().person().certificate)->revokedAt, pkiWithCrl().now() - 5h);
    EXPECT_EQ(index.find(pkiWithCrl().person().certificate)->reason, 0);
    EXPECT_FALSE(index.find(pkiWithCrl().enterprise().certificate));
}

TEST(CrlIndex, removedFromCrl_isNotRevoked) {
    auto with = options();
    with.revoked = {{pkiWithCrl().revoked().certificate, pkiWithCrl().now() - 3h, 8}};
    EXPECT_FALSE(CrlIndex::fromDer(makeCrl(ca(), with), ca().certificate, pkiWithCrl().now())
                     ->find(pkiWithCrl().revoked().certificate));
}

TEST(CrlIndex, manyEntriesOfEveryLength_areAllFound) {
    std::vector<Bytes> serials;
    for (std::uint32_t i = 0; i < 50000; ++i) {
        Bytes serial(1 + i % 19, static_cast<std::uint8_t>(1 + i % 127));
        for (std::size_t byte = 0; byte < serial.size() && byte < 4; ++byte)
            serial[serial.size() - 1 - byte] =
                static_cast<std::uint8_t>((i >> (8 * byte)) | (byte == 0 ? 1 : 0));
        serials.push_back(std::move(serial));
    }
    const Bytes tooLong(40, 0x41);
    serials.push_back(tooLong);
    const auto der = changedCrl([&](X509_CRL* crl) {
        for (const auto& serial : serials) addSerial(crl, serial);
    });
    const auto index = CrlIndex::fromDer(der, ca().certificate, pkiWithCrl().now()).value();
    EXPECT_EQ(index.size(), serials.size());
    for (std::size_t i = 0; i < serials.size(); i += 997)
        EXPECT_TRUE(index.find(withSerial(serials[i]))) << i;
    EXPECT_TRUE(index.find(withSerial(tooLong)));
    EXPECT_FALSE(index.find(withSerial(Bytes(39, 0x41))));
    EXPECT_FALSE(index.find(withSerial(Bytes(20, 0x7F))));
}

TEST(CrlIndex, unusableLists_areNamed) {
    auto expired = options();
    expired.nextUpdate = pkiWithCrl().now() - 6min;
    auto future = options();
    future.thisUpdate = pkiWithCrl().now() + 6min;
    auto endless = options();
    endless.nextUpdate.reset();
    auto trailing = makeCrl(ca(), options());
    trailing.push_back(0);
    EXPECT_EQ(reasonOf(makeCrl(ca(), expired)), "answer_expired");
    EXPECT_EQ(reasonOf(makeCrl(ca(), future)), "answer_not_yet_valid");
    EXPECT_EQ(reasonOf(makeCrl(ca(), endless)), "crl_malformed");
    EXPECT_EQ(reasonOf(makeCrl(pkiWithCrl().authority(CaKind::rsa), options())), "crl_issuer");
    EXPECT_EQ(reasonOf(trailing), "crl_malformed");
    EXPECT_EQ(reasonOf({}), "crl_malformed");
    EXPECT_EQ(reasonOf(Bytes(1000, 0x30)), "crl_malformed");
    EXPECT_EQ(reasonOf(changedCrl([](X509_CRL*) {}, options(), EVP_sha1())), "weak_signature");
    EXPECT_EQ(reasonOf(changedCrl([](X509_CRL*) {})), "accepted");
}

// A padded serial number would not be found, so the list is refused as a whole.
TEST(CrlIndex, paddedSerialNumber_isRefused) {
    const auto leaf = pkiWithCrl().revoked().certificate;
    auto with = options();
    with.revoked = {{leaf, pkiWithCrl().now() - 3h}};
    const auto good = makeCrl(ca(), with);
    const auto serial = fromHex(leaf.serialHex()).value();
    const auto at = std::search(good.begin(), good.end(), serial.begin(), serial.end()) - good.begin();
    const auto withStart = [&](std::uint8_t first, std::uint8_t second) {
        auto changed = good;
        changed[static_cast<std::size_t>(at)] = first;
        changed[static_cast<std::size_t>(at) + 1] = second;
        return signedAgain(changed);
    };
    EXPECT_EQ(reasonOf(signedAgain(good)), "accepted");
    EXPECT_EQ(reasonOf(withStart(0x00, 0x80)), "accepted");
    EXPECT_EQ(reasonOf(withStart(0xFF, 0x7F)), "accepted");
    EXPECT_EQ(reasonOf(withStart(0x00, 0x7F)), "crl_malformed");
    EXPECT_EQ(reasonOf(withStart(0xFF, 0x80)), "crl_malformed");
}

TEST(CrlIndex, issuerThatMayNotSignCrls_isRefused) {
    Profile profile;
    profile.subject = {{"CN", "CA without cRLSign"}};
    profile.keyUsage = "critical,keyCertSign";
    profile.extendedKeyUsage.clear();
    profile.isCa = true;
    auto key = makeKey(KeyKind::p256);
    const auto certificate = makeCertificate(profile, key.get(), {nullptr, key.get()}, pkiWithCrl().now());
    const Authority without{certificate, std::move(key), {}};
    EXPECT_EQ(reasonOf(makeCrl(without, options()), certificate), "crl_issuer");
}

TEST(CrlIndex, entryWithACriticalExtension_isRefused) {
    const auto with = [](const char* name, const char* value) {
        return changedCrl([&](X509_CRL* crl) {
            addSerial(crl, {0x41});
            const X509ExtensionPtr extension(X509V3_EXT_conf(nullptr, nullptr, name, value));
            auto* entry = sk_X509_REVOKED_value(X509_CRL_get_REVOKED(crl), 0);
            must(extension && X509_REVOKED_add_ext(entry, extension.get(), -1) == 1, "entry extension");
        });
    };
    // certificateIssuer, as in an indirect CRL
    EXPECT_EQ(reasonOf(with("2.5.29.29", "critical,DER:3000")), "crl_scope");
    EXPECT_EQ(reasonOf(with("1.2.3.4", "critical,DER:0500")), "crl_scope");
    EXPECT_EQ(reasonOf(with("1.2.3.4", "DER:0500")), "accepted");
    EXPECT_EQ(reasonOf(with("2.5.29.21", "critical,DER:0A0101")), "accepted");
}

TEST(CrlIndex, forgedList_isRefused) {
    Authority impostor{ca().certificate, makeKey(KeyKind::p256), {}};
    EXPECT_EQ(reasonOf(makeCrl(impostor, options())), "answer_signature");
    auto flipped = makeCrl(ca(), options());
    flipped.back() ^= 1;
    EXPECT_EQ(reasonOf(flipped), "answer_signature");
}

TEST(CrlIndex, everyFlippedByteAndEveryCut_isRefused) {
    auto with = options();
    with.revoked = {{pkiWithCrl().revoked().certificate, pkiWithCrl().now() - 3h}};
    const auto good = makeCrl(ca(), with);
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto changed = good;
        changed[i] ^= 0x01;
        EXPECT_NE(reasonOf(changed), "accepted") << i;
        EXPECT_NE(reasonOf(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(i))), "accepted")
            << i;
    }
}

TEST(CrlIndex, deltaIndirectAndPartialLists_areRefused) {
    const auto with = [](const char* name, const char* value) {
        return changedCrl([&](X509_CRL* crl) { addExtension(crl, name, value); });
    };
    EXPECT_EQ(reasonOf(with("2.5.29.27", "critical,DER:020101")), "crl_scope");
    EXPECT_EQ(reasonOf(with("2.5.29.28", "critical,DER:30038401FF")), "crl_scope");
    EXPECT_EQ(reasonOf(with("2.5.29.28", "critical,DER:300483020640")), "crl_scope");
    EXPECT_EQ(reasonOf(with("1.2.3.4", "critical,DER:0500")), "crl_scope");
    EXPECT_EQ(reasonOf(with("1.2.3.4", "DER:0500")), "accepted");
    EXPECT_EQ(reasonOf(with("2.5.29.28", "critical,DER:3000")), "accepted");
    EXPECT_EQ(reasonOf(with("2.5.29.28", "critical,DER:31")), "crl_malformed");
}

/// IssuingDistributionPoint with the URI http://crl.test/<name>.
Bytes partitionedCrl(std::string_view name) {
    const auto uri = derValue(0x86, bytesOf("http://crl.test/" + std::string(name)));
    const auto point = derValue(0x30, derValue(0xA0, derValue(0xA0, uri)));
    const auto text = "critical,DER:" + toHex(point);
    return changedCrl([&](X509_CRL* crl) { addExtension(crl, "2.5.29.28", text.c_str()); });
}

/// An attacker on the way may swap the parts of a CRL: each is signed and fresh.
TEST(CrlIndex, anotherPartition_doesNotSpeakForTheCertificate) {
    const auto leaf = pkiWithCrl().enterprise().certificate;
    EXPECT_TRUE(
        CrlIndex::fromDer(partitionedCrl("a.crl"), ca().certificate, pkiWithCrl().now())->speaksFor(leaf));
    EXPECT_FALSE(
        CrlIndex::fromDer(partitionedCrl("b.crl"), ca().certificate, pkiWithCrl().now())->speaksFor(leaf));
}

TEST(CrlIndex, listForUsersOrCasOnly_speaksForThose) {
    const auto leaf = pkiWithCrl().enterprise().certificate;
    const auto users =
        changedCrl([](X509_CRL* crl) { addExtension(crl, "2.5.29.28", "critical,DER:30038101FF"); });
    const auto cas =
        changedCrl([](X509_CRL* crl) { addExtension(crl, "2.5.29.28", "critical,DER:30038201FF"); });
    const auto forUsers = CrlIndex::fromDer(users, ca().certificate, pkiWithCrl().now()).value();
    const auto forCas = CrlIndex::fromDer(cas, ca().certificate, pkiWithCrl().now()).value();
    EXPECT_TRUE(forUsers.speaksFor(leaf));
    EXPECT_FALSE(forUsers.speaksFor(ca().certificate));
    EXPECT_FALSE(forCas.speaksFor(leaf));
    EXPECT_TRUE(forCas.speaksFor(ca().certificate));
}

}  // namespace
}  // namespace signet
