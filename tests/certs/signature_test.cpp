// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/signature.hpp"

#include "base/encoding.hpp"
#include "certs/openssl.hpp"
#include "certs/test_pki/test_pki.hpp"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <string>
#include <vector>

namespace signet {
namespace {

using ParamBuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, Free<&OSSL_PARAM_BLD_free>>;
using ParamsPtr = std::unique_ptr<OSSL_PARAM, Free<&OSSL_PARAM_free>>;

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}

Bytes base64Url(std::string_view text) {
    return fromBase64Url(text).value();
}

Bytes copyOf(std::string_view text) {
    const auto view = bytesOf(text);
    return Bytes(view.begin(), view.end());
}

EvpPkeyPtr fromParams(const char* type, OSSL_PARAM_BLD* builder) {
    const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder));
    const EvpPkeyCtxPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    EVP_PKEY_fromdata_init(context.get());
    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get());
    return EvpPkeyPtr(key);
}

EvpPkeyPtr ecKey(const char* type, const char* group, const Bytes& xy) {
    Bytes point{0x04};
    point.insert(point.end(), xy.begin(), xy.end());
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return fromParams(type, builder.get());
}

EvpPkeyPtr rsaKey(const Bytes& modulus, const Bytes& publicExponent = {1, 0, 1}) {
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    const BignumPtr n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr));
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    const BignumPtr e(BN_bin2bn(publicExponent.data(), static_cast<int>(publicExponent.size()), nullptr));
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return fromParams("RSA", builder.get());
}

/// Somebody else's signature over a message.
struct Vector {
    std::string source;
    Algorithm algorithm;
    EvpPkeyPtr key;
    Bytes message;
    Bytes signature;
};

Vector rfc7515Rs256() {
    const auto modulus = base64Url(
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-"
        "yRT-SFd2lZ"
        "S-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-"
        "UTo7WTBEMa2"
        "R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_"
        "h9iaGNj8q2ethFkMLs91kzk2PAcD"
        "TW9gb54h4FRWyuXpoQ");
    const auto message = copyOf(
        "eyJhbGciOiJSUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
        "cnVlfQ");
    const auto signature = base64Url(
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
        "O8W2Fp5jujGbds9uJdbF9CU"
        "Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_"
        "eSN9383LcOLn6_d"
        "O--xi12jzDwusC-"
        "eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig"
        "cN_IoypGlUPQGe77Rw");
    return {"RFC 7515 A.2", Algorithm::rs256, rsaKey(modulus), message, signature};
}

