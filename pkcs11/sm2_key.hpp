// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <openssl/types.h>

#include <memory>
#include <string_view>

namespace signet {

/// The ID of a signer who has no other.
/// Source: GM/T 0009-2012 section 10.
inline constexpr std::string_view kSm2DefaultId = "1234567812345678";

/// The public SM2 key of a certificate: what a signer and a verifier add to the message, and whether a
/// signature is one.
/// Thread: one at a time.
class Sm2Key {
public:
    /// Errors: noCertificate with reason "certificate_malformed", also for a key of another type;
    /// internalError.
    static Result<Sm2Key> fromCertificate(BytesView der);

    /// From 04‖X‖Y. Errors: noCertificate with reason "certificate_malformed".
    static Result<Sm2Key> fromPoint(BytesView point);

    /// Z_A of the default ID, 32 bytes.
    /// Source: GB/T 32918.2-2016 section 5.5.
    const Bytes& za() const { return m_za; }
    /// The uncompressed point 04‖X‖Y.
    const Bytes& point() const { return m_point; }

    /// Whether raw r‖s is a signature of the message, with Z_A.
    bool verifies(BytesView message, BytesView signature) const;
    /// Whether it is one of a digest e as given.
    bool verifiesDigest(BytesView digest, BytesView signature) const;

private:
    struct FreeKey {
        void operator()(EVP_PKEY* key) const;
    };
    Sm2Key() = default;
    static Result<Sm2Key> fromKey(EVP_PKEY* owned);

    std::unique_ptr<EVP_PKEY, FreeKey> m_key;
    Bytes m_za;
    Bytes m_point;
};

/// SM3 over the parts in their order; 32 bytes. Empty when OpenSSL has no SM3.
Bytes sm3(BytesView first, BytesView second = {});

}  // namespace signet
