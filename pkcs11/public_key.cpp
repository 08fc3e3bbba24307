// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/public_key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include <algorithm>

namespace signet {
namespace {

using BignumHandle = std::unique_ptr<BIGNUM, FreeOpenssl<&BN_free>>;
using BuilderHandle = std::unique_ptr<OSSL_PARAM_BLD, FreeOpenssl<&OSSL_PARAM_BLD_free>>;
using ParamsHandle = std::unique_ptr<OSSL_PARAM, FreeOpenssl<&OSSL_PARAM_free>>;
using KeyContextHandle = std::unique_ptr<EVP_PKEY_CTX, FreeOpenssl<&EVP_PKEY_CTX_free>>;

constexpr std::uint8_t kOctetString = 0x04;
constexpr std::size_t kMaxPoint = 512;

tl::unexpected<Error> malformed(const char* what) {
    ERR_clear_error();
    return fail(ErrorCode::tokenError, what, "public_key_malformed");
}

Result<KeyHandle> keyFrom(const char* type, const BuilderHandle& builder) {
    const ParamsHandle params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return malformed("the token's public key cannot be read");
    return KeyHandle(key);
}

BytesView withoutZeros(BytesView number) {
    const auto first = std::find_if(number.begin(), number.end(), [](auto byte) { return byte != 0; });
    return number.subspan(static_cast<std::size_t>(first - number.begin()));
}

/// The content of an OCTET STRING that is nothing else; any other value as it is.
BytesView unwrapped(BytesView point) {
    if (point.size() < 2 || point[0] != kOctetString) return point;
    if (point[1] == point.size() - 2) return point.subspan(2);
    const bool isLong = point.size() > 3 && point[1] == 0x81 && point[2] == point.size() - 3;
    return isLong ? point.subspan(3) : point;
}

}  // namespace

Result<KeyHandle> publicKeyOf(BytesView certificate) {
    const auto* position = certificate.data();
    const CertificateHandle parsed(d2i_X509(nullptr, &position, static_cast<long>(certificate.size())));
    KeyHandle key(parsed ? X509_get_pubkey(parsed.get()) : nullptr);
    ERR_clear_error();
    if (!key)
        return fail(ErrorCode::noCertificate, "the certificate cannot be read", "certificate_malformed");
    return key;
}

Result<KeyHandle> rsaPublicKey(BytesView modulus, BytesView exponent) {
    const BignumHandle n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr));
    const BignumHandle e(BN_bin2bn(exponent.data(), static_cast<int>(exponent.size()), nullptr));
    const BuilderHandle builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return malformed("the token's RSA key cannot be read");
    return keyFrom("RSA", builder);
}

Result<KeyHandle> ecPublicKey(const char* curve, BytesView point) {
    for (const auto form : {unwrapped(point), point}) {
        const BuilderHandle builder(OSSL_PARAM_BLD_new());
        if (!builder ||
            OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) != 1 ||
            OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, form.data(),
                                             form.size()) != 1)
            break;
        if (auto key = keyFrom("EC", builder)) return key;
    }
    return malformed("the token's EC key cannot be read");
}

PublicNumbers publicNumbersOf(const EVP_PKEY& key) {
    PublicNumbers numbers;
    BIGNUM* modulus = nullptr;
    if (EVP_PKEY_get_bn_param(&key, OSSL_PKEY_PARAM_RSA_N, &modulus) == 1) {
        const BignumHandle owner(modulus);
        numbers.modulus.resize(static_cast<std::size_t>(BN_num_bytes(modulus)));
        BN_bn2bin(modulus, numbers.modulus.data());
    }
    Bytes point(kMaxPoint);
    std::size_t length = 0;
    if (EVP_PKEY_get_octet_string_param(&key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &length) ==
        1) {
        point.resize(length);
        numbers.point = std::move(point);
    }
    ERR_clear_error();
    return numbers;
}

bool isModulusOf(const PublicNumbers& numbers, BytesView modulus) {
    return !numbers.modulus.empty() && std::ranges::equal(withoutZeros(modulus), numbers.modulus);
}

bool isPointOf(const PublicNumbers& numbers, BytesView point) {
    return !numbers.point.empty() &&
           (std::ranges::equal(point, numbers.point) || std::ranges::equal(unwrapped(point), numbers.point));
}

}  // namespace signet
