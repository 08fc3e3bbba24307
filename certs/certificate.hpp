// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

#include <openssl/types.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

using Sha256 = std::array<std::uint8_t, 32>;
Sha256 sha256(BytesView bytes);

/// An X.509 certificate, parsed once and never changed; copies share it. For a certificate signed with SM2
/// the distinguishing ID 1234567812345678 (GM/T 0009) is set when it is parsed. Thread: any.
class Certificate {
public:
    /// Exactly one DER certificate of at most 64 KiB. Errors: badRequest with reason "certificate_malformed".
    static Result<Certificate> fromDer(BytesView der);
    /// One certificate or more, PEM. Errors: as fromDer; none found is an error too.
    static Result<std::vector<Certificate>> fromPem(std::string_view pem);

    const Bytes& der() const;
    /// SHA-256 of the DER.
    const Sha256& fingerprint() const;
    std::string fingerprintHex() const;
    std::string toPem() const;

    /// UTF-8, control and direction-changing characters escaped as \XX; the whole name in RFC 2253 form, or
    /// the last commonName (organisation where there is none).
    std::string subject() const;
    std::string issuer() const;
    std::string subjectCommonName() const;
    std::string issuerCommonName() const;
    std::string serialHex() const;
    TimePoint notBefore() const;
    TimePoint notAfter() const;
    KeyType keyType() const;
    int keyBits() const;
    /// keyUsage has digitalSignature, or there is no keyUsage (protocol.md section 8).
    bool mayDigitallySign() const;
    bool hasKeyUsage() const;
    /// extendedKeyUsage has clientAuth, or there is none.
    bool mayAuthenticateClients() const;
    bool isCa() const;
    bool isSelfIssued() const;

    /// For OpenSSL calls that take a non-const pointer but do not change it. Lives as long as this object or
    /// a copy of it. key() is nullptr for a key that OpenSSL cannot read (keyType() is other then).
    X509* native() const;
    EVP_PKEY* key() const;

    friend bool operator==(const Certificate& a, const Certificate& b) {
        return a.fingerprint() == b.fingerprint();
    }

private:
    struct Parsed;
    explicit Certificate(std::shared_ptr<const Parsed> parsed) : m_parsed(std::move(parsed)) {}
    std::shared_ptr<const Parsed> m_parsed;  ///< shared by all copies (caches, chains, sessions)
};

/// Whether the issuer's name and key identifiers fit and its key verifies the subject's signature. What the
/// issuer may sign is not asked. Thread: any.
bool isIssuedBy(X509* subject, X509* issuer);

/// 2026-10-01, in UTC.
std::string dateText(TimePoint time);
/// RFC 3339 in UTC, 2026-10-01T08:00:00Z.
std::string timeText(TimePoint time);

}  // namespace signet
