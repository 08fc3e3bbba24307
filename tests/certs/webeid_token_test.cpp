// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/webeid_token.hpp"

#include "base/encoding.hpp"
#include "certs/openssl.hpp"
#include "certs/signature.hpp"
#include "tests/certs/shared_pki.hpp"

#include <gtest/gtest.h>
#include <openssl/x509.h>
#include <nlohmann/json.hpp>

#include <set>

namespace signet {
namespace {

constexpr std::string_view kOrigin = "https://shop.example.test:8443";
constexpr std::string_view kNonce = "mWGM7NJ0tFb5oHBBUpvqvZCMSXBcvqSAv0S6f8FVfGo=";

WebEidToken signedToken(KeyKind key, Algorithm algorithm) {
    const auto issued = pki().enterprise(key);
    const auto message = webEidMessage(algorithm, kOrigin, kNonce);
    return {issued.certificate, algorithm, *signWithKey(algorithm, issued.key.get(), *message)};
}

// What `openssl dgst -sha256` and -sha384 say of the two texts, one after the other.
TEST(WebEidMessage, originAndNonce_areHashedAsTheirText) {
    const auto short256 = webEidMessage(Algorithm::es256, kOrigin, kNonce);
    ASSERT_TRUE(short256);
    EXPECT_EQ(toHex(*short256),
              "2fce6072d685c7b0c41d97e35166e8b100dcf3e79a2bcb845dc9a1b992a1705b389225a1ecc816e971cfef59a2120f"
              "0018d50bd6a9e4500e61e13956e019cb1b");
    EXPECT_EQ(webEidMessage(Algorithm::rs256, kOrigin, kNonce), *short256);
    EXPECT_EQ(webEidMessage(Algorithm::ps256, kOrigin, kNonce), *short256);
    EXPECT_EQ(
        toHex(*webEidMessage(Algorithm::es384, kOrigin, kNonce)),
        "636678fcd27eaa4c1ef999cb5d2efa90480931b5d06026f43799c12d58fd615a76600d0d160d08ce969d1c914927375175a2"
        "f4314cc5884ca78ed61cf9b25b526d6381c7246e55f9b8df8dce16606c480ba3df8ac4bc5af755e4033d88ea5e9e");
}

TEST(WebEidMessage, sm2_isRefusedByName) {
    const auto message = webEidMessage(Algorithm::sm2sm3, kOrigin, kNonce);
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().code, ErrorCode::algNotAllowed);
    EXPECT_EQ(message.error().reason, "web_eid_sm2");
}

// A token that Estonia's card made: key, signature, origin and nonce are those of VALID_AUTH_TOKEN in the
// tests of Web eID's server libraries (github.com/web-eid/web-eid-authtoken-validation-php, MIT).
TEST(WebEidMessage, tokenOfARealCard_verifies) {
    const auto spki = *fromHex(
        "3076301006072a8648ce3d020106052b810400220362000426c042ac2538da30749a663d7d85bf4425a265c1b29ce551739a"
        "51"
        "8c152255938743cbe794c5ae4a380eed597ab3726861e5261dbfe33171a40a94a58b31adfaa5f82fdb41691036f4dc60ad2e"
        "a8"
        "cb4d167beb8f4fba0010e44980a8889cdbd0");
    const auto signature = *fromBase64(
        "0Ov7ME6pTY1K2GXMj8Wxov/o2fGIMEds8OMY5dKdkB0nrqQX7fG1E5mnsbvyHpMDecMUH6Yg+p1HXdgB/lLqOcFZjt/"
        "OVXPjAAApC5d1"
        "YgRYATDcxsR1zqQwiNcHdmWn");
    const auto* next = spki.data();
    const EvpPkeyPtr key(d2i_PUBKEY(nullptr, &next, static_cast<long>(spki.size())));
    ASSERT_TRUE(key);
    const auto message = [](std::string_view origin) {
        return *webEidMessage(Algorithm::es384, origin, "12345678123456781234567812345678912356789123");
    };
    EXPECT_TRUE(verifySignature(Algorithm::es384, key.get(), message("https://ria.ee"), signature));
    EXPECT_FALSE(verifySignature(Algorithm::es384, key.get(), message("https://ria.ee/"), signature));
}

TEST(WebEidToken, signatureOfEachAlgorithm_verifiesForItsOriginAndNonceOnly) {
    for (const auto& [key, algorithm] :
         {std::pair{KeyKind::rsa2048, Algorithm::rs256}, std::pair{KeyKind::rsa2048, Algorithm::ps256},
          std::pair{KeyKind::p256, Algorithm::es256}, std::pair{KeyKind::p384, Algorithm::es384}}) {
        auto token = signedToken(key, algorithm);
        EXPECT_TRUE(verifyWebEidToken(token, kOrigin, kNonce)) << toString(algorithm);
        EXPECT_FALSE(verifyWebEidToken(token, "https://shop.example.test", kNonce));
        EXPECT_FALSE(verifyWebEidToken(token, kOrigin, std::string(44, 'A')));
        token.signature.back() ^= 1;
        const auto verified = verifyWebEidToken(token, kOrigin, kNonce);
        ASSERT_FALSE(verified);
        EXPECT_EQ(verified.error().code, ErrorCode::badSignature);
    }
}

TEST(WebEidToken, algorithmOfAnotherKey_isNotAllowed) {
    auto token = signedToken(KeyKind::p256, Algorithm::es256);
    token.algorithm = Algorithm::es384;
    EXPECT_EQ(verifyWebEidToken(token, kOrigin, kNonce).error().code, ErrorCode::algNotAllowed);
}

TEST(WebEidToken, json_hasExactlyTheFiveMembers) {
    const auto token = signedToken(KeyKind::p384, Algorithm::es384);
    const auto json = webEidTokenJson(token);
    std::set<std::string> names;
    for (const auto& [name, value] : json.items()) {
        names.insert(name);
        EXPECT_TRUE(value.is_string()) << name;
    }
    EXPECT_EQ(names, (std::set<std::string>{"algorithm", "appVersion", "format", "signature",
                                            "unverifiedCertificate"}));
    EXPECT_EQ(json["algorithm"], "ES384");
    EXPECT_EQ(json["format"], "web-eid:1.0");
    EXPECT_EQ(*fromBase64(json["unverifiedCertificate"].get<std::string>()), token.certificate.der());
    EXPECT_EQ(*fromBase64(json["signature"].get<std::string>()), token.signature);
    EXPECT_TRUE(json["appVersion"].get<std::string>().starts_with("https://"));
}

// Attack 31
TEST(WebEidNonce, base64Of44To128Characters_isTaken) {
    for (const auto& good :
         {std::string(kNonce), std::string(44, 'A'), std::string(128, '/'), std::string(42, '+') + "A=",
          std::string(125, 'z') + "w==", std::string("12345678123456781234567812345678912356789123")})
        EXPECT_TRUE(checkWebEidNonce(good)) << good;
    for (const auto& bad :
         {std::string(), std::string(40, 'A'), std::string(43, 'A'), std::string(45, 'A'),
          std::string(46, 'A'), std::string(132, 'A'), std::string(43, 'A') + "=" + "AAAA",
          std::string(43, 'A') + "\n", std::string(43, 'A') + '\0', std::string(43, 'A') + "_",
          std::string(42, 'A') + "\u00e9", std::string(41, 'A') + "===", std::string(44, '=')}) {
        const auto checked = checkWebEidNonce(bad);
        ASSERT_FALSE(checked) << bad;
        EXPECT_EQ(checked.error().code, ErrorCode::invalidRequest);
        EXPECT_EQ(checked.error().reason, "challenge_nonce");
        EXPECT_EQ(checked.error().detail.find(bad.empty() ? "x" : bad), std::string::npos) << "never echoed";
    }
}

TEST(WebEidCertificate, keyAndUsage_areNamedWhenTheyDoNotFit) {
    for (const auto key : {KeyKind::rsa2048, KeyKind::p256, KeyKind::p384})
        EXPECT_TRUE(checkWebEidCertificate(pki().enterprise(key).certificate));
    EXPECT_EQ(checkWebEidCertificate(pki().enterprise(KeyKind::sm2).certificate).error().reason,
              "web_eid_sm2");
    auto profile = TestPki::profile("enterprise-p256");
    profile.keyUsage = "";
    const auto silent = pki().issue(profile).certificate;
    EXPECT_TRUE(silent.mayDigitallySign()) << "enough for a login by statement";
    EXPECT_EQ(checkWebEidCertificate(silent).error().reason, "key_usage_absent");
}

TEST(WebEidAlgorithms, everyKey_hasItsOwnBestFirst) {
    EXPECT_EQ(webEidAlgorithms(KeyType::rsa), (std::vector{Algorithm::rs256, Algorithm::ps256}));
    EXPECT_EQ(webEidAlgorithms(KeyType::p256), std::vector{Algorithm::es256});
    EXPECT_EQ(webEidAlgorithms(KeyType::p384), std::vector{Algorithm::es384});
    EXPECT_TRUE(webEidAlgorithms(KeyType::sm2).empty());
    EXPECT_TRUE(webEidAlgorithms(KeyType::other).empty());
}

}  // namespace
}  // namespace signet
