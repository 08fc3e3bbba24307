// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/signature.hpp"

#include "certs/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/rsa.h>

#include <array>

namespace signet {
namespace {

constexpr int kMinRsaBits = 2048;
/// A key from an unproved certificate must not cost a second to use.
constexpr int kMaxRsaBits = 8192;
constexpr int kMaxRsaExponentBits = 64;

tl::unexpected<Error> notAllowed(std::string detail, std::string reason) {
    return fail(ErrorCode::algNotAllowed, std::move(detail), std::move(reason));
}

tl::unexpected<Error> bad(std::string detail, std::string reason) {
    ERR_clear_error();
    return fail(ErrorCode::badSignature, std::move(detail), std::move(reason));
}

tl::unexpected<Error> unsignable(const char* step) {
    const unsigned long code = ERR_peek_last_error();
    const char* cause = ERR_reason_error_string(code);
    ERR_clear_error();
    return fail(ErrorCode::internalError, std::string(step) + ": " + (cause == nullptr ? "unknown" : cause));
}

const EVP_MD* digestOf(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::es256:
        case Algorithm::rs256:
        case Algorithm::ps256:
            return EVP_sha256();
        case Algorithm::es384:
            return EVP_sha384();
        case Algorithm::sm2sm3:
            return EVP_sm3();
    }
    return nullptr;
}

/// 0 for other keys.
int rsaExponentBits(const EVP_PKEY* key) {
    BIGNUM* exponent = nullptr;
    const int isRsa = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent);
    ERR_clear_error();
    const BignumPtr owner(exponent);
    return isRsa == 1 ? BN_num_bits(exponent) : 0;
}

Result<void> checkKey(Algorithm algorithm, const EVP_PKEY* key) {
    const KeyType type = keyTypeOf(key);
    if (!fits(algorithm, type)) {
        const std::string detail =
            std::string(toString(algorithm)) + " with a key of type " + std::string(toString(type));
        return notAllowed(detail, "key_type");
    }
    if (type != KeyType::rsa) return {};
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < kMinRsaBits)
        return notAllowed("RSA key of " + std::to_string(bits) + " bits", "key_too_short");
    if (bits > kMaxRsaBits) return notAllowed("RSA key of " + std::to_string(bits) + " bits", "key_too_long");
    if (!isCheapToUse(key)) return notAllowed("RSA key with a public exponent over 64 bits", "key_exponent");
    return {};
}

std::string groupNameOf(const EVP_PKEY* key) {
    std::array<char, 64> name{};
    std::size_t length = 0;
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &length) != 1) {
        ERR_clear_error();
        return {};
    }
    return std::string(name.data(), length);
}

/// A curve written out in numbers may differ from the one that it resembles in its generator alone
/// (CVE-2020-0601).
bool isExplicitCurve(const EVP_PKEY* key) {
    int isExplicit = 0;
    EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &isExplicit);
    ERR_clear_error();
    return isExplicit == 1;
}

/// An "EC" key on the SM2 curve as the "SM2" key that OpenSSL needs for anything but ECDSA; others with one
/// more reference.
EvpPkeyPtr usableKey(Algorithm algorithm, EVP_PKEY* key) {
    if (algorithm != Algorithm::sm2sm3 || EVP_PKEY_is_a(key, "SM2")) {
        EVP_PKEY_up_ref(key);
        return EvpPkeyPtr(key);
    }
    OSSL_PARAM* values = nullptr;
    EVP_PKEY* converted = nullptr;
    if (EVP_PKEY_todata(key, EVP_PKEY_KEYPAIR, &values) == 1) {
        const EvpPkeyCtxPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
        if (context && EVP_PKEY_fromdata_init(context.get()) == 1)
            EVP_PKEY_fromdata(context.get(), &converted, EVP_PKEY_KEYPAIR, values);
        OSSL_PARAM_free(values);
    }
    return EvpPkeyPtr(converted);
}

bool setOptions(Algorithm algorithm, EVP_PKEY_CTX* context) {
    switch (algorithm) {
        case Algorithm::es256:
        case Algorithm::es384:
            return true;
        case Algorithm::rs256:
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
        case Algorithm::ps256:
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
                   EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1 &&
                   EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1;
        case Algorithm::sm2sm3:
            return EVP_PKEY_CTX_set1_id(context, kSm2DefaultId.data(),
                                        static_cast<int>(kSm2DefaultId.size())) == 1;
    }
    return false;
}

std::size_t signatureBytes(Algorithm algorithm, const EVP_PKEY* key) {
    const auto field = rawFieldBytes(algorithm);
    return field != 0 ? 2 * field : static_cast<std::size_t>(EVP_PKEY_get_size(key));
}

}  // namespace

