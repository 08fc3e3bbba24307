// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/certificate_key.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <memory>
#include <string_view>

namespace signet {
namespace {

struct FreeX509 {
    void operator()(X509* certificate) const { X509_free(certificate); }
};

KeyType curveOf(const EVP_PKEY* key) {
    std::array<char, 64> name{};
    std::size_t length = 0;
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &length) != 1) return KeyType::other;
    const std::string_view curve(name.data(), length);
    if (curve == "prime256v1" || curve == "P-256") return KeyType::p256;
    if (curve == "secp384r1" || curve == "P-384") return KeyType::p384;
    if (curve == "SM2") return KeyType::sm2;
    return KeyType::other;
}

CertificateKey describe(const EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "RSA") == 1)
        return {KeyType::rsa, static_cast<std::size_t>(EVP_PKEY_get_size(key))};
    if (EVP_PKEY_is_a(key, "SM2") == 1) return {KeyType::sm2, 0};
    if (EVP_PKEY_is_a(key, "EC") == 1) return {curveOf(key), 0};
    return {};
}

}  // namespace

Result<CertificateKey> keyOfCertificate(BytesView der) {
    const auto* position = der.data();
    const std::unique_ptr<X509, FreeX509> certificate(
        d2i_X509(nullptr, &position, static_cast<long>(der.size())));
    const EVP_PKEY* key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
    ERR_clear_error();
    if (key == nullptr)
        return fail(ErrorCode::noCertificate, "the certificate cannot be read", "certificate_malformed");
    return describe(key);
}

}  // namespace signet
