// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Issue 3, point 8: a certificate request for a key on the token, existing or new, and the issuer's answer
// written beside its key. Over real processes and SoftHSM, counted by the spy.
#include "tests/pkcs11/fault_support.hpp"

#include "pkcs11/openssl_handles.hpp"
#include "pkcs11/public_key.hpp"

#include <gtest/gtest.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace signet::test {
namespace {

class Renewal : public testing::Test {
protected:
    Renewal() {
        store.addToken({.label = "lock"});
        store.addToken({.label = "other"});
    }

    void import(const std::string& kind) {
        store.importKeyAndCertificate("lock", "01", sharedKey(kind).key, sharedKey(kind).certificate, "mine");
    }
    KeyReference token(const std::string& label = "lock") {
        const auto listing = host.list();
        for (const auto& each : listing->tokens)
            if (each.info.label == label) return {each.info.slot, each.info.label, each.info.serial, {}, {}};
        throw std::runtime_error("no such token");
    }
    CertificateRequest requestFor(const std::string& kind) {
        CertificateRequest request{.key = token()};
        request.key.keyId = {1};
        request.key.certificate = sharedKey(kind).certificate;
        return request;
    }
    CertificateRequest requestNew(NewKeyKind kind) {
        auto request = requestFor("p256");
        request.key.keyId.clear();
        request.newKey = kind;
        return request;
    }
    CertificateInstallRequest installOf(const Bytes& certificate, const std::string& label = "lock") {
        CertificateInstallRequest request{.token = token(label)};
        request.token.certificate = certificate;
        return request;
    }
    std::vector<TokenCertificate> certificates(const std::string& label = "lock") {
        const auto listing = host.list();
        for (const auto& each : listing->tokens)
            if (each.info.label == label) return each.certificates;
        return {};
    }

    SoftHsmStore store;
    SpyModule spy{SoftHsmStore::modulePath()};
    TokenHostClient host{hostProgram(), spy.modulePath()};
};

RequestHandle parsed(const Bytes& der) {
    const auto* position = der.data();
    return RequestHandle(d2i_X509_REQ(nullptr, &position, static_cast<long>(der.size())));
}

/// What an issuer's own tool says of it.
bool isAcceptedByOpenssl(const Bytes& der, const std::filesystem::path& folder) {
    const auto file = folder / "request.der";
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(der.data()), static_cast<long>(der.size()));
    return std::system(
               ("openssl req -inform DER -verify -noout -in " + file.string() + " 2>/dev/null").c_str()) == 0;
}

bool hasKey(const X509_REQ* request, const KeyAndCertificate& key) {
    const auto expected = publicKeyOf(key.certificate);
    return EVP_PKEY_eq(X509_REQ_get0_pubkey(const_cast<X509_REQ*>(request)), expected->get()) == 1;
}

class RenewalOfEachKind : public Renewal, public testing::WithParamInterface<const char*> {};