Vector rfc7515Es256() {
    auto xy = base64Url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
    const auto y = base64Url("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
    xy.insert(xy.end(), y.begin(), y.end());
    const auto message = copyOf(
        "eyJhbGciOiJFUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
        "cnVlfQ");
    const auto signature =
        base64Url("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    return {"RFC 7515 A.3", Algorithm::es256, ecKey("EC", "P-256", xy), message, signature};
}

Vector rfc6979Es384() {
    const auto xy = hex(
        "EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64DEF8F0EA9055866064A254515480BC13"
        "8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1288B231C3AE0D4FE7344FD2533264720");
    const auto signature = hex(
        "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46"
        "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8");
    return {"RFC 6979 A.2.6", Algorithm::es384, ecKey("EC", "P-384", xy), copyOf("sample"), signature};
}

Vector wycheproofPs256() {
    const auto modulus =
        hex("a2b451a07d0aa5f96e455671513550514a8a5b462ebef717094fa1fee82224e637f9746d3f7cafd31878d80325b6ef5a"
            "1700f65903b469"
            "429e89d6eac8845097b5ab393189db92512ed8a7711a1253facd20f79c15e8247f3d3e42e46e48c98e254a2fe9765313"
            "a03eff8f17e1a0"
            "29397a1fa26a8dce26f490ed81299615d9814c22da610428e09c7d9658594266f5c021d0fceca08d945a12be82de4d1e"
            "ce6b4c03145b5d"
            "3495d4ed5411eb878daf05fd7afc3e09ada0f1126422f590975a1969816f48698bcbba1b4d9cae79d460d8f9f85e7975"
            "005d9bc22c4e5a"
            "c0f7c1a45d12569a62807d3b9a02e5a530e773066f453d1f5b4c2e9cf7820283f742b9d5");
    const auto signature =
        hex("401eb03cdb47ca88033e3030f6bdecbac8f5c8fc1dd6a13d23d379ed9a2b309891d13d74fea9d21d159b9e6d8f37efa2"
            "489962e24555f5"
            "6dd434ff1d31ce4f9f5abd3f22cbea8b691d6a11e44efb83e2bca155e6a164325e0fde2a8865afd5c9f51161a9d615f6"
            "2af7ec2e31b3e5"
            "ab649c164490d31d88cfae35b84aea7925690f929a144b6d2f48e8fb894a52deecd1b9a6496990c4ecf1588699a42cac"
            "d10c53af350514"
            "e4291ea9a058e77f101e32c1c0cefa61d945f7bc931f8bd19e7ba3169358a60e5a8b0123bc3199b9fdcafe8e519c41ba"
            "675491a27b85e4"
            "4ef2d77277c10fe107293c8290186913bc9a99b640d8da041b64f31eab1d35920985f4a5");
    return {"Wycheproof rsa_pss_2048_sha256_mgf1_32 test 3", Algorithm::ps256, rsaKey(modulus),
            copyOf("Test"), signature};
}

const char* const kSm2Xy =
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";

Vector gmSm2() {
    const auto signature =
        hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
            "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    return {"GM/T 0003.5 A.2", Algorithm::sm2sm3, ecKey("SM2", "SM2", hex(kSm2Xy)), copyOf("message digest"),
            signature};
}

std::vector<Vector> vectors() {
    std::vector<Vector> list;
    list.push_back(rfc7515Rs256());
    list.push_back(rfc7515Es256());
    list.push_back(rfc6979Es384());
    list.push_back(wycheproofPs256());
    list.push_back(gmSm2());
    return list;
}

TEST(Signature, standard_vectors_verify) {
    for (const auto& vector : vectors()) {
        ASSERT_NE(vector.key, nullptr) << vector.source;
        const auto result =
            verifySignature(vector.algorithm, vector.key.get(), vector.message, vector.signature);
        EXPECT_TRUE(result) << vector.source << ": " << (result ? "" : result.error().detail);
    }
}

TEST(Signature, any_flipped_byte_of_signature_or_message_fails) {
    for (const auto& vector : vectors()) {
        for (std::size_t i = 0; i < vector.signature.size(); ++i) {
            auto signature = vector.signature;
            signature[i] ^= 0x01;
            const auto result =
                verifySignature(vector.algorithm, vector.key.get(), vector.message, signature);
            ASSERT_FALSE(result) << vector.source << " byte " << i;
            EXPECT_EQ(result.error().code, ErrorCode::badSignature);
        }
        auto message = vector.message;
        message.back() ^= 0x80;
        EXPECT_FALSE(verifySignature(vector.algorithm, vector.key.get(), message, vector.signature))
            << vector.source;
    }
}

TEST(Signature, wrong_length_is_refused) {
    for (const auto& vector : vectors()) {
        auto longer = vector.signature;
        longer.push_back(0);
        auto padded = vector.signature;
        padded.insert(padded.begin(), 0);
        const Bytes shorter(vector.signature.begin(), vector.signature.end() - 1);
        for (const Bytes& signature : {longer, padded, shorter, Bytes{}}) {
            const auto result =
                verifySignature(vector.algorithm, vector.key.get(), vector.message, signature);
            ASSERT_FALSE(result) << vector.source << " length " << signature.size();
            EXPECT_EQ(result.error().reason, "signature_length") << vector.source;
        }
    }
}

TEST(Signature, der_instead_of_raw_is_refused) {
    const auto vector = rfc7515Es256();
    const auto der = rawToDer(vector.signature).value();
    EXPECT_FALSE(verifySignature(Algorithm::es256, vector.key.get(), vector.message, der));
}

TEST(Signature, zero_r_and_s_are_refused) {
    for (const auto& vector : vectors()) {
        const Bytes zeros(vector.signature.size());
        EXPECT_FALSE(verifySignature(vector.algorithm, vector.key.get(), vector.message, zeros))
            << vector.source;
    }
}

TEST(Signature, algorithm_that_does_not_fit_the_key_is_not_allowed) {
    using enum Algorithm;
    for (const auto& vector : vectors()) {
        const auto type = keyTypeOf(vector.key.get());
        for (const auto algorithm : {es256, es384, rs256, ps256, sm2sm3}) {
            if (fits(algorithm, type)) continue;
            const auto result =
                verifySignature(algorithm, vector.key.get(), vector.message, vector.signature);
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().code, ErrorCode::algNotAllowed)
                << vector.source << " as " << toString(algorithm);
        }
    }
}

TEST(Signature, rsa_paddings_are_not_interchangeable) {
    const auto pkcs = rfc7515Rs256();
    EXPECT_FALSE(verifySignature(Algorithm::ps256, pkcs.key.get(), pkcs.message, pkcs.signature));
    const auto pss = wycheproofPs256();
    EXPECT_FALSE(verifySignature(Algorithm::rs256, pss.key.get(), pss.message, pss.signature));
}

