// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// Issue 3, point 5: SM2 through a token host, with a module that has one vendor's personality after another.
#include "certs/test_pki/test_pki.hpp"
#include "pkcs11/sm2_key.hpp"
#include "tests/pkcs11/fault_support.hpp"

#include "base/encoding.hpp"

#include <gtest/gtest.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ostream>

namespace signet::test {
namespace {

Bytes keyDer(EVP_PKEY* key) {
    std::uint8_t* der = nullptr;
    const int size = i2d_PrivateKey(key, &der);
    Bytes bytes(der, der + std::max(size, 0));
    OPENSSL_free(der);
    return bytes;
}

/// A key and its certificate, without a public key object.
const KeyAndCertificate& sm2Pair() {
    static const auto pair = [] {
        TestPki pki;
        const auto issued = pki.enterprise(KeyKind::sm2);
        return KeyAndCertificate{keyDer(issued.key.get()), {}, issued.certificate.der()};
    }();
    return pair;
}

constexpr FakeKeyParts kNoPublicKey{.hasPublicKey = false};

struct Personality {
    const char* name;
    std::vector<std::string> lines;
    const char* outcome;  ///< "ok STRATEGY" or "code/reason"
};

void PrintTo(const Personality& personality, std::ostream* stream) {
    *stream << personality.name;
}

const std::vector<Personality> kPersonalities{
    {"prehashedRaw",
     {"mechanisms 0x80008105", "sm2 0x80008105 prehashed raw", "sm2-key-type 0x80000004"},
     "ok sansec/0x80008105/prehashed"},
    {"prehashedDer",
     {"mechanisms 0x80008104", "sm2 0x80008104 prehashed der", "sm2-key-type 0x80000004"},
     "ok koal/0x80008104/prehashed"},
    {"messageWithIdParameter",
     {"mechanisms 0x80008102", "sm2 0x80008102 message-id raw", "sm2-key-type 0x80000004"},
     "ok sansec/0x80008102/message/id"},
    {"messageWithIdParameterDer",
     {"mechanisms 0x80008103", "sm2 0x80008103 message-id der"},
     "ok sansec/0x80008103/message/id"},
    {"messageWithZaInside",
     {"mechanisms 0x80008100", "sm2 0x80008100 message raw"},
     "ok jit/0x80008100/message"},
    {"tassDer",
     {"mechanisms 0x80008000 0x80008100", "sm2 0x80008000 prehashed der", "sm2 0x80008100 message der",
      "manufacturer Tass"},
     "ok tass/0x80008000/prehashed"},
    {"luna",
     {"mechanisms 0x80000B22", "sm2 0x80000B22 message raw", "sm2-key-type 0x80000016"},
     "ok luna/0x80000B22/message"},
    {"ibm",
     {"mechanisms 0x8005000B", "sm2 0x8005000B prehashed raw", "sm2-key-type 0x80050002"},
     "ok ibm/0x8005000B/prehashed"},
    {"outsideTheVendorsRange",
     {"mechanisms 0x00010002", "sm2 0x00010002 prehashed raw", "sm2-key-type 0x00010001"},
     "ok mssince/0x00010002/prehashed"},
    {"ecKeyTypeWithTheSm2Curve",
     {"mechanisms 0x1041", "sm2 0x1041 prehashed raw"},
     "ok ec/0x00001041/prehashed"},
    {"secondWayWorks",
     {"mechanisms 0x80008105 0x80008101", "sm2 0x80008101 message garbage", "sm2 0x80008105 prehashed der"},
     "ok sansec/0x80008105/prehashed"},
    {"withoutZa",
     {"mechanisms 0x80008100", "sm2 0x80008100 message-no-za raw"},
     "signature_invalid/sm2_without_za"},
    {"wrongEncodingSwapped",
     {"mechanisms 0x80008105", "sm2 0x80008105 prehashed swapped"},
     "signature_invalid/sm2_no_strategy"},
    {"garbage",
     {"mechanisms 0x80008105", "sm2 0x80008105 prehashed garbage"},
     "signature_invalid/sm2_no_strategy"},
    {"rsaOnly", {"mechanisms CKM_RSA_PKCS"}, "alg_not_allowed/sm2_no_mechanism"},
};

class Sm2Personality : public testing::TestWithParam<Personality> {
protected:
    SignRequest request(TokenHostClient& client, const std::string& remembered = {}) {
        auto made = requestFrom(client, Algorithm::sm2sm3);
        made.sm2 = sm2Ways(builtInSm2Profiles(), "fake.so", m_manufacturer, remembered);
        return made;
    }
    std::string m_manufacturer;
};

TEST_P(Sm2Personality, outcome_isVerifiedOrNamed) {
    const auto& personality = GetParam();
    FakeModule fake;
    fake.addToken({.lines = personality.lines}).addKey("01", sm2Pair(), kNoPublicKey);
    for (const auto& line : personality.lines)
        if (line.starts_with("manufacturer ")) m_manufacturer = line.substr(13);
    TokenHostClient client(hostProgram(), fake.modulePath());
    const auto asked = request(client);
    const auto reply = client.sign(asked, secret("123456"));
    const auto outcome = outcomeOf(reply) + (reply ? " " + reply->sm2Strategy : "");
    ASSERT_EQ(outcome, personality.outcome) << (reply ? "" : reply.error().detail);
    EXPECT_LE(fake.callsOf("C_Login").size(), 1U) << "the PIN is sent once";
    if (!reply) return;
    const auto key = Sm2Key::fromCertificate(sm2Pair().certificate);
    ASSERT_TRUE(key);
    EXPECT_TRUE(key->verifies(bytesOf(asked.statements[0]), reply->signature));
    // Remembered, it is the first and only attempt.
    fake.clearLog();
    const auto again = client.sign(request(client, reply->sm2Strategy), secret("123456"));
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(fake.callsOf("C_Sign").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Vendors, Sm2Personality, testing::ValuesIn(kPersonalities),
                         [](const auto& each) { return std::string(each.param.name); });

// The signing and the encryption key of a pair share a CKA_ID on some tokens.
TEST(Sm2Signing, pairUnderOneId_signsWithTheKeyOfTheCertificate) {
    FakeModule fake;
    TestPki other;
    const KeyAndCertificate wrong{keyDer(other.enterprise(KeyKind::sm2).key.get()), {}, {}};
    fake.addToken({.lines = {"mechanisms 0x80008105", "sm2 0x80008105 prehashed raw"}});
    fake.addKey("01", wrong, {.hasPublicKey = false, .hasCertificate = false});
    fake.addKey("01", sm2Pair(), kNoPublicKey);
    TokenHostClient client(hostProgram(), fake.modulePath());
    auto request = requestFrom(client, Algorithm::sm2sm3);
    request.sm2 = sm2Ways(builtInSm2Profiles(), "fake.so", "", "");
    const auto reply = client.sign(request, secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_EQ(fake.callsOf("C_Sign").size(), 2U);
}

TEST(Sm2Signing, keyThatAuthenticatesAlways_getsItsLoginForEachAttempt) {
    FakeModule fake;
    fake.addToken({.lines = {"always-authenticate", "mechanisms 0x80008105 0x80008101",
                             "sm2 0x80008105 prehashed garbage", "sm2 0x80008101 message der"}});
    fake.addKey("01", sm2Pair(), kNoPublicKey);
    TokenHostClient client(hostProgram(), fake.modulePath());
    auto request = requestFrom(client, Algorithm::sm2sm3);
    request.sm2 = sm2Ways(builtInSm2Profiles(), "fake.so", "", "");
    const auto reply = client.sign(request, secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_EQ(fake.callsOf("C_Login").size(), 1 + fake.callsOf("C_Sign").size());
    // A wrong PIN ends it at the first, and so does a refusal of the right one for a signature.
    fake.clearLog();
    EXPECT_FALSE(client.sign(request, secret("000000")));
    EXPECT_EQ(fake.callsOf("C_Login").size(), 1U);
    fake.forgetPins();
    fake.clearLog();
    fake.setFaults({"C_Login 2 return CKR_GENERAL_ERROR"});
    EXPECT_FALSE(client.sign(request, secret("123456")));
    EXPECT_EQ(fake.callsOf("C_Login").size(), 2U);
}

// A key that wants a PIN for each signature is not asked for it a dozen times.
TEST(Sm2Signing, attempts_areCapped) {
    for (const auto& [line, most] :
         {std::pair{"always-authenticate", 3U}, std::pair{"visible-private-keys", 12U}}) {
        SCOPED_TRACE(line);
        FakeModule fake;
        std::vector<std::string> lines{line};
        std::string mechanisms = "mechanisms";
        SignRequest request;
        for (int i = 0; i < 20; ++i) {
            const auto number = std::to_string(0x8ABC0000UL + static_cast<unsigned>(i));
            lines.push_back("sm2 " + number + " prehashed garbage");
            mechanisms += " " + number;
            request.sm2.strategies.push_back({number, 0x8ABC0000UL + static_cast<unsigned>(i)});
        }
        lines.push_back(mechanisms);
        fake.addToken({.lines = lines}).addKey("01", sm2Pair(), kNoPublicKey);
        TokenHostClient client(hostProgram(), fake.modulePath());
        auto asked = requestFrom(client, Algorithm::sm2sm3);
        asked.sm2 = request.sm2;
        const auto reply = client.sign(asked, secret("123456"));
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().reason, "sm2_no_strategy");
        EXPECT_EQ(fake.callsOf("C_Sign").size(), most);
    }
}

TEST(Sm2Signing, tokenThatGoesAfterAWrongSignature_isRemovedAndNotAWrongToken) {
    FakeModule fake;
    fake.addToken({.lines = {"mechanisms 0x80008105 0x80008101", "sm2 0x80008105 prehashed garbage",
                             "sm2 0x80008101 message garbage"}});
    fake.addKey("01", sm2Pair(), kNoPublicKey);
    TokenHostClient client(hostProgram(), fake.modulePath());
    auto request = requestFrom(client, Algorithm::sm2sm3);
    request.sm2 = sm2Ways(builtInSm2Profiles(), "fake.so", "", "");
    fake.setFaults({"C_Sign 2 remove", "C_Sign 2 return CKR_GENERAL_ERROR"});
    const auto reply = client.sign(request, secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::tokenRemoved);
}

TEST(Sm2Signing, tokenThatGoesWhileWaysAreTried_isRemoved) {
    FakeModule fake;
    fake.addToken({.lines = {"mechanisms 0x80008105 0x80008101", "sm2 0x80008105 prehashed garbage",
                             "sm2 0x80008101 message der"}});
    fake.addKey("01", sm2Pair(), kNoPublicKey);
    TokenHostClient client(hostProgram(), fake.modulePath());
    auto request = requestFrom(client, Algorithm::sm2sm3);
    request.sm2 = sm2Ways(builtInSm2Profiles(), "fake.so", "", "");
    fake.setFaults({"C_Sign 1 remove"});
    const auto reply = client.sign(request, secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::tokenRemoved);
}

// GM/T 0003.5-2012 appendix A, with the default ID: the key of the example.
TEST(Sm2Key, example_hasItsZa) {
    const auto key =
        Sm2Key::fromPoint(*fromHex("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                                   "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"));
    ASSERT_TRUE(key);
    EXPECT_EQ(toHex(key->za()), "b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3");
    const auto message = bytesOf("message digest");
    EXPECT_EQ(toHex(sm3(key->za(), message)),
              "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
    const auto signature = *fromHex(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    EXPECT_TRUE(key->verifies(message, signature));
    EXPECT_FALSE(key->verifies(bytesOf("message digesT"), signature));
    EXPECT_FALSE(key->verifiesDigest(sm3(message), signature));
}

}  // namespace
}  // namespace signet::test
