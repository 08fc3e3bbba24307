// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "certs/openssl.hpp"

#include <chrono>
#include <string>

namespace signet {

/// Verifies the signature over signed bytes as certificates, CRLs and OCSP responses carry it; SM2 with the
/// default ID. Errors: revocationUnknown with reason "weak_signature" (SHA-1, MD5, a key below 112 bits) or
/// "answer_signature". Thread: any. Source: GM/T 0009 section 10 for SM2.
Result<void> verifySignedBytes(BytesView signedBytes, const X509_ALGOR* algorithm,
                               const ASN1_BIT_STRING* signature, EVP_PKEY* key);

/// For an answer that cannot be used: revocationUnknown.
tl::unexpected<Error> unusable(std::string reason, std::string detail);

/// "key_compromise" for 1 and so on; "unspecified" where there is none. Source: RFC 5280 section 5.3.1.
std::string crlReasonName(int reason);

/// Of keys and of signatures of certificates: RSA-2048, no SHA-1.
inline constexpr int kMinSecurityBits = 112;

/// Clocks of CAs and of this machine may differ so much.
inline constexpr std::chrono::minutes kClockSkew{5};

}  // namespace signet