Bytes pssWith(EVP_PKEY* key, int saltBytes, const EVP_MD* mask, BytesView message) {
    const EvpMdCtxPtr digest(EVP_MD_CTX_new());
    EVP_PKEY_CTX* options = nullptr;
    EVP_DigestSignInit(digest.get(), &options, EVP_sha256(), nullptr, key);
    EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(options, saltBytes);
    EVP_PKEY_CTX_set_rsa_mgf1_md(options, mask);
    std::size_t length = 0;
    EVP_DigestSign(digest.get(), nullptr, &length, message.data(), message.size());
    Bytes signature(length);
    EXPECT_EQ(EVP_DigestSign(digest.get(), signature.data(), &length, message.data(), message.size()), 1);
    return signature;
}

TEST(Signature, pss_takes_only_salt_of_hash_length_and_mgf1_sha256) {
    const auto key = sharedKey(KeyKind::rsa2048, "signature-test");
    const auto message = bytesOf("statement");
    const auto verify = [&](int salt, const EVP_MD* mask) {
        return verifySignature(Algorithm::ps256, key.get(), message, pssWith(key.get(), salt, mask, message))
            .has_value();
    };
    EXPECT_TRUE(verify(32, EVP_sha256()));
    EXPECT_FALSE(verify(31, EVP_sha256()));
    EXPECT_FALSE(verify(20, EVP_sha256()));
    EXPECT_FALSE(verify(RSA_PSS_SALTLEN_MAX, EVP_sha256()));
    EXPECT_FALSE(verify(32, EVP_sha1()));
}

TEST(Signature, sm2_needs_the_default_id) {
    const auto key = makeKey(KeyKind::sm2);
    const auto message = bytesOf("statement");
    for (const auto* id : {"", "1234567812345679"}) {
        const EvpMdCtxPtr digest(EVP_MD_CTX_new());
        EVP_PKEY_CTX* options = nullptr;
        EVP_DigestSignInit(digest.get(), &options, EVP_sm3(), nullptr, key.get());
        EVP_PKEY_CTX_set1_id(options, id, static_cast<int>(std::string(id).size()));
        Bytes der(80);
        std::size_t length = der.size();
        ASSERT_EQ(EVP_DigestSign(digest.get(), der.data(), &length, message.data(), message.size()), 1);
        der.resize(length);
        EXPECT_FALSE(verifySignature(Algorithm::sm2sm3, key.get(), message, derToRaw(der, 32).value())) << id;
    }
}

TEST(Signature, ecdsa_over_the_sm2_curve_is_refused) {
    // SoftHSM signs so when it is asked for CKM_ECDSA with such a key.
    const EvpPkeyPtr key(EVP_EC_gen("SM2"));
    ASSERT_NE(key, nullptr);
    const EvpMdCtxPtr digest(EVP_MD_CTX_new());
    EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get());
    const auto message = bytesOf("statement");
    Bytes der(80);
    std::size_t length = der.size();
    ASSERT_EQ(EVP_DigestSign(digest.get(), der.data(), &length, message.data(), message.size()), 1);
    der.resize(length);
    EXPECT_FALSE(verifySignature(Algorithm::sm2sm3, key.get(), message, derToRaw(der, 32).value()));
}

TEST(Signature, every_key_kind_signs_and_verifies) {
    const struct {
        KeyKind kind;
        Algorithm algorithm;
        std::size_t bytes;
    } cases[] = {{KeyKind::rsa2048, Algorithm::rs256, 256}, {KeyKind::rsa2048, Algorithm::ps256, 256},
                 {KeyKind::rsa3072, Algorithm::ps256, 384}, {KeyKind::p256, Algorithm::es256, 64},
                 {KeyKind::p384, Algorithm::es384, 96},     {KeyKind::sm2, Algorithm::sm2sm3, 64}};
    const auto message = bytesOf("header.payload");
    for (const auto& row : cases) {
        const auto key = sharedKey(row.kind, "signature-test");
        const auto signature = signWithKey(row.algorithm, key.get(), message);
        ASSERT_TRUE(signature) << signature.error().detail;
        EXPECT_EQ(signature->size(), row.bytes);
        EXPECT_TRUE(verifySignature(row.algorithm, key.get(), message, *signature));
        const auto other = makeKey(row.kind == KeyKind::rsa3072 ? KeyKind::rsa2048 : row.kind);
        EXPECT_FALSE(verifySignature(row.algorithm, other.get(), message, *signature));
    }
}

TEST(Signature, sm2_key_under_the_name_ec_signs_as_sm2) {
    // What an engine or a token library may hand over.
    const EvpPkeyPtr key(EVP_EC_gen("SM2"));
    EXPECT_EQ(keyTypeOf(key.get()), KeyType::sm2);
    const auto signature = signWithKey(Algorithm::sm2sm3, key.get(), bytesOf("text"));
    ASSERT_TRUE(signature) << signature.error().detail;
    EXPECT_TRUE(verifySignature(Algorithm::sm2sm3, key.get(), bytesOf("text"), *signature));
}

