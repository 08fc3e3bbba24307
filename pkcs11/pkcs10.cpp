// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/pkcs10.hpp"

#include "pkcs11/libp11_key.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace signet {
namespace {

using ExtensionsHandle =
    std::unique_ptr<STACK_OF(X509_EXTENSION),
                    decltype([](auto* stack) { sk_X509_EXTENSION_pop_free(stack, X509_EXTENSION_free); })>;

/// What the issuer decides anew for each certificate.
constexpr std::array kOfTheIssuer{NID_authority_key_identifier,
                                  NID_subject_key_identifier,
                                  NID_crl_distribution_points,
                                  NID_freshest_crl,
                                  NID_info_access,
                                  NID_sinfo_access,
                                  NID_issuer_alt_name,
                                  NID_certificate_policies,
                                  NID_policy_constraints,
                                  NID_policy_mappings,
                                  NID_inhibit_any_policy,
                                  NID_name_constraints,
                                  NID_basic_constraints,
                                  NID_private_key_usage_period,
                                  NID_ct_precert_scts,
                                  NID_ct_precert_poison,
                                  NID_netscape_cert_type};

bool isRepeated(X509_EXTENSION* extension) {
    const int name = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    return std::find(kOfTheIssuer.begin(), kOfTheIssuer.end(), name) == kOfTheIssuer.end();
}

bool addExtensions(X509_REQ* request, const X509* certificate) {
    const ExtensionsHandle wanted(sk_X509_EXTENSION_new_null());
    for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
        auto* extension = X509_get_ext(certificate, i);
        if (!isRepeated(extension)) continue;
        auto* copy = X509_EXTENSION_dup(extension);
        if (copy != nullptr && sk_X509_EXTENSION_push(wanted.get(), copy) > 0) continue;
        X509_EXTENSION_free(copy);
        return false;
    }
    return sk_X509_EXTENSION_num(wanted.get()) == 0 || X509_REQ_add_extensions(request, wanted.get()) == 1;
}

const EVP_MD* digestFor(const EVP_PKEY* key) {
    constexpr int kBitsOfP384 = 384;
    const bool isP384 = EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_bits(key) == kBitsOfP384;
    return isP384 ? EVP_sha384() : EVP_sha256();
}

}  // namespace

Result<RequestHandle> draftRequest(BytesView certificate, EVP_PKEY* publicKey) {
    const auto* position = certificate.data();
    const CertificateHandle parsed(d2i_X509(nullptr, &position, static_cast<long>(certificate.size())));
    RequestHandle request(X509_REQ_new());
    const bool isDone = parsed && request && X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) == 1 &&
                        X509_REQ_set_subject_name(request.get(), X509_get_subject_name(parsed.get())) == 1 &&
                        X509_REQ_set_pubkey(request.get(), publicKey) == 1 &&
                        addExtensions(request.get(), parsed.get());
    ERR_clear_error();
    if (!isDone)
        return fail(ErrorCode::noCertificate, "no request can be made of the certificate",
                    "certificate_malformed");
    return request;
}

Result<Bytes> finishRequest(X509_REQ* draft, EVP_PKEY* signer) {
    ERR_clear_error();
    auto* publicKey = X509_REQ_get0_pubkey(draft);
    if (X509_REQ_sign(draft, signer, digestFor(publicKey)) <= 0) return fail(libp11Error("sign"));
    if (X509_REQ_verify(draft, publicKey) != 1) {
        ERR_clear_error();
        return fail(ErrorCode::signatureInvalid, "the request's signature does not fit its key",
                    "request_signature");
    }
    unsigned char* der = nullptr;
    const int size = i2d_X509_REQ(draft, &der);
    if (size <= 0) return fail(ErrorCode::internalError, "the request cannot be encoded");
    Bytes request(der, der + size);
    OPENSSL_free(der);
    return request;
}

}  // namespace signet
