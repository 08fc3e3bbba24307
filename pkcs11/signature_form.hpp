// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/certificate_key.hpp"

namespace signet {

/// What a token gave, in the form of the statement: an RSA block as long as the modulus, ECDSA raw r‖s of
/// fixed width. Tokens that give ECDSA in DER against PKCS#11 v2.40 section 2.3.1 are put right. Whether it
/// verifies is not looked at.
/// Errors: signatureInvalid with reason "signature_length".
Result<Bytes> toStatementForm(Algorithm algorithm, const CertificateKey& key, BytesView signature);

/// Whether r or s of a raw ECDSA signature begins with a zero byte and a byte below 0x80 after it. Such a
/// number has fewer bytes in DER, but versions of Web eID's server library for PHP leave the zero in and so
/// refuse about one valid signature in 240. False for RSA.
bool hasSpareZero(Algorithm algorithm, BytesView signature);

}  // namespace signet