Result<void> verifySignature(Algorithm algorithm, EVP_PKEY* key, BytesView message, BytesView signature) {
    if (auto allowed = checkKey(algorithm, key); !allowed) return allowed;
    if (signature.size() != signatureBytes(algorithm, key))
        return bad("signature of a wrong length", "signature_length");
    Bytes native(signature.begin(), signature.end());
    if (rawFieldBytes(algorithm) != 0) {
        auto der = rawToDer(signature);
        if (!der) return fail(der.error());
        native = std::move(*der);
    }
    const auto owned = usableKey(algorithm, key);
    const EvpMdCtxPtr digest(EVP_MD_CTX_new());
    EVP_PKEY_CTX* context = nullptr;  // belongs to `digest`
    if (!owned || !digest ||
        EVP_DigestVerifyInit(digest.get(), &context, digestOf(algorithm), nullptr, owned.get()) != 1 ||
        !setOptions(algorithm, context))
        return bad("verification could not be set up", "signature_setup");
    if (EVP_DigestVerify(digest.get(), native.data(), native.size(), message.data(), message.size()) != 1)
        return bad("signature does not verify", "signature_wrong");
    return {};
}

Result<Bytes> signWithKey(Algorithm algorithm, EVP_PKEY* key, BytesView message) {
    if (auto allowed = checkKey(algorithm, key); !allowed) return fail(allowed.error());
    const auto owned = usableKey(algorithm, key);
    const EvpMdCtxPtr digest(EVP_MD_CTX_new());
    EVP_PKEY_CTX* context = nullptr;  // belongs to `digest`
    if (!owned || !digest ||
        EVP_DigestSignInit(digest.get(), &context, digestOf(algorithm), nullptr, owned.get()) != 1 ||
        !setOptions(algorithm, context))
        return unsignable("signature set-up");
    std::size_t length = 0;
    if (EVP_DigestSign(digest.get(), nullptr, &length, message.data(), message.size()) != 1)
        return unsignable("size");
    Bytes signature(length);
    if (EVP_DigestSign(digest.get(), signature.data(), &length, message.data(), message.size()) != 1)
        return unsignable("signature");
    signature.resize(length);
    const auto field = rawFieldBytes(algorithm);
    return field == 0 ? Result<Bytes>(std::move(signature)) : derToRaw(signature, field);
}

std::size_t rawFieldBytes(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::es256:
        case Algorithm::sm2sm3:
            return 32;
        case Algorithm::es384:
            return 48;
        case Algorithm::rs256:
        case Algorithm::ps256:
            return 0;
    }
    return 0;
}

Result<Bytes> derToRaw(BytesView der, std::size_t fieldBytes) {
    const unsigned char* cursor = der.data();
    const EcdsaSigPtr pair(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size())));
    if (!pair || cursor != der.data() + der.size())
        return bad("not an ECDSA-Sig-Value", "signature_encoding");
    const BIGNUM* r = ECDSA_SIG_get0_r(pair.get());
    const BIGNUM* s = ECDSA_SIG_get0_s(pair.get());
    if (BN_is_negative(r) || BN_is_negative(s))
        return bad("negative number in a signature", "signature_encoding");
    Bytes raw(2 * fieldBytes);
    const int width = static_cast<int>(fieldBytes);
    if (BN_bn2binpad(r, raw.data(), width) != width ||
        BN_bn2binpad(s, raw.data() + fieldBytes, width) != width)
        return bad("number in a signature too large", "signature_encoding");
    return raw;
}

Result<Bytes> rawToDer(BytesView raw) {
    if (raw.empty() || raw.size() % 2 != 0) return bad("raw signature of odd length", "signature_length");
    const int width = static_cast<int>(raw.size() / 2);
    const EcdsaSigPtr pair(ECDSA_SIG_new());
    BignumPtr r(BN_bin2bn(raw.data(), width, nullptr));
    BignumPtr s(BN_bin2bn(raw.data() + width, width, nullptr));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1)
        return bad("no memory", "signature_setup");
    (void)r.release();  // ECDSA_SIG_set0 took both
    (void)s.release();
    Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)));
    unsigned char* cursor = der.data();
    i2d_ECDSA_SIG(pair.get(), &cursor);
    return der;
}

bool isCheapToUse(const EVP_PKEY* key) {
    return key != nullptr && EVP_PKEY_get_bits(key) <= kMaxRsaBits &&
           rsaExponentBits(key) <= kMaxRsaExponentBits;
}

KeyType keyTypeOf(const EVP_PKEY* key) {
    if (key == nullptr) return KeyType::other;
    if (EVP_PKEY_is_a(key, "RSA")) return KeyType::rsa;
    const bool isSm2 = EVP_PKEY_is_a(key, "SM2");
    if ((!isSm2 && !EVP_PKEY_is_a(key, "EC")) || isExplicitCurve(key)) return KeyType::other;
    const auto group = groupNameOf(key);
    if (isSm2 || group == "SM2") return KeyType::sm2;
    if (group == "prime256v1") return KeyType::p256;
    if (group == "secp384r1") return KeyType::p384;
    return KeyType::other;
}

}  // namespace signet
