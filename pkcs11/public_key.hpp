// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/openssl_handles.hpp"

namespace signet {

/// The key of a certificate. Errors: noCertificate with reason "certificate_malformed".
Result<KeyHandle> publicKeyOf(BytesView certificate);

/// An RSA key of its CKA_MODULUS and CKA_PUBLIC_EXPONENT. Errors: tokenError with reason
/// "public_key_malformed".
Result<KeyHandle> rsaPublicKey(BytesView modulus, BytesView exponent);
/// A key on the curve of that OpenSSL name of its CKA_EC_POINT, bare or in an OCTET STRING as the standard
/// has it. Errors: tokenError with reason "public_key_malformed".
/// Source: PKCS#11 v2.40 mechanisms, section 2.3.3.
Result<KeyHandle> ecPublicKey(const char* curve, BytesView point);

/// What a token's objects say of a public key: the modulus (no leading zero), or the point; the other is
/// empty. Both are empty for keys of other kinds.
struct PublicNumbers {
    Bytes modulus{};
    Bytes point{};
};
PublicNumbers publicNumbersOf(const EVP_PKEY& key);
/// Whether CKA_MODULUS, or CKA_EC_POINT in either form, is that of the key.
bool isModulusOf(const PublicNumbers& numbers, BytesView modulus);
bool isPointOf(const PublicNumbers& numbers, BytesView point);

}  // namespace signet
