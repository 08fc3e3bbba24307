// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"

#include <openssl/types.h>

#include <cstddef>
#include <string_view>

namespace signet {

/// The distinguishing ID of SM2 signatures (GM/T 0009-2012 section 10).
inline constexpr std::string_view kSm2DefaultId = "1234567812345678";

/// Verifies a signature in the form of the statement (protocol.md section 3): RSA as it is, ECDSA and SM2 raw
/// r‖s of fixed width. Errors: algNotAllowed when the key does not fit, badSignature otherwise. Thread: any.
/// Source: RFC 7518 section 3, GM/T 0009.
Result<void> verifySignature(Algorithm algorithm, EVP_PKEY* key, BytesView message, BytesView signature);

/// Signs with a software key (test PKI, tests): the same forms. Errors: algNotAllowed, internalError.
Result<Bytes> signWithKey(Algorithm algorithm, EVP_PKEY* key, BytesView message);

/// Width in bytes of r and of s in a raw signature; 0 for RSA.
std::size_t rawFieldBytes(Algorithm algorithm);
/// ECDSA-Sig-Value (RFC 3279) to r‖s and back. Errors: badSignature.
Result<Bytes> derToRaw(BytesView der, std::size_t fieldBytes);
Result<Bytes> rawToDer(BytesView raw);

/// Whether the key's numbers are of a size that cannot make its use slow. For keys of strangers.
bool isCheapToUse(const EVP_PKEY* key);

/// The type of a public key. An "EC" key on the SM2 curve counts as sm2.
KeyType keyTypeOf(const EVP_PKEY* key);

}  // namespace signet
