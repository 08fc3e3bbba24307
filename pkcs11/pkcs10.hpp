// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/openssl_handles.hpp"

namespace signet {

/// A request without its signature: subject and extensions of the certificate, so that the issuer can renew
/// the same identity, and the public key. What the issuer itself puts in (key identifiers, addresses of CRL
/// and OCSP, policies, constraints) is left out.
/// Errors: noCertificate with reason "certificate_malformed".
/// Source: RFC 2986; RFC 2985 section 5.4.2 (extensionRequest).
Result<RequestHandle> draftRequest(BytesView certificate, EVP_PKEY* publicKey);

/// Signs the draft, verifies the signature by the public key in it, and encodes it in DER. SHA-384 for keys
/// of P-384, else SHA-256.
/// Errors: signatureInvalid with reason "request_signature"; what libp11Error() makes of a failed signature.
Result<Bytes> finishRequest(X509_REQ* draft, EVP_PKEY* signer);

}  // namespace signet
