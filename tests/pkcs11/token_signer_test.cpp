// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Signatures and PIN changes with real SoftHSM tokens in this process.
#include "pkcs11/module_calls.hpp"
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>

namespace signet::test {
namespace {

struct KindCase {
    const char* kind;
    Algorithm algorithm;
    std::size_t bytes;
};

class SignerOfEachKind : public testing::TestWithParam<KindCase> {};

std::string nameOf(const testing::TestParamInfo<KindCase>& info) {
    return std::string(info.param.kind) + "_" + std::string(toString(info.param.algorithm));
}

// R15
TEST_P(SignerOfEachKind, signature_verifies) {
    const auto& [kind, algorithm, bytes] = GetParam();
    SoftHsmStore store;
    store.addToken({.label = "t"});
    store.importKeyAndCertificate("t", "01", sharedKey(kind).key, sharedKey(kind).certificate);
    auto calls = ModuleCalls::load(SoftHsmStore::modulePath());
    ASSERT_TRUE(calls);
    const auto request = requestFor(*calls->list(), algorithm);
    const auto reply = calls->sign(request, bytesOf("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_EQ(reply->signature.size(), bytes);
    EXPECT_EQ(reply->chosen, 0U);
    EXPECT_GT(reply->signDuration.count(), 0);
    EXPECT_TRUE(verifies(request, *reply, sharedKey(kind)));
}

INSTANTIATE_TEST_SUITE_P(
    SoftHsm, SignerOfEachKind,
    testing::Values(KindCase{"rsa2048", Algorithm::rs256, 256}, KindCase{"rsa2048", Algorithm::ps256, 256},
                    KindCase{"rsa3072", Algorithm::rs256, 384}, KindCase{"rsa3072", Algorithm::ps256, 384},
                    KindCase{"p256", Algorithm::es256, 64}, KindCase{"p384", Algorithm::es384, 96}),
    nameOf);

struct Signer : testing::Test {
    Signer() : calls(start()), listing(*calls.list()) {}

    ModuleCalls start() {
        store.addToken({.label = "t"});
        store.importKeyAndCertificate("t", "01", p256.key, p256.certificate);
        return std::move(*ModuleCalls::load(SoftHsmStore::modulePath()));
    }
    /// A request for the one certificate, changed.
    SignRequest request(Algorithm algorithm = Algorithm::es256) const {
        return requestFor(listing, algorithm);
    }
    Error errorOf(const SignRequest& wanted, std::string_view pin = "123456") {
        const auto reply = calls.sign(wanted, bytesOf(pin));
        EXPECT_FALSE(reply);
        return reply ? Error{} : reply.error();
    }

    const KeyAndCertificate& p256 = sharedKey("p256");
    SoftHsmStore store;
    ModuleCalls calls;
    TokenListing listing;
};

TEST_F(Signer, firstFittingAlgorithm_isChosen) {
    auto wanted = request();
    wanted.algorithms = {Algorithm::sm2sm3, Algorithm::rs256, Algorithm::es384, Algorithm::es256};
    wanted.statements.clear();
    for (const auto algorithm : wanted.algorithms) wanted.statements.push_back(statementFor(algorithm));
    const auto reply = calls.sign(wanted, bytesOf("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_EQ(reply->chosen, 3U);
    EXPECT_TRUE(verifies(wanted, *reply, p256));
}

TEST_F(Signer, algorithmOfAnotherKind_isNotAllowed) {
    for (const auto algorithm : {Algorithm::rs256, Algorithm::es384, Algorithm::sm2sm3}) {
        const auto error = errorOf(request(algorithm));
        EXPECT_EQ(error.code, ErrorCode::algNotAllowed);
        EXPECT_EQ(error.reason, "key_type");
    }
}

/// The PIN was not looked at: the same wrong PIN leaves no trace on the token.
TEST_F(Signer, everythingThatCanBeSeenBefore_isRefusedWithoutThePin) {
    struct Case {
        ErrorCode code;
        const char* reason;
        void (*change)(SignRequest&);
    };
    for (const auto& [code, reason, change] : {
             Case{ErrorCode::invalidRequest, "not_a_statement",
                  [](SignRequest& r) { r.statements[0] = "text of a page"; }},
             Case{ErrorCode::tokenRemoved, "another_token", [](SignRequest& r) { r.key.tokenSerial = "0"; }},
             Case{ErrorCode::tokenRemoved, "another_token",
                  [](SignRequest& r) { r.key.tokenLabel = "other"; }},
             Case{ErrorCode::tokenRemoved, "slot_gone",
                  [](SignRequest& r) {
                      r.key.slot = 4711;
                      r.key.tokenSerial = "0";
                  }},
             Case{ErrorCode::noCertificate, "certificate_gone", [](SignRequest& r) { r.key.keyId = {2}; }},
             Case{ErrorCode::noCertificate, "certificate_gone",
                  [](SignRequest& r) { r.key.certificate = makeKeyAndCertificate("p256").certificate; }},
             Case{ErrorCode::noCertificate, "certificate_malformed",
                  [](SignRequest& r) {
                      r.key.certificate = {1, 2, 3};
                  }},
         }) {
        auto wanted = request();
        change(wanted);
        const auto error = errorOf(wanted, "000000");
        EXPECT_EQ(error.code, code) << reason;
        EXPECT_EQ(error.reason, reason);
    }
    EXPECT_FALSE(calls.list()->tokens.at(0).info.isPinCountLow);
}

TEST_F(Signer, pinOfWrongLength_isNotSent) {
    for (const auto& pin : {std::string(), std::string("123"), std::string(256, '1')}) {
        const auto error = errorOf(request(), pin);
        EXPECT_EQ(error.code, ErrorCode::pinIncorrect);
        EXPECT_EQ(error.reason, "pin_length");
    }
    EXPECT_FALSE(calls.list()->tokens.at(0).info.isPinCountLow);
}

TEST_F(Signer, wrongPin_isToldWithoutAGuessOfTries) {
    const auto error = errorOf(request(), "000000");
    EXPECT_EQ(error.code, ErrorCode::pinIncorrect);
    EXPECT_EQ(error.triesLeft, std::nullopt);  // SoftHSM does not tell
    EXPECT_EQ(error.detail, "C_Login: CKR_PIN_INCORRECT (0xa0)");
    EXPECT_TRUE(calls.sign(request(), bytesOf("123456")));
}

/// A certificate whose key is not there: seen only after the login, because keys are hidden before it.
TEST_F(Signer, certificateWithoutKey_isNoCertificate) {
    const auto other = makeKeyAndCertificate("p256");
    store.importCertificate("t", "02", other.certificate);
    auto wanted = request();
    wanted.key.keyId = {2};
    wanted.key.certificate = other.certificate;
    const auto error = errorOf(wanted);
    EXPECT_EQ(error.code, ErrorCode::noCertificate);
    EXPECT_EQ(error.reason, "key_missing");
}

/// The key under the certificate's CKA_ID is of another kind.
TEST_F(Signer, keyOfAnotherKind_isNoCertificate) {
    store.importCertificate("t", "01", sharedKey("rsa2048").certificate);
    auto wanted = request(Algorithm::rs256);
    wanted.key.certificate = sharedKey("rsa2048").certificate;
    const auto error = errorOf(wanted);
    EXPECT_EQ(error.code, ErrorCode::noCertificate);
    EXPECT_EQ(error.reason, "key_missing");
}

TEST_F(Signer, otherTokenInTheStore_isNotUsed) {
    store.addToken({.label = "u", .pin = "654321"});
    store.importKeyAndCertificate("u", "01", sharedKey("p384").key, sharedKey("p384").certificate);
    EXPECT_TRUE(calls.sign(request(), bytesOf("123456")));
    EXPECT_EQ(errorOf(request(), "654321").code, ErrorCode::pinIncorrect);
}

TEST_F(Signer, keyThatAuthenticatesAlways_signs) {
    const auto key = makeKeyAndCertificate("p384");
    store.importAlwaysAuthenticateKey("t", "05", key.key);
    store.importCertificate("t", "05", key.certificate);
    auto wanted = request(Algorithm::es384);
    wanted.key.keyId = {5};
    wanted.key.certificate = key.certificate;
    const auto reply = calls.sign(wanted, bytesOf("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(wanted, *reply, key));
}

TEST_F(Signer, pinChange_takesEffect) {
    ASSERT_TRUE(calls.changePin({request().key}, bytesOf("123456"), bytesOf("新口令1")));
    EXPECT_EQ(errorOf(request(), "123456").code, ErrorCode::pinIncorrect);
    EXPECT_TRUE(calls.sign(request(), bytesOf("新口令1")));
}

TEST_F(Signer, pinChangeWithWrongOldPin_changesNothing) {
    const auto changed = calls.changePin({request().key}, bytesOf("000000"), bytesOf("654321"));
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::pinIncorrect);
    EXPECT_TRUE(calls.sign(request(), bytesOf("123456")));
}

TEST_F(Signer, newPinOfWrongLength_isBadRequest) {
    for (const auto& pin : {std::string(), std::string("123"), std::string(256, '1')}) {
        const auto changed = calls.changePin({request().key}, bytesOf("123456"), bytesOf(pin));
        ASSERT_FALSE(changed);
        EXPECT_EQ(changed.error().code, ErrorCode::badRequest);
        EXPECT_EQ(changed.error().reason, "pin_length");
    }
    EXPECT_TRUE(calls.sign(request(), bytesOf("123456")));
}

TEST_F(Signer, pinChangeOfAnotherToken_isTokenRemoved) {
    auto key = request().key;
    key.tokenSerial = "0";
    const auto changed = calls.changePin({key}, bytesOf("123456"), bytesOf("654321"));
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::tokenRemoved);
}

}  // namespace
}  // namespace signet::test
