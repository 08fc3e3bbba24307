// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/revocation_asn1.hpp"

#include "certs/signature.hpp"

#include <openssl/asn1t.h>
#include <openssl/err.h>

#include <array>
#include <memory>

namespace signet {
namespace {

using Asn1TypePtr = std::unique_ptr<ASN1_TYPE, Free<&ASN1_TYPE_free>>;

/// The signed bytes as a value that OpenSSL encodes to exactly these bytes.
Asn1TypePtr asValue(BytesView der) {
    Asn1TypePtr value(ASN1_TYPE_new());
    ASN1_STRING* text = ASN1_STRING_type_new(V_ASN1_SEQUENCE);
    if (!value || text == nullptr || ASN1_STRING_set(text, der.data(), static_cast<int>(der.size())) != 1) {
        ASN1_STRING_free(text);
        return nullptr;
    }
    ASN1_TYPE_set(value.get(), V_ASN1_SEQUENCE, text);
    return value;
}

/// SHA-1 has 20 bytes, MD5 16.
constexpr int kMinDigestBytes = 28;

bool isWeakDigest(const EVP_MD_CTX* context) {
    const EVP_MD* digest = EVP_MD_CTX_get0_md(context);
    return digest != nullptr && EVP_MD_get_size(digest) < kMinDigestBytes;
}

}  // namespace

tl::unexpected<Error> unusable(std::string reason, std::string detail) {
    ERR_clear_error();
    return fail(ErrorCode::revocationUnknown, std::move(detail), std::move(reason));
}

Result<void> verifySignedBytes(BytesView signedBytes, const X509_ALGOR* algorithm,
                               const ASN1_BIT_STRING* signature, EVP_PKEY* key) {
    if (key == nullptr || EVP_PKEY_get_security_bits(key) < kMinSecurityBits)
        return unusable("weak_signature", "a weak key");
    const auto value = asValue(signedBytes);
    const EvpPkeyCtxPtr keyContext(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const EvpMdCtxPtr context(EVP_MD_CTX_new());
    if (!value || !context || !keyContext)
        return fail(ErrorCode::internalError, "no memory to verify a signature");
    const auto idBytes = static_cast<int>(kSm2DefaultId.size());
    if (keyTypeOf(key) == KeyType::sm2 &&
        EVP_PKEY_CTX_set1_id(keyContext.get(), kSm2DefaultId.data(), idBytes) != 1)
        return unusable("answer_signature", "the SM2 ID cannot be set");
    EVP_MD_CTX_set_pkey_ctx(context.get(), keyContext.get());
    const auto* form = ASN1_ITEM_rptr(ASN1_ANY);
    if (ASN1_item_verify_ctx(form, algorithm, signature, value.get(), context.get()) != 1)
        return unusable("answer_signature", "the signature does not verify");
    if (isWeakDigest(context.get())) return unusable("weak_signature", "a weak digest");
    return {};
}

std::string crlReasonName(int reason) {
    constexpr std::array<const char*, 11> kNames{
        "unspecified",     "key_compromise",         "ca_compromise",    "affiliation_changed",
        "superseded",      "cessation_of_operation", "certificate_hold", "unspecified",
        "remove_from_crl", "privilege_withdrawn",    "aa_compromise"};
    return reason >= 0 && static_cast<std::size_t>(reason) < kNames.size()
               ? kNames[static_cast<std::size_t>(reason)]
               : kNames[0];
}

}  // namespace signet
