// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/fake_module_crypto.hpp"

#include "tests/doubles/fake_module_control.hpp"

#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string_view>

namespace signet::fake {
namespace {

constexpr std::string_view kSm2Id = "1234567812345678";

constexpr std::array kStandard{
    Mechanism{CKM_RSA_PKCS, "RSA", nullptr, false},
    Mechanism{CKM_SHA256_RSA_PKCS, "RSA", "SHA256", false},
    Mechanism{CKM_RSA_PKCS_PSS, "RSA", nullptr, true},
    Mechanism{CKM_SHA256_RSA_PKCS_PSS, "RSA", "SHA256", true},
    Mechanism{CKM_ECDSA, "EC", nullptr, false},
    Mechanism{CKM_ECDSA_SHA256, "EC", "SHA256", false},
    Mechanism{CKM_ECDSA_SHA384, "EC", "SHA384", false},
};

using ContextPtr = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using EcdsaPtr = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;

Bytes hashed(const char* digest, BytesView data) {
    if (digest == nullptr) return {data.begin(), data.end()};
    Bytes hash(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    EVP_Digest(data.data(), data.size(), hash.data(), &size, EVP_get_digestbyname(digest), nullptr);
    hash.resize(size);
    return hash;
}

/// The DigestInfo is the caller's own with CKM_RSA_PKCS, so no digest is set there.
bool prepareRsa(EVP_PKEY_CTX* context, const Mechanism& mechanism, BytesView parameter) {
    if (EVP_PKEY_CTX_set_rsa_padding(context, mechanism.isPss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) !=
        1)
        return false;
    if (!mechanism.isPss)
        return mechanism.digest == nullptr || EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1;
    CK_RSA_PKCS_PSS_PARAMS pss{};
    if (parameter.size() != sizeof pss) return false;
    std::memcpy(&pss, parameter.data(), sizeof pss);
    return pss.hashAlg == CKM_SHA256 && pss.mgf == CKG_MGF1_SHA256 &&
           EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, static_cast<int>(pss.sLen)) == 1;
}

Bytes rawFromDer(BytesView der, std::size_t size) {
    const auto* next = der.data();
    const EcdsaPtr parsed(d2i_ECDSA_SIG(nullptr, &next, static_cast<long>(der.size())), &ECDSA_SIG_free);
    Bytes raw(size);
    const int half = static_cast<int>(size / 2);
    BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), raw.data(), half);
    BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), raw.data() + half, half);
    return raw;
}

/// By OpenSSL itself and not by code that is tested: with `id` the digest is SM3(Z_A ‖ data).
Bytes signSm2Message(EVP_PKEY* key, std::string_view id, BytesView data) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_PKEY_CTX* inner = EVP_PKEY_CTX_new(key, nullptr);
    EVP_PKEY_CTX_set1_id(inner, id.data(), static_cast<int>(id.size()));
    EVP_MD_CTX_set_pkey_ctx(context.get(), inner);
    Bytes der(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
    std::size_t size = der.size();
    const bool isMade = EVP_DigestSignInit(context.get(), nullptr, EVP_sm3(), nullptr, key) == 1 &&
                        EVP_DigestSign(context.get(), der.data(), &size, data.data(), data.size()) == 1;
    EVP_PKEY_CTX_free(inner);
    der.resize(isMade ? size : 0);
    return der;
}

Bytes signSm2Digest(EVP_PKEY* key, BytesView digest) {
    const ContextPtr context(EVP_PKEY_CTX_new(key, nullptr), &EVP_PKEY_CTX_free);
    Bytes der(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
    std::size_t size = der.size();
    const bool isMade = EVP_PKEY_sign_init(context.get()) == 1 &&
                        EVP_PKEY_sign(context.get(), der.data(), &size, digest.data(), digest.size()) == 1;
    der.resize(isMade ? size : 0);
    return der;
}

Bytes inForm(Sm2Control::Output output, const Bytes& der) {
    if (output == Sm2Control::Output::der) return der;
    if (output == Sm2Control::Output::garbage) return Bytes(64, 0x5a);
    Bytes raw = rawFromDer(der, 64);
    if (output == Sm2Control::Output::swapped) std::rotate(raw.begin(), raw.begin() + 32, raw.end());
    return raw;
}

CK_RV signSm2(const Sm2Control& control, BytesView parameter, EVP_PKEY* key, BytesView data,
              Bytes& signature) {
    using Input = Sm2Control::Input;
    const bool isIdGiven = textOf(parameter) == kSm2Id;
    if (isIdGiven != (control.input == Input::messageId)) return CKR_MECHANISM_PARAM_INVALID;
    if (control.input == Input::prehashed && data.size() != 32) return CKR_DATA_LEN_RANGE;
    Bytes der;
    if (control.input == Input::prehashed)
        der = signSm2Digest(key, data);
    else if (control.input == Input::message || control.input == Input::messageId)
        der = signSm2Message(key, kSm2Id, data);
    else
        der = signSm2Digest(key, hashed("SM3", data));
    if (der.empty()) return CKR_FUNCTION_FAILED;
    signature = inForm(control.output, der);
    return CKR_OK;
}

}  // namespace

std::span<const Mechanism> standardMechanisms() {
    return kStandard;
}

std::size_t signatureBytes(const EVP_PKEY* key) {
    const auto bytes = static_cast<std::size_t>(EVP_PKEY_get_bits(key) + 7) / 8;
    return EVP_PKEY_is_a(key, "RSA") == 1 ? bytes : 2 * bytes;
}

bool hasSpareZero(BytesView raw) {
    const auto isSpare = [](BytesView number) { return number[0] == 0 && (number[1] & 0x80) == 0; };
    return isSpare(raw.first(raw.size() / 2)) || isSpare(raw.last(raw.size() / 2));
}

CK_RV sign(const Mechanism& mechanism, BytesView parameter, EVP_PKEY* key, BytesView data, Bytes& signature) {
    if (mechanism.sm2 != nullptr) return signSm2(*mechanism.sm2, parameter, key, data, signature);
    const ContextPtr context(EVP_PKEY_CTX_new(key, nullptr), &EVP_PKEY_CTX_free);
    if (!context || EVP_PKEY_sign_init(context.get()) != 1) return CKR_FUNCTION_FAILED;
    const bool isRsa = EVP_PKEY_is_a(key, "RSA") == 1;
    if (isRsa && !prepareRsa(context.get(), mechanism, parameter)) return CKR_MECHANISM_PARAM_INVALID;
    const Bytes input = hashed(mechanism.digest, data);
    Bytes made(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
    std::size_t size = made.size();
    if (EVP_PKEY_sign(context.get(), made.data(), &size, input.data(), input.size()) != 1)
        return CKR_DATA_LEN_RANGE;
    made.resize(size);
    signature = isRsa ? made : rawFromDer(made, signatureBytes(key));
    return CKR_OK;
}

}  // namespace signet::fake
