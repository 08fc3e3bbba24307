// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What an issuer answers with, in the forms that issuers use (issue 3, point 8).
#include "certs/certificate_file.hpp"

#include "base/encoding.hpp"
#include "certs/openssl.hpp"
#include "certs/test_pki/test_pki.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>

namespace signet {
namespace {

class CertificateFile : public testing::Test {
protected:
    static const Issued& issued() {
        static TestPki pki;
        static const Issued person = pki.named("enterprise-p256");
        return person;
    }
    /// Certificates only, as `openssl crl2pkcs7` makes it.
    static std::unique_ptr<PKCS7, Free<&PKCS7_free>> message() {
        std::unique_ptr<PKCS7, Free<&PKCS7_free>> made(PKCS7_new());
        PKCS7_set_type(made.get(), NID_pkcs7_signed);
        PKCS7_content_new(made.get(), NID_pkcs7_data);
        for (const auto& each : issued().chain) PKCS7_add_certificate(made.get(), each.native());
        return made;
    }
    static std::string derMessage() {
        unsigned char* der = nullptr;
        const int size = i2d_PKCS7(message().get(), &der);
        std::string text(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
        OPENSSL_free(der);
        return text;
    }
    static std::string pemMessage() {
        const BioPtr memory(BIO_new(BIO_s_mem()));
        PEM_write_bio_PKCS7(memory.get(), message().get());
        char* text = nullptr;
        const long size = BIO_get_mem_data(memory.get(), &text);
        return {text, static_cast<std::size_t>(size)};
    }
};

TEST_F(CertificateFile, everyForm_isRead) {
    const std::string der(textOf(issued().certificate.der()));
    const std::string chain = issued().chain[0].toPem() + issued().chain[1].toPem();
    struct Row {
        const char* name;
        std::string content;
        std::size_t count;
    };
    const std::vector<Row> rows{{"pem", issued().certificate.toPem(), 1},
                                {"chain", "Issued to you:\n" + chain, 2},
                                {"der", der, 1},
                                {"base64", toBase64(bytesOf(der)) + "\n", 1},
                                {"pkcs7 der", derMessage(), 2},
                                {"pkcs7 pem", pemMessage(), 2},
                                {"pkcs7 base64", toBase64(bytesOf(derMessage())), 2}};
    for (const auto& row : rows) {
        const auto found = certificatesInFile(row.content);
        ASSERT_TRUE(found) << row.name << ": " << found.error().detail;
        ASSERT_EQ(found->size(), row.count) << row.name;
        EXPECT_EQ(found->front(), issued().certificate) << row.name;
    }
}

TEST_F(CertificateFile, whatHoldsNone_isNamed) {
    const auto pem = issued().certificate.toPem();
    for (const auto& content :
         {std::string(), std::string("text"), std::string(5 * 1024 * 1024, 'A'), pem.substr(0, 300),
          std::string("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"),
          derMessage().substr(0, 90)}) {
        const auto found = certificatesInFile(content);
        ASSERT_FALSE(found);
        EXPECT_EQ(found.error().code, ErrorCode::badRequest);
        EXPECT_EQ(found.error().reason, "no_certificate_in_file");
    }
}

TEST_F(CertificateFile, moreThanSixteen_areCutOff) {
    std::string many;
    for (int i = 0; i < 20; ++i) many += issued().certificate.toPem();
    EXPECT_EQ(certificatesInFile(many)->size(), 16U);
}

}  // namespace
}  // namespace signet
