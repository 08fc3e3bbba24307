// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Listing of real SoftHSM tokens in this process.
#include "pkcs11/token_reader.hpp"

#include "pkcs11/ck_find.hpp"
#include "pkcs11/ck_token.hpp"
#include "pkcs11/module_calls.hpp"
#include "tests/doubles/fake_module_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace signet::test {
namespace {

struct Reader : testing::Test {
    TokenListing list() {
        auto calls = ModuleCalls::load(SoftHsmStore::modulePath());
        EXPECT_TRUE(calls);
        auto listing = calls->list();
        EXPECT_TRUE(listing);
        return *listing;
    }
    static const Token& token(const TokenListing& listing, const std::string& label) {
        for (const auto& each : listing.tokens)
            if (each.info.label == label) return each;
        throw std::runtime_error("no token " + label);
    }
    static const TokenCertificate& certificate(const Token& token, const Bytes& id) {
        for (const auto& each : token.certificates)
            if (each.id == id) return each;
        throw std::runtime_error("no such certificate");
    }

    SoftHsmStore store;
    const KeyAndCertificate& p256 = sharedKey("p256");
    const KeyAndCertificate& rsa = sharedKey("rsa2048");
};

TEST_F(Reader, token_isDescribed) {
    store.addToken({.label = "印信测试"});
    const auto listing = list();
    const auto& info = token(listing, "印信测试").info;
    EXPECT_TRUE(info.isInitialized);
    EXPECT_TRUE(info.isUserPinSet);
    EXPECT_TRUE(info.isLoginRequired);
    EXPECT_FALSE(info.hasProtectedPath);
    EXPECT_EQ(info.manufacturer, "SoftHSM project");
    EXPECT_EQ(info.model, "SoftHSM v2");
    EXPECT_EQ(info.serial.size(), 16U);
    EXPECT_EQ(info.minPinBytes, 4U);
    EXPECT_EQ(info.maxPinBytes, 255U);
    EXPECT_EQ(info.triesLeft, std::nullopt);
    EXPECT_EQ(listing.moduleDescription, "Implementation of PKCS11 (SoftHSM) 2.6");
}

TEST_F(Reader, certificates_haveIdLabelAndDer) {
    store.addToken({.label = "t"});
    store.importKeyAndCertificate("t", "01", p256.key, p256.certificate, "签名证书");
    store.importKeyAndCertificate("t", "0a0b", rsa.key, rsa.certificate);
    const auto listing = list();
    const auto& certificates = token(listing, "t").certificates;
    ASSERT_EQ(certificates.size(), 2U);
    EXPECT_EQ(certificate(token(listing, "t"), {1}).label, "签名证书");
    EXPECT_EQ(certificate(token(listing, "t"), {1}).der, p256.certificate);
    EXPECT_EQ(certificate(token(listing, "t"), {0x0a, 0x0b}).der, rsa.certificate);
}

/// SoftHSM's keys are CKA_PRIVATE, and no public key object was written: nothing of them is visible before a
/// login.
TEST_F(Reader, noKeyObjectVisible_everyCertificateIsTakenToHaveItsKey) {
    store.addToken({.label = "t"});
    store.importKeyAndCertificate("t", "01", p256.key, p256.certificate);
    store.importCertificate("t", "02", rsa.certificate);
    const auto listing = list();
    EXPECT_TRUE(certificate(token(listing, "t"), {1}).hasPrivateKey);
    EXPECT_TRUE(certificate(token(listing, "t"), {2}).hasPrivateKey);
}

TEST_F(Reader, publicKeysVisible_onlyTheirCertificatesHaveKeys) {
    store.addToken({.label = "t"});
    store.importKeyAndCertificate("t", "01", p256.key, p256.certificate);
    store.importPublicKey("t", "01", p256.publicKey);
    store.importCertificate("t", "02", rsa.certificate);
    const auto listing = list();
    EXPECT_TRUE(certificate(token(listing, "t"), {1}).hasPrivateKey);
    EXPECT_FALSE(certificate(token(listing, "t"), {2}).hasPrivateKey);
}

/// A slot with a token that nobody has initialised: listed without certificates (libp11 never returns here).
TEST_F(Reader, uninitialisedToken_isListedAsSuch) {
    store.addToken({.label = "t"});
    const auto listing = list();
    ASSERT_EQ(listing.tokens.size(), 2U);
    const auto empty = std::find_if(listing.tokens.begin(), listing.tokens.end(),
                                    [](const Token& t) { return !t.info.isInitialized; });
    ASSERT_NE(empty, listing.tokens.end());
    EXPECT_TRUE(empty->certificates.empty());
    EXPECT_TRUE(listing.faults.empty());
}

TEST_F(Reader, tokens_keepTheirOwnCertificates) {
    store.addToken({.label = "a"});
    store.addToken({.label = "b"});
    store.importKeyAndCertificate("a", "01", p256.key, p256.certificate);
    store.importKeyAndCertificate("b", "01", rsa.key, rsa.certificate);
    const auto listing = list();
    EXPECT_EQ(token(listing, "a").certificates.at(0).der, p256.certificate);
    EXPECT_EQ(token(listing, "b").certificates.at(0).der, rsa.certificate);
    EXPECT_NE(token(listing, "a").info.slot, token(listing, "b").info.slot);
}

/// A certificate object for the life of a session; whatever it holds.
struct SessionCertificate {
    SessionCertificate(const Session& session, Bytes content) : value(std::move(content)) {
        CK_OBJECT_CLASS objectClass = CKO_CERTIFICATE;
        CK_CERTIFICATE_TYPE type = CKC_X_509;
        CK_BBOOL no = CK_FALSE;
        std::array<std::uint8_t, 1> subject{0x30};
        std::array attributes{
            criterion(CKA_CLASS, objectClass), criterion(CKA_CERTIFICATE_TYPE, type),
            criterion(CKA_TOKEN, no),          criterion(CKA_PRIVATE, no),
            criterion(CKA_SUBJECT, subject),   CK_ATTRIBUTE{CKA_VALUE, value.data(), value.size()}};
        CK_OBJECT_HANDLE handle = 0;
        EXPECT_EQ(
            session.api().C_CreateObject(session.handle(), attributes.data(), attributes.size(), &handle),
            CKR_OK);
    }
    Bytes value;
};

// Issue 3, point 4: a certificate of 64 KiB. It works; a larger one is left out, and that is said.
TEST_F(Reader, certificateOver64KiB_isLeftOutAndCounted) {
    store.addToken({.label = "t"});
    store.importKeyAndCertificate("t", "01", p256.key, p256.certificate);
    const auto module = Module::load(SoftHsmStore::modulePath());
    const auto session = Session::open(*module, slotsWithToken(*module)->at(0));
    const SessionCertificate largest(*session, Bytes(64 * 1024, 1));
    const SessionCertificate tooLarge(*session, Bytes(64 * 1024 + 1, 2));
    const auto listing = list();
    const auto& certificates = token(listing, "t").certificates;
    ASSERT_EQ(certificates.size(), 2U);
    EXPECT_TRUE(std::any_of(certificates.begin(), certificates.end(),
                            [&](const auto& c) { return c.der == largest.value; }));
    EXPECT_EQ(token(listing, "t").leftOutCertificates, 1U);
    EXPECT_TRUE(listing.faults.empty());
}

TEST_F(Reader, moreThan64Certificates_areLeftOutAndCounted) {
    store.addToken({.label = "t"});
    const auto module = Module::load(SoftHsmStore::modulePath());
    const auto session = Session::open(*module, slotsWithToken(*module)->at(0));
    for (int i = 0; i < 70; ++i) const SessionCertificate one(*session, Bytes(100, 1));
    const auto listing = list();
    EXPECT_EQ(token(listing, "t").certificates.size(), 64U);
    EXPECT_EQ(token(listing, "t").leftOutCertificates, 6U);
}

/// A module that touches nothing of the template when one attribute is not there: the buffers still hold what
/// the object before had.
TEST(ReaderOfAPartialAnswer, values_areThoseOfTheirOwnObject) {
    for (const char* code :
         {"CKR_ATTRIBUTE_TYPE_INVALID", "CKR_ATTRIBUTE_SENSITIVE", "CKR_BUFFER_TOO_SMALL"}) {
        SCOPED_TRACE(code);
        FakeModule fake;
        fake.addToken();
        const FakeKeyParts certificateOnly{.hasPrivateKey = false, .hasPublicKey = false};
        fake.addKey(std::string(128, 'a'), sharedKey("rsa2048"), certificateOnly);
        fake.addKey("02", sharedKey("p256"), certificateOnly);
        fake.setFaults({"C_GetAttributeValue 2 return " + std::string(code)});
        auto calls = ModuleCalls::load(fake.modulePath());
        ASSERT_TRUE(calls);
        const auto listing = calls->list();
        ASSERT_TRUE(listing);
        ASSERT_EQ(listing->tokens.at(0).certificates.size(), 2U);
        EXPECT_EQ(listing->tokens[0].certificates[0].der, sharedKey("rsa2048").certificate);
        EXPECT_EQ(listing->tokens[0].certificates[1].der, sharedKey("p256").certificate);
        EXPECT_EQ(listing->tokens[0].certificates[1].id, Bytes{2});
    }
}

}  // namespace
}  // namespace signet::test
