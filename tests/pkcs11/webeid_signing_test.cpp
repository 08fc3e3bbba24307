// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// What the token host does for a Web eID token that it does not do for a login statement.
#include "pkcs11/module_calls.hpp"
#include "pkcs11/signature_form.hpp"
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>

namespace signet::test {
namespace {

/// Two hashes as far as the host can see.
std::string hashesFor(Algorithm algorithm) {
    return std::string(algorithm == Algorithm::es384 ? 96 : 64, '\x5a');
}

struct WebEidSigning : testing::Test {
    void addKey(const std::string& kind, std::vector<std::string> lines = {}) {
        module.addToken({.lines = std::move(lines)});
        module.addKey("01", sharedKey(kind));
    }
    SignRequest request(Algorithm algorithm, MessageKind kind = MessageKind::webEid) {
        auto asked = requestFrom(client, algorithm);
        asked.kind = kind;
        if (kind == MessageKind::webEid) asked.statements = {hashesFor(algorithm)};
        return asked;
    }
    Result<SignReply> sign(const SignRequest& asked) {
        module.clearLog();
        return client.sign(asked, SecretBytes(bytesOf("123456")));
    }
    std::size_t callsOf(std::string_view function) const { return module.callsOf(function).size(); }

    FakeModule module;
    TokenHostClient client{hostProgram(), module.modulePath()};
};

TEST_F(WebEidSigning, hashesOfEachAlgorithm_areSigned) {
    for (const auto& [kind, algorithm] :
         {std::pair{"rsa2048", Algorithm::rs256}, std::pair{"rsa2048", Algorithm::ps256},
          std::pair{"p256", Algorithm::es256}, std::pair{"p384", Algorithm::es384}}) {
        FakeModule own;
        own.addToken();
        own.addKey("01", sharedKey(kind));
        TokenHostClient host(hostProgram(), own.modulePath());
        auto asked = requestFrom(host, algorithm);
        asked.kind = MessageKind::webEid;
        asked.statements = {hashesFor(algorithm)};
        const auto reply = host.sign(asked, SecretBytes(bytesOf("123456")));
        ASSERT_TRUE(reply) << reply.error().detail;
        EXPECT_TRUE(verifies(asked, *reply, sharedKey(kind)));
    }
}

// Attack 33
TEST_F(WebEidSigning, anythingButTwoHashes_isRefusedBeforeTheToken) {
    addKey("p256");
    const auto good = request(Algorithm::es256);
    for (const auto& bad : {std::string(), std::string(32, 'a'), std::string(63, 'a'), std::string(65, 'a'),
                            std::string(96, 'a'), std::string(128, 'a'), statementFor(Algorithm::es256),
                            std::string("text of a page")}) {
        auto asked = good;
        asked.statements = {bad};
        const auto reply = sign(asked);
        ASSERT_FALSE(reply) << bad.size();
        EXPECT_EQ(reply.error().code, ErrorCode::invalidRequest);
        EXPECT_EQ(reply.error().reason, "not_web_eid");
        EXPECT_TRUE(module.calls().empty());
    }
}

// Attack 33: one kind does not open the door for the other.
TEST_F(WebEidSigning, hashesAsAStatement_areRefused) {
    addKey("p256");
    auto asked = request(Algorithm::es256);
    asked.kind = MessageKind::loginStatement;
    const auto reply = sign(asked);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().reason, "not_a_statement");
}

TEST_F(WebEidSigning, sm2_isRefusedByName) {
    addKey("p256");
    auto asked = request(Algorithm::es256);
    asked.algorithms = {Algorithm::sm2sm3};
    const auto reply = sign(asked);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().reason, "not_web_eid");
}

// Attack 41
TEST_F(WebEidSigning, spareZero_isSignedAgainInTheSameLogin) {
    addKey("p256");
    const auto asked = request(Algorithm::es256);
    module.setFaults({"C_Sign 1 spare-zero", "C_Sign 2 spare-zero"});
    const auto reply = sign(asked);
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(asked, *reply, sharedKey("p256")));
    EXPECT_FALSE(hasSpareZero(Algorithm::es256, reply->signature));
    EXPECT_EQ(callsOf("C_Sign"), 3U);
    EXPECT_EQ(callsOf("C_Login"), 1U);
    EXPECT_EQ(callsOf("C_OpenSession"), 1U);
    EXPECT_EQ(callsOf("C_Logout"), 1U);
}

