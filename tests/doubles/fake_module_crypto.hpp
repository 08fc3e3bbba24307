// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"

#include <openssl/evp.h>
#include <p11-kit/pkcs11.h>

#include <span>

namespace signet::fake {

struct Sm2Control;

/// One way to sign, as a row of a table: a personality with vendors' mechanisms is a table of its own.
struct Mechanism {
    CK_MECHANISM_TYPE number;
    const char* keyType;  ///< as EVP_PKEY_is_a knows it
    const char* digest;   ///< what the token hashes with; null: the caller hashed
    bool isPss;
    const Sm2Control* sm2 = nullptr;  ///< of the control file, which outlives a signature
};

/// The mechanisms of the standard that a login may use.
std::span<const Mechanism> standardMechanisms();

/// Length of every signature with this key, in the form of PKCS#11 (raw r‖s).
std::size_t signatureBytes(const EVP_PKEY* key);

/// Whether half of a raw ECDSA signature begins with a zero byte that its DER has not.
bool hasSpareZero(BytesView raw);

/// CKR_OK and the signature; CKR_DATA_LEN_RANGE and CKR_MECHANISM_PARAM_INVALID as the standard has them.
CK_RV sign(const Mechanism& mechanism, BytesView parameter, EVP_PKEY* key, BytesView data, Bytes& signature);

}  // namespace signet::fake
