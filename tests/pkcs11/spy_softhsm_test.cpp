// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The number of C_Login calls is the number of PINs typed, counted between the host and SoftHSM (attack 41).
// R29
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>
#include <p11-kit/pkcs11.h>

#include <csignal>

namespace signet::test {
namespace {

struct SpiedSoftHsm : testing::Test {
    SpiedSoftHsm() {
        store.addToken({.label = "spied"});
        store.importKeyAndCertificate("spied", "01", sharedKey("p256").key, sharedKey("p256").certificate);
        store.importKeyAndCertificate("spied", "02", sharedKey("rsa2048").key,
                                      sharedKey("rsa2048").certificate);
    }

    SignRequest request(Algorithm algorithm, const KeyAndCertificate& key) {
        const auto listing = host.list();
        for (std::size_t i = 0; listing && i < listing->tokens.at(0).certificates.size(); ++i)
            if (listing->tokens[0].certificates[i].der == key.certificate)
                return requestFor(*listing, algorithm, 0, i);
        throw std::runtime_error("the certificate is not listed");
    }
    std::vector<std::string> outcomes(std::string_view function) const {
        std::vector<std::string> seen;
        for (const auto& call : spy.callsOf(function)) seen.push_back(call.outcome);
        return seen;
    }

    SoftHsmStore store;
    SpyModule spy{SoftHsmStore::modulePath()};
    TokenHostClient host{hostProgram(), spy.modulePath()};
};

TEST_F(SpiedSoftHsm, listing_needsNoLogin) {
    ASSERT_TRUE(host.list());
    EXPECT_TRUE(spy.callsOf("C_Login").empty());
    EXPECT_EQ(spy.callsOf("C_OpenSession").size(), spy.callsOf("C_CloseSession").size());
}

TEST_F(SpiedSoftHsm, signature_logsInAndOutOnce) {
    const auto wanted = request(Algorithm::es256, sharedKey("p256"));
    const auto reply = host.sign(wanted, secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(wanted, *reply, sharedKey("p256")));
    EXPECT_EQ(outcomes("C_Login"), std::vector<std::string>{"CKR_OK"});
    EXPECT_EQ(outcomes("C_Logout"), std::vector<std::string>{"CKR_OK"});
    EXPECT_EQ(spy.callsOf("C_OpenSession").size(), spy.callsOf("C_CloseSession").size());
}

/// What the token signs is the statement's hash and nothing longer.
TEST_F(SpiedSoftHsm, signature_signsAHash) {
    ASSERT_TRUE(host.sign(request(Algorithm::es256, sharedKey("p256")), secret("123456")));
    const auto signs = spy.callsOf("C_Sign");
    ASSERT_EQ(signs.size(), 1U);
    EXPECT_EQ(signs[0].number("data"), 32);
    EXPECT_EQ(signs[0].number("signature"), 64);
    for (const auto& call : spy.callsOf("C_OpenSession")) EXPECT_EQ(call.number("writable"), 0);
}

TEST_F(SpiedSoftHsm, wrongPin_isSentOnce) {
    const auto wanted = request(Algorithm::rs256, sharedKey("rsa2048"));
    const auto reply = host.sign(wanted, secret("000000"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(outcomes("C_Login"), std::vector<std::string>{"CKR_PIN_INCORRECT"});
    EXPECT_TRUE(spy.callsOf("C_Sign").empty());
    const auto listing = host.list();
    ASSERT_TRUE(listing);
    EXPECT_TRUE(listing->tokens.at(0).info.isPinCountLow);
}

TEST_F(SpiedSoftHsm, fivePinsTyped_fiveLogins) {
    const auto wanted = request(Algorithm::es256, sharedKey("p256"));
    for (const char* pin : {"000000", "123456", "111111", "123456", "123456"})
        (void)host.sign(wanted, secret(pin));
    EXPECT_EQ(outcomes("C_Login"), (std::vector<std::string>{"CKR_PIN_INCORRECT", "CKR_OK",
                                                             "CKR_PIN_INCORRECT", "CKR_OK", "CKR_OK"}));
    EXPECT_EQ(outcomes("C_Logout"), std::vector<std::string>(3, "CKR_OK"));
}

TEST_F(SpiedSoftHsm, lengthOutOfRange_isNotSent) {
    const auto reply = host.sign(request(Algorithm::es256, sharedKey("p256")), secret("123"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().reason, "pin_length");
    EXPECT_TRUE(spy.callsOf("C_Login").empty());
}

TEST_F(SpiedSoftHsm, change_isOneCallAndIsKept) {
    const auto wanted = request(Algorithm::es256, sharedKey("p256"));
    ASSERT_TRUE(host.changePin({wanted.key}, secret("123456"), secret("654321")));
    EXPECT_EQ(outcomes("C_SetPIN"), std::vector<std::string>{"CKR_OK"});
    EXPECT_TRUE(spy.callsOf("C_Login").empty());
    EXPECT_TRUE(host.sign(wanted, secret("654321")));
    const auto old = host.sign(wanted, secret("123456"));
    ASSERT_FALSE(old);
    EXPECT_EQ(old.error().code, ErrorCode::pinIncorrect);
}

TEST_F(SpiedSoftHsm, changeWithAWrongOldPin_isIncorrect) {
    const auto wanted = request(Algorithm::es256, sharedKey("p256"));
    const auto changed = host.changePin({wanted.key}, secret("000000"), secret("654321"));
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(spy.callsOf("C_SetPIN").size() + spy.callsOf("C_Login").size(), 1U);
}

/// The key wants its own login for each signature: the typed PIN serves both, and a wrong one is sent once.
TEST_F(SpiedSoftHsm, keyThatAuthenticatesAlways_signs) {
    const auto key = makeKeyAndCertificate("p256");
    store.importAlwaysAuthenticateKey("spied", "03", key.key);
    store.importCertificate("spied", "03", key.certificate);
    const auto wanted = request(Algorithm::es256, key);
    const auto reply = host.sign(wanted, secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(wanted, *reply, key));
    const auto logins = spy.callsOf("C_Login");
    ASSERT_EQ(logins.size(), 2U);
    EXPECT_EQ(logins[0].number("user"), static_cast<int>(CKU_USER));
    EXPECT_EQ(logins[1].number("user"), static_cast<int>(CKU_CONTEXT_SPECIFIC));
    ASSERT_FALSE(host.sign(wanted, secret("000000")));
    EXPECT_EQ(spy.callsOf("C_Login").size(), 3U);
}

/// A host that died costs at most a command, never a second use of a PIN.
TEST_F(SpiedSoftHsm, restartOfTheHost_sendsEachPinOnce) {
    const auto wanted = request(Algorithm::es256, sharedKey("p256"));
    std::size_t signatures = 0;
    for (int round = 0; round < 3; ++round) {
        if (host.processId() != 0) {
            ASSERT_EQ(::kill(host.processId(), SIGKILL), 0);
        }
        for (int typed = 0; typed < 2; ++typed) signatures += host.sign(wanted, secret("123456")) ? 1 : 0;
    }
    EXPECT_GE(signatures, 3U);
    EXPECT_EQ(spy.callsOf("C_Login").size(), signatures);
}

}  // namespace
}  // namespace signet::test