TEST_F(WebEidSigning, spareZeroEachTime_endsAfterEightAndIsStillValid) {
    addKey("p256");
    const auto asked = request(Algorithm::es256);
    module.setFaults({"C_Sign 1+ spare-zero"});
    const auto reply = sign(asked);
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(asked, *reply, sharedKey("p256")));
    EXPECT_EQ(callsOf("C_Sign"), 8U);
    EXPECT_EQ(callsOf("C_Login"), 1U);
}

/// A token that allows one signature a login, say: the one that is there is valid.
TEST_F(WebEidSigning, secondSignatureFails_theFirstIsGiven) {
    for (const auto* fault : {"C_SignInit 2 return CKR_USER_NOT_LOGGED_IN",
                              "C_Sign 2 return CKR_FUNCTION_FAILED", "C_Sign 2 length 7"}) {
        FakeModule own;
        own.addToken();
        own.addKey("01", sharedKey("p256"));
        TokenHostClient host(hostProgram(), own.modulePath());
        auto asked = requestFrom(host, Algorithm::es256);
        asked.kind = MessageKind::webEid;
        asked.statements = {hashesFor(Algorithm::es256)};
        own.setFaults({"C_Sign 1 spare-zero", fault});
        const auto reply = host.sign(asked, SecretBytes(bytesOf("123456")));
        ASSERT_TRUE(reply) << fault << ": " << reply.error().detail;
        EXPECT_TRUE(verifies(asked, *reply, sharedKey("p256")));
        EXPECT_TRUE(hasSpareZero(Algorithm::es256, reply->signature));
    }
}

TEST_F(WebEidSigning, keyThatAlwaysAuthenticates_signsOnce) {
    addKey("p256", {"always-authenticate"});
    const auto asked = request(Algorithm::es256);
    module.setFaults({"C_Sign 1 spare-zero"});
    const auto reply = sign(asked);
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(asked, *reply, sharedKey("p256")));
    EXPECT_EQ(callsOf("C_Sign"), 1U);
    EXPECT_EQ(callsOf("C_Login"), 2U) << "the user's and the key's own, as for a login";
}

TEST_F(WebEidSigning, statementWithASpareZero_isSignedOnce) {
    addKey("p256");
    const auto asked = request(Algorithm::es256, MessageKind::loginStatement);
    module.setFaults({"C_Sign 1 spare-zero"});
    ASSERT_TRUE(sign(asked));
    EXPECT_EQ(callsOf("C_Sign"), 1U);
}

TEST(SpareZero, zeroThatDerLeavesOut_isSeenInRAndInS) {
    const auto raw = [](std::uint8_t r0, std::uint8_t r1, std::uint8_t s0, std::uint8_t s1,
                        std::size_t width) {
        Bytes signature(2 * width, 0x11);
        signature[0] = r0;
        signature[1] = r1;
        signature[width] = s0;
        signature[width + 1] = s1;
        return signature;
    };
    for (const auto& [algorithm, width] :
         {std::pair{Algorithm::es256, 32}, std::pair{Algorithm::es384, 48}}) {
        const auto isSeen = [&, algorithm = algorithm, width = width](int r0, int r1, int s0, int s1) {
            return hasSpareZero(algorithm, raw(static_cast<std::uint8_t>(r0), static_cast<std::uint8_t>(r1),
                                               static_cast<std::uint8_t>(s0), static_cast<std::uint8_t>(s1),
                                               static_cast<std::size_t>(width)));
        };
        EXPECT_FALSE(isSeen(0x01, 0x00, 0x7f, 0x00));
        EXPECT_FALSE(isSeen(0x00, 0x80, 0x00, 0xff)) << "DER has this zero";
        EXPECT_TRUE(isSeen(0x00, 0x7f, 0x01, 0x00));
        EXPECT_TRUE(isSeen(0x01, 0x00, 0x00, 0x00));
    }
    EXPECT_FALSE(hasSpareZero(Algorithm::rs256, Bytes(256, 0)));
    EXPECT_FALSE(hasSpareZero(Algorithm::es256, Bytes(63, 0)));
    EXPECT_FALSE(hasSpareZero(Algorithm::es256, {}));
}

}  // namespace
}  // namespace signet::test
