// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/signature_form.hpp"

#include <gtest/gtest.h>

#include "tests/doubles/fake_module_fixture.hpp"

namespace signet {
namespace {

constexpr CertificateKey kP256{KeyType::p256, 0};
constexpr CertificateKey kP384{KeyType::p384, 0};
constexpr CertificateKey kRsa2048{KeyType::rsa, 256};

Bytes der(std::size_t rBytes, std::size_t sBytes) {
    Bytes out{0x30, static_cast<std::uint8_t>(4 + rBytes + sBytes), 0x02, static_cast<std::uint8_t>(rBytes)};
    out.insert(out.end(), rBytes, 0x11);
    out.insert(out.end(), {0x02, static_cast<std::uint8_t>(sBytes)});
    out.insert(out.end(), sBytes, 0x22);
    return out;
}

TEST(SignatureForm, rightLengths_areKept) {
    EXPECT_EQ(toStatementForm(Algorithm::rs256, kRsa2048, Bytes(256, 1)), Bytes(256, 1));
    EXPECT_EQ(toStatementForm(Algorithm::ps256, kRsa2048, Bytes(256, 2)), Bytes(256, 2));
    EXPECT_EQ(toStatementForm(Algorithm::es256, kP256, Bytes(64, 3)), Bytes(64, 3));
    EXPECT_EQ(toStatementForm(Algorithm::es384, kP384, Bytes(96, 4)), Bytes(96, 4));
}

TEST(SignatureForm, derOfEcdsa_becomesRawOfFixedWidth) {
    Bytes expected(64, 0);
    std::fill(expected.begin() + 1, expected.begin() + 32, 0x11);  // r has 31 bytes
    std::fill(expected.begin() + 32, expected.end(), 0x22);
    EXPECT_EQ(toStatementForm(Algorithm::es256, kP256, der(31, 32)), expected);
    EXPECT_EQ(toStatementForm(Algorithm::es384, kP384, der(48, 48))->size(), 96U);
}

TEST(SignatureForm, wrongLengths_areRefused) {
    auto tooWide = der(33, 32);
    auto withRest = der(32, 32);
    withRest.push_back(0);
    for (const auto& signature : {Bytes{}, Bytes(63, 1), Bytes(65, 1), Bytes(96, 1), tooWide, withRest}) {
        const auto form = toStatementForm(Algorithm::es256, kP256, signature);
        ASSERT_FALSE(form) << signature.size();
        EXPECT_EQ(form.error().code, ErrorCode::signatureInvalid);
        EXPECT_EQ(form.error().reason, "signature_length");
    }
    EXPECT_FALSE(toStatementForm(Algorithm::rs256, kRsa2048, Bytes(255, 1)));
    EXPECT_FALSE(toStatementForm(Algorithm::rs256, kRsa2048, der(32, 32)));
}

TEST(KeyOfCertificate, kinds_areTold) {
    EXPECT_EQ(keyOfCertificate(test::sharedKey("rsa2048").certificate)->type, KeyType::rsa);
    EXPECT_EQ(keyOfCertificate(test::sharedKey("rsa2048").certificate)->modulusBytes, 256U);
    EXPECT_EQ(keyOfCertificate(test::sharedKey("p256").certificate)->type, KeyType::p256);
    EXPECT_EQ(keyOfCertificate(test::sharedKey("p384").certificate)->type, KeyType::p384);
}

TEST(KeyOfCertificate, garbage_isNoCertificate) {
    const auto key = keyOfCertificate(bytesOf("no certificate"));
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, ErrorCode::noCertificate);
}

}  // namespace
}  // namespace signet
