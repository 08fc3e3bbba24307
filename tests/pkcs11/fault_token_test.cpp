// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Odd tokens: several at once, the same labels, parts of a key missing, removal at each step (attacks 33,
// 45).
#include "tests/pkcs11/fault_support.hpp"

#include "base/encoding.hpp"
#include "pkcs11/module_calls.hpp"

#include <gtest/gtest.h>

namespace signet::test {
namespace {

TEST(OddTokens, sameLabelTwice_eachSignsWithItsOwnPin) {
    FakeModule fake;
    fake.addToken({.slot = 3, .serial = "A", .pinSha256 = FakeToken::sha256OfPin("1111")});
    fake.addKey("01", sharedKey("p256"));
    fake.addToken({.slot = 9, .serial = "B", .pinSha256 = FakeToken::sha256OfPin("2222")});
    fake.addKey("01", sharedKey("rsa2048"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    const auto listing = host.list();
    ASSERT_TRUE(listing);
    ASSERT_EQ(listing->tokens.size(), 2U);
    const auto second = requestFor(*listing, Algorithm::rs256, 1);
    const auto reply = host.sign(second, secret("2222"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(second, *reply, sharedKey("rsa2048")));
    EXPECT_TRUE(host.sign(requestFor(*listing, Algorithm::es256, 0), secret("1111")));
}

/// Another token in the same slot since the listing: it never gets this PIN, though label and key number
/// agree.
TEST(OddTokens, anotherTokenInTheSlot_getsNoPin) {
    FakeModule fake;
    fake.addToken({.serial = "A"}).addKey("01", sharedKey("p256"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    auto request = requestFrom(host, Algorithm::es256);
    request.key.tokenSerial = "B";
    const auto reply = host.sign(request, secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::tokenRemoved);
    EXPECT_TRUE(fake.callsOf("C_Login").empty());
}

/// A module that was started anew may number its slots anew.
TEST(OddTokens, tokenThatMovedToAnotherSlot_isFoundByItsSerial) {
    FakeModule fake;
    fake.addToken({.slot = 1, .serial = "A"}).addKey("01", sharedKey("p256"));
    fake.addToken({.slot = 2, .serial = "B"});
    TokenHostClient host(hostProgram(), fake.modulePath());
    auto request = requestFrom(host, Algorithm::es256);
    request.key.slot = 2;
    EXPECT_TRUE(host.sign(request, secret("123456")));
    request.key.slot = 7;
    EXPECT_TRUE(host.sign(request, secret("123456")));
}

/// The certificate has been exchanged since the listing: its key is not used, and no PIN sent.
TEST(OddTokens, anotherCertificateUnderTheId_getsNoPin) {
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    auto request = requestFrom(host, Algorithm::es256);
    request.key.certificate = makeKeyAndCertificate("p256").certificate;
    const auto reply = host.sign(request, secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::noCertificate);
    EXPECT_TRUE(fake.callsOf("C_Login").empty());
}

TEST(OddTokens, certificateWithoutKey_isListedWithoutAndDoesNotSign) {
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    fake.addKey("02", makeKeyAndCertificate("p256"), {.hasPrivateKey = false, .hasPublicKey = false});
    TokenHostClient host(hostProgram(), fake.modulePath());
    const auto listing = host.list();
    ASSERT_TRUE(listing);
    ASSERT_EQ(listing->tokens[0].certificates.size(), 2U);
    EXPECT_TRUE(listing->tokens[0].certificates[0].hasPrivateKey);
    EXPECT_FALSE(listing->tokens[0].certificates[1].hasPrivateKey);
    const auto reply = host.sign(requestFor(*listing, Algorithm::es256, 0, 1), secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::noCertificate);
    EXPECT_EQ(fake.calls().back().number("login"), 0);
}

TEST(OddTokens, keysThatAreSeenBeforeLogin_count) {
    FakeModule fake;
    fake.addToken({.lines = {"visible-private-keys", "always-authenticate"}});
    fake.addKey("01", sharedKey("p256"), {.hasPublicKey = false});
    TokenHostClient host(hostProgram(), fake.modulePath());
    const auto listing = host.list();
    ASSERT_TRUE(listing);
    EXPECT_TRUE(listing->tokens[0].certificates[0].hasPrivateKey);
    EXPECT_TRUE(listing->tokens[0].certificates[0].mustAuthenticateAlways);
}

TEST(OddTokens, emptySlotsAndEmptyTokens_areNoFault) {
    FakeModule fake;
    fake.addToken({.slot = 1, .label = "empty slot", .lines = {"empty"}});
    fake.addToken({.slot = 2, .label = "no objects"});
    TokenHostClient host(hostProgram(), fake.modulePath());
    const auto listing = host.list();
    ASSERT_TRUE(listing);
    ASSERT_EQ(listing->tokens.size(), 1U);
    EXPECT_EQ(listing->tokens[0].info.label, "no objects");
    EXPECT_TRUE(listing->tokens[0].certificates.empty());
    EXPECT_TRUE(listing->faults.empty());
}

TEST(OddTokens, slotThatFails_doesNotHideTheOthers) {
    FakeModule fake;
    for (unsigned long slot : {1UL, 2UL, 3UL})
        fake.addToken({.slot = slot, .serial = std::to_string(slot)}).addKey("01", sharedKey("p256"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    ASSERT_TRUE(host.list());
    fake.setFaults({"C_GetTokenInfo 2 return CKR_DEVICE_ERROR"});
    const auto listing = host.list();
    ASSERT_TRUE(listing);
    ASSERT_EQ(listing->tokens.size(), 2U);
    ASSERT_EQ(listing->faults.size(), 1U);
    EXPECT_EQ(listing->faults[0].slot, 2U);
    EXPECT_EQ(listing->faults[0].error.reason, "device_error");
}

TEST(OddTokens, tokenWithoutTheMechanism_isNamed) {
    FakeModule fake;
    fake.addToken({.lines = {"mechanisms CKM_RSA_PKCS"}}).addKey("01", sharedKey("p256"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    const auto reply = host.sign(requestFrom(host, Algorithm::es256), secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::algNotAllowed);
    EXPECT_EQ(reply.error().reason, "mechanism_missing");
    EXPECT_TRUE(fake.callsOf("C_Login").empty());
}

/// A token that lists a mechanism and refuses it: the next way is tried in the same login.
TEST(OddTokens, refusedMechanism_givesWayToTheNext) {
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    const auto request = requestFrom(host, Algorithm::es256);
    fake.setFaults({"C_SignInit 1 return CKR_MECHANISM_INVALID"});
    const auto reply = host.sign(request, secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(request, *reply, sharedKey("p256")));
    EXPECT_EQ(fake.callsOf("C_Login").size(), 1U);

    fake.setFaults({"C_SignInit 1+ return CKR_MECHANISM_INVALID"});
    const auto refused = host.sign(request, secret("123456"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::algNotAllowed);
    EXPECT_EQ(fake.callsOf("C_Login").size(), 2U);
    EXPECT_EQ(fake.calls().back().number("open"), 0);
}

struct Way {
    const char* mechanisms;
    const char* key;
    Algorithm algorithm;
};

/// Whatever of the standard's mechanisms a token has, hashing itself or not, the signature is the same.
TEST(OddTokens, eachMechanismAlone_signs) {
    for (const Way& way :
         {Way{"CKM_ECDSA", "p256", Algorithm::es256}, Way{"CKM_ECDSA_SHA256", "p256", Algorithm::es256},
          Way{"CKM_ECDSA", "p384", Algorithm::es384}, Way{"CKM_ECDSA_SHA384", "p384", Algorithm::es384},
          Way{"CKM_RSA_PKCS", "rsa2048", Algorithm::rs256},
          Way{"CKM_SHA256_RSA_PKCS", "rsa2048", Algorithm::rs256},
          Way{"CKM_RSA_PKCS_PSS", "rsa2048", Algorithm::ps256},
          Way{"CKM_SHA256_RSA_PKCS_PSS", "rsa2048", Algorithm::ps256}}) {
        SCOPED_TRACE(way.mechanisms);
        FakeModule fake;
        fake.addToken({.lines = {std::string("mechanisms ") + way.mechanisms}})
            .addKey("01", sharedKey(way.key));
        TokenHostClient host(hostProgram(), fake.modulePath());
        const auto request = requestFrom(host, way.algorithm);
        const auto reply = host.sign(request, secret("123456"));
        ASSERT_TRUE(reply) << reply.error().detail;
        EXPECT_TRUE(verifies(request, *reply, sharedKey(way.key)));
    }
}

/// What a module says when the token goes: its own code for it, or one that names something else (OpenSC
/// 0.23: CKR_GENERAL_ERROR). The slot tells the truth.
class RemovedToken : public testing::TestWithParam<const char*> {};

/// Attack 45: the token goes at each single call of a signature. The other token is never used instead.
TEST_P(RemovedToken, atEachCallOfASignature_isTokenRemoved) {
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    const auto request = requestFrom(host, Algorithm::es256);
    ASSERT_TRUE(host.sign(request, secret("123456")));
    fake.setFaults({});
    fake.clearLog();
    ASSERT_TRUE(host.sign(request, secret("123456")));
    const auto sequence = fake.calls();
    for (std::size_t n = 1; n <= sequence.size(); ++n) {
        const std::string& function = sequence[n - 1].function;
        SCOPED_TRACE(std::to_string(n) + " " + function);
        const std::string call = "any " + std::to_string(n);
        fake.clearLog();
        fake.setFaults({call + " remove", call + " " + GetParam()});
        const auto reply = host.sign(request, secret("123456"));
        const bool isSigned = function == "C_Logout" || function == "C_CloseSession";
        ASSERT_EQ(reply.has_value(), isSigned);
        if (!reply) {
            EXPECT_EQ(reply.error().code, ErrorCode::tokenRemoved) << reply.error().detail;
        }
        EXPECT_LE(fake.callsOf("C_Login").size(), 1U);
        fake.setFaults({});  // plugged in again
        const auto again = host.sign(request, secret("123456"));
        ASSERT_TRUE(again) << again.error().detail;
    }
}

INSTANTIATE_TEST_SUITE_P(Saying, RemovedToken,
                         testing::Values("remove", "return CKR_GENERAL_ERROR", "return CKR_DEVICE_ERROR",
                                         "return CKR_FUNCTION_FAILED", "return 0x80000004"));

TEST(RemovedTokens, atEachCallOfAListing_areNoFault) {
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    ASSERT_TRUE(host.list());
    fake.setFaults({});
    fake.clearLog();
    ASSERT_TRUE(host.list());
    const auto count = fake.calls().size();
    for (std::size_t n = 1; n <= count; ++n) {
        SCOPED_TRACE(n);
        fake.setFaults({"any " + std::to_string(n) + " remove"});
        const auto listing = host.list();
        ASSERT_TRUE(listing) << listing.error().detail;
        EXPECT_TRUE(listing->faults.empty());
        fake.setFaults({});
        EXPECT_EQ(host.list()->tokens.size(), 1U);
    }
}

/// Attack 33: nothing but a login statement is ever signed, whatever asks for it.
TEST(NotAStatement, isRefusedWithoutAnyCall) {
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    auto request = requestFrom(host, Algorithm::es256);
    auto calls = ModuleCalls::load(fake.modulePath());
    ASSERT_TRUE(calls);
    const auto good = request.statements[0];
    fake.clearLog();
    const auto headed = [](std::string_view header) { return toBase64Url(bytesOf(header)) + ".e30"; };
    for (const std::string& bad :
         {std::string(), std::string("."), std::string("hello"), std::string(32, '\x01'), good + ".",
          "." + good, good + " ", headed(R"({"alg":"ES256","typ":"JWT","x5c":[]})"),
          headed(R"({"typ":"signet-login.v1+jws","alg":"ES256"})"),
          headed(R"({"alg":"RS256","typ":"signet-login.v1+jws","x5c":[]})"),
          headed(R"( {"alg":"ES256","typ":"signet-login.v1+jws",})"), good.substr(0, good.find('.'))}) {
        SCOPED_TRACE(bad);
        request.statements = {bad};
        const auto reply = host.sign(request, secret("123456"));
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::invalidRequest);
        // The host's own end, in case something else than the client speaks to it.
        const auto inHost = calls->sign(request, bytesOf("123456"));
        ASSERT_FALSE(inHost);
        EXPECT_EQ(inHost.error().code, ErrorCode::invalidRequest);
    }
    EXPECT_TRUE(fake.callsOf("C_Login").empty());
    EXPECT_TRUE(fake.callsOf("C_Sign").empty());
}

}  // namespace
}  // namespace signet::test