TEST(Signature, short_rsa_key_is_not_allowed) {
    const EvpPkeyPtr key(EVP_RSA_gen(1024));
    const auto signed1024 = signWithKey(Algorithm::rs256, key.get(), bytesOf("text"));
    ASSERT_FALSE(signed1024);
    EXPECT_EQ(signed1024.error().reason, "key_too_short");
    const auto verified = verifySignature(Algorithm::rs256, key.get(), bytesOf("text"), Bytes(128));
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().code, ErrorCode::algNotAllowed);
    EXPECT_EQ(verified.error().reason, "key_too_short");
}

TEST(Signature, overlong_rsa_exponent_is_not_allowed) {
    const Bytes modulus(256, 0xFF);
    const auto verified = [&](std::size_t exponentBytes) {
        const auto key = rsaKey(modulus, Bytes(exponentBytes, 0xFF));
        EXPECT_EQ(isCheapToUse(key.get()), exponentBytes <= 8);
        return verifySignature(Algorithm::rs256, key.get(), bytesOf("text"), Bytes(256)).error();
    };
    EXPECT_EQ(verified(8).code, ErrorCode::badSignature);
    EXPECT_EQ(verified(9).code, ErrorCode::algNotAllowed);
    EXPECT_EQ(verified(9).reason, "key_exponent");
    EXPECT_EQ(verified(256).reason, "key_exponent");
}

TEST(Signature, overlong_rsa_key_is_not_allowed) {
    Bytes modulus(1025, 0xFF);  // 8200 bits
    const auto key = rsaKey(modulus);
    ASSERT_NE(key, nullptr);
    const auto verified = verifySignature(Algorithm::rs256, key.get(), bytesOf("text"), Bytes(1025));
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().reason, "key_too_long");
}

TEST(Signature, key_types_are_told_apart) {
    EXPECT_EQ(keyTypeOf(nullptr), KeyType::other);
    EXPECT_EQ(keyTypeOf(EvpPkeyPtr(EVP_EC_gen("P-521")).get()), KeyType::other);
    EXPECT_EQ(keyTypeOf(EvpPkeyPtr(EVP_EC_gen("secp256k1")).get()), KeyType::other);
    EXPECT_EQ(keyTypeOf(EvpPkeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")).get()), KeyType::other);
    EXPECT_EQ(keyTypeOf(makeKey(KeyKind::p256).get()), KeyType::p256);
    EXPECT_EQ(keyTypeOf(makeKey(KeyKind::p384).get()), KeyType::p384);
    EXPECT_EQ(keyTypeOf(makeKey(KeyKind::sm2).get()), KeyType::sm2);
}

/// The public key of P-256 with its curve written out in numbers.
EvpPkeyPtr explicitCurveKey() {
    const auto named = makeKey(KeyKind::p256);
    EVP_PKEY_set_utf8_string_param(named.get(), OSSL_PKEY_PARAM_EC_ENCODING, OSSL_PKEY_EC_ENCODING_EXPLICIT);
    unsigned char* der = nullptr;
    const int length = i2d_PUBKEY(named.get(), &der);
    const unsigned char* cursor = der;
    EvpPkeyPtr key(d2i_PUBKEY(nullptr, &cursor, length));
    OPENSSL_free(der);
    return key;
}

TEST(Signature, explicit_curve_is_of_no_known_type) {
    const auto key = explicitCurveKey();
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(keyTypeOf(key.get()), KeyType::other);
}

TEST(Signature, raw_and_der_are_inverse) {
    Bytes raw(64);
    raw[0] = 0x80;   // needs a leading zero in DER
    raw[63] = 0x01;  // many leading zeros in raw
    const auto der = rawToDer(raw);
    ASSERT_TRUE(der);
    EXPECT_EQ(derToRaw(*der, 32).value(), raw);
}

TEST(Signature, malformed_der_is_refused) {
    auto trailing = rawToDer(Bytes(64, 0x11)).value();
    trailing.push_back(0);
    EXPECT_FALSE(derToRaw(trailing, 32));
    EXPECT_FALSE(derToRaw(rawToDer(Bytes(96, 0x11)).value(), 32));  // numbers too large
    EXPECT_FALSE(derToRaw(Bytes{}, 32));
    EXPECT_FALSE(derToRaw(hex("3006020101020181"), 32));  // negative s
    EXPECT_FALSE(rawToDer(Bytes(63)));
    EXPECT_FALSE(rawToDer(Bytes{}));
}

}  // namespace
}  // namespace signet
