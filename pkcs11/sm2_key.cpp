// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/sm2_key.hpp"

#include "base/encoding.hpp"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

namespace signet {
namespace {

constexpr std::size_t kFieldBytes = 32;
constexpr std::size_t kPointBytes = 1 + 2 * kFieldBytes;

/// a ‖ b ‖ x_G ‖ y_G of the recommended curve.
/// Source: GB/T 32918.5-2017 section 2.
constexpr std::string_view kCurveHex =
    "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc"
    "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93"
    "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
    "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0";

template <auto Release>
struct Free {
    template <class T>
    void operator()(T* object) const {
        Release(object);
    }
};

Bytes joined(std::initializer_list<BytesView> parts) {
    Bytes all;
    for (const auto part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

Bytes makeZa(const Bytes& point) {
    const auto idBits = kSm2DefaultId.size() * 8;
    const std::array length{static_cast<std::uint8_t>(idBits >> 8), static_cast<std::uint8_t>(idBits)};
    const auto curve = fromHex(kCurveHex).value_or(Bytes{});
    return sm3(joined({length, bytesOf(kSm2DefaultId), curve, BytesView(point).subspan(1)}));
}

/// DER, as OpenSSL wants it.
Bytes derOf(BytesView raw) {
    const std::unique_ptr<ECDSA_SIG, Free<&ECDSA_SIG_free>> signature(ECDSA_SIG_new());
    const int half = static_cast<int>(raw.size() / 2);
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(raw.data(), half, nullptr),
                   BN_bin2bn(raw.data() + half, half, nullptr));
    std::uint8_t* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    Bytes bytes(der, der + std::max(size, 0));
    OPENSSL_free(der);
    return bytes;
}

}  // namespace

void Sm2Key::FreeKey::operator()(EVP_PKEY* key) const {
    EVP_PKEY_free(key);
}

Bytes sm3(BytesView first, BytesView second) {
    static const std::unique_ptr<EVP_MD, Free<&EVP_MD_free>> digest(EVP_MD_fetch(nullptr, "SM3", nullptr));
    const std::unique_ptr<EVP_MD_CTX, Free<&EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    Bytes hash(kFieldBytes);
    const bool isMade = digest && context && EVP_DigestInit_ex(context.get(), digest.get(), nullptr) == 1 &&
                        EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
                        EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
                        EVP_DigestFinal_ex(context.get(), hash.data(), nullptr) == 1;
    return isMade ? hash : Bytes{};
}

Result<Sm2Key> Sm2Key::fromKey(EVP_PKEY* owned) {
    Sm2Key key;
    key.m_key.reset(owned);
    std::array<std::uint8_t, kPointBytes + 1> point{};
    std::size_t size = 0;
    const bool isRead = owned != nullptr && EVP_PKEY_is_a(owned, "SM2") == 1 &&
                        EVP_PKEY_get_octet_string_param(owned, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY,
                                                        point.data(), point.size(), &size) == 1 &&
                        size == kPointBytes;
    ERR_clear_error();
    if (!isRead) return fail(ErrorCode::noCertificate, "not an SM2 key", "certificate_malformed");
    key.m_point.assign(point.begin(), point.begin() + kPointBytes);
    key.m_za = makeZa(key.m_point);
    if (key.m_za.empty()) return fail(ErrorCode::internalError, "OpenSSL has no SM3");
    return key;
}

Result<Sm2Key> Sm2Key::fromCertificate(BytesView der) {
    const auto* position = der.data();
    const std::unique_ptr<X509, Free<&X509_free>> certificate(
        d2i_X509(nullptr, &position, static_cast<long>(der.size())));
    return fromKey(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
}

Result<Sm2Key> Sm2Key::fromPoint(BytesView point) {
    const std::unique_ptr<EVP_PKEY_CTX, Free<&EVP_PKEY_CTX_free>> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    auto* bytes = const_cast<std::uint8_t*>(point.data());  // only read
    char group[] = "SM2";
    const std::array parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, bytes, point.size()),
        OSSL_PARAM_construct_end()};
    EVP_PKEY* key = nullptr;
    if (context && EVP_PKEY_fromdata_init(context.get()) == 1)
        (void)EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY,
                                const_cast<OSSL_PARAM*>(parameters.data()));
    return fromKey(key);
}

bool Sm2Key::verifies(BytesView message, BytesView signature) const {
    return verifiesDigest(sm3(m_za, message), signature);
}

bool Sm2Key::verifiesDigest(BytesView digest, BytesView signature) const {
    if (signature.size() != 2 * kFieldBytes || digest.empty()) return false;
    const std::unique_ptr<EVP_PKEY_CTX, Free<&EVP_PKEY_CTX_free>> context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, m_key.get(), nullptr));
    const auto der = derOf(signature);
    const bool isGood =
        context && EVP_PKEY_verify_init(context.get()) == 1 &&
        EVP_PKEY_verify(context.get(), der.data(), der.size(), digest.data(), digest.size()) == 1;
    ERR_clear_error();
    return isGood;
}

}  // namespace signet