TEST_P(RenewalOfEachKind, existingKey_givesARequestThatVerifies) {
    import(GetParam());
    std::filesystem::remove(spy.logPath());
    const auto reply = host.requestCertificate(requestFor(GetParam()), secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    const auto request = parsed(reply->request);
    ASSERT_TRUE(request);
    EXPECT_TRUE(hasKey(request.get(), sharedKey(GetParam())));
    EXPECT_TRUE(isAcceptedByOpenssl(reply->request, store.folder()));
    EXPECT_EQ(reply->keyId, Bytes{1});
    EXPECT_EQ(spy.callsOf("C_Login").size(), 1U);
    EXPECT_EQ(spy.callsOf("C_Sign").size(), 1U);
    EXPECT_TRUE(spy.callsOf("C_CreateObject").empty());
    EXPECT_EQ(certificates().size(), 1U);
    // The module is finalised; the next command has a host of its own, and the login works.
    EXPECT_TRUE(host.list());
}

INSTANTIATE_TEST_SUITE_P(Kinds, RenewalOfEachKind, testing::Values("rsa2048", "rsa3072", "p256", "p384"));

class RenewalWithANewKey : public Renewal, public testing::WithParamInterface<NewKeyKind> {};

TEST_P(RenewalWithANewKey, keyStaysOnTheTokenAndTheRequestVerifies) {
    import("p256");
    const auto reply = host.requestCertificate(requestNew(GetParam()), secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    const auto request = parsed(reply->request);
    ASSERT_TRUE(request);
    EXPECT_FALSE(hasKey(request.get(), sharedKey("p256")));
    EXPECT_TRUE(isAcceptedByOpenssl(reply->request, store.folder()));
    EXPECT_NE(reply->keyId, Bytes{1});
    // The subject is that of the certificate.
    const auto* position = sharedKey("p256").certificate.data();
    const CertificateHandle old(
        d2i_X509(nullptr, &position, static_cast<long>(sharedKey("p256").certificate.size())));
    EXPECT_EQ(X509_NAME_cmp(X509_REQ_get_subject_name(request.get()), X509_get_subject_name(old.get())), 0);
}

INSTANTIATE_TEST_SUITE_P(Kinds, RenewalWithANewKey, testing::ValuesIn(kNewKeyKinds),
                         [](const auto& kind) { return std::string(toString(kind.param)); });

TEST_F(Renewal, requestWithAWrongPin_isSentOnceAndMakesNothing) {
    import("p256");
    const auto reply = host.requestCertificate(requestNew(NewKeyKind::p256), secret("654321"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(spy.callsOf("C_Login").size(), 1U);
    EXPECT_TRUE(spy.callsOf("C_GenerateKeyPair").empty());
    const auto shorter = host.requestCertificate(requestNew(NewKeyKind::p256), secret("1"));
    ASSERT_FALSE(shorter);
    EXPECT_EQ(shorter.error().reason, "pin_length");
    EXPECT_EQ(spy.callsOf("C_Login").size(), 1U);
}

TEST_F(Renewal, certificateThatIsGone_isNamedWithoutThePin) {
    import("p256");
    auto request = requestFor("p256");
    request.key.keyId = {7};
    const auto reply = host.requestCertificate(request, secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().reason, "certificate_gone");
    EXPECT_TRUE(spy.callsOf("C_Login").empty());
}

TEST_F(Renewal, certificateWithoutItsKey_isKeyMissing) {
    store.importCertificate("lock", "01", sharedKey("p256").certificate);
    const auto reply = host.requestCertificate(requestFor("p256"), secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::noCertificate) << reply.error().detail;
    EXPECT_EQ(reply.error().reason, "key_missing");
}

TEST_F(Renewal, keyThatAuthenticatesAlways_signs) {
    store.importAlwaysAuthenticateKey("lock", "01", sharedKey("rsa2048").key);
    store.importCertificate("lock", "01", sharedKey("rsa2048").certificate);
    const auto reply = host.requestCertificate(requestFor("rsa2048"), secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(isAcceptedByOpenssl(reply->request, store.folder()));
    EXPECT_EQ(spy.callsOf("C_Login").size(), 2U);  // the second is what the key itself demands
}

// ---- the answer ----

TEST_F(Renewal, answer_isWrittenBesideItsKeyAndTheOldOneStays) {
    import("p256");
    const auto renewed = renewedCertificate(sharedKey("p256"));
    std::filesystem::remove(spy.logPath());
    const auto reply = host.installCertificate(installOf(renewed), secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_EQ(reply->keyId, Bytes{1});
    EXPECT_EQ(reply->label, "mine");
    EXPECT_EQ(spy.callsOf("C_Login").size(), 1U);
    EXPECT_TRUE(spy.callsOf("C_DestroyObject").empty());
    const auto listed = certificates();
    ASSERT_EQ(listed.size(), 2U);
    for (const auto& each : listed) {
        EXPECT_EQ(each.id, Bytes{1});
        EXPECT_TRUE(each.hasPrivateKey);
    }
    EXPECT_TRUE(std::ranges::any_of(listed, [&](const auto& each) { return each.der == renewed; }));
    // Both sign.
    for (std::size_t i = 0; i < 2; ++i) {
        SignRequest request;
        request.key = token();
        request.key.keyId = listed[i].id;
        request.key.certificate = listed[i].der;
        request.algorithms = {Algorithm::es256};
        request.statements = {statementFor(Algorithm::es256)};
        const auto signature = host.sign(request, secret("123456"));
        ASSERT_TRUE(signature) << signature.error().detail;
        EXPECT_TRUE(verifies(request, *signature, sharedKey("p256")));
    }
}

/// The whole way with a key that the token made: it has no certificate yet to be found by.
TEST_F(Renewal, answerForANewKey_isWrittenBesideIt) {
    import("p256");
    const auto requested = host.requestCertificate(requestNew(NewKeyKind::rsa2048), secret("123456"));
    ASSERT_TRUE(requested) << requested.error().detail;
    const auto answer = renewedCertificate(X509_REQ_get0_pubkey(parsed(requested->request).get()));
    const auto reply = host.installCertificate(installOf(answer), secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_EQ(reply->keyId, requested->keyId);
    EXPECT_EQ(certificates().size(), 2U);
}

TEST_F(Renewal, answersThatDoNotFit_areNamedAndChangeNothing) {
    import("rsa2048");
    const auto outcome = [&](const Bytes& certificate, const std::string& label = "lock") {
        const auto reply = host.installCertificate(installOf(certificate, label), secret("123456"));
        return reply ? "ok" : std::string(errorInfo(reply.error().code).name) + "/" + reply.error().reason;
    };
    EXPECT_EQ(outcome(makeKeyAndCertificate("p256").certificate), "bad_request/does_not_fit");
    EXPECT_EQ(outcome(sharedKey("rsa2048").certificate), "bad_request/already_installed");
    EXPECT_EQ(outcome(renewedCertificate(sharedKey("rsa2048")), "other"), "bad_request/does_not_fit");
    EXPECT_EQ(outcome({0x30, 0x00}), "no_certificate/certificate_malformed");
    store.importPublicKey("other", "05", sharedKey("p384").publicKey);
    EXPECT_EQ(outcome(sharedKey("p384").certificate, "other"), "no_certificate/key_missing");
    EXPECT_TRUE(spy.callsOf("C_CreateObject").empty());
    EXPECT_EQ(certificates().size(), 1U);
}

TEST_F(Renewal, installWithAWrongPin_isSentOnceAndWritesNothing) {
    import("p256");
    const auto reply =
        host.installCertificate(installOf(renewedCertificate(sharedKey("p256"))), secret("654321"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(spy.callsOf("C_Login").size(), 1U);
    EXPECT_TRUE(spy.callsOf("C_CreateObject").empty());
}

}  // namespace
}  // namespace signet::test
