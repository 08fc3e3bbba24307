// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/test_pki/test_pki.hpp"

#include <optional>
#include <vector>

namespace signet {

struct RevokedEntry {
    Certificate certificate;
    TimePoint at;
    int reason = 1;  ///< CRLReason of RFC 5280, keyCompromise; negative = none
};

struct CrlOptions {
    TimePoint thisUpdate;
    std::optional<TimePoint> nextUpdate{};
    std::vector<RevokedEntry> revoked{};
    long number = 1;
};

/// A CRL of this CA, DER; SM2 CAs sign with the default ID.
Bytes makeCrl(const Authority& issuer, const CrlOptions& options);

enum class OcspStatus { good, revoked, unknown };

struct OcspEntry {
    Certificate certificate;
    OcspStatus status = OcspStatus::good;
    std::optional<TimePoint> revokedAt{};  ///< by default one hour before thisUpdate
};

struct OcspOptions {
    std::vector<OcspEntry> entries;
    TimePoint thisUpdate;
    std::optional<TimePoint> nextUpdate{};
    Bytes nonce{};                        ///< empty = none
    const Issued* responder = nullptr;    ///< nullptr = signed with the CA's own key
    bool hasResponderCertificate = true;  ///< whether the response carries the responder's certificate
};

/// A successful OCSP response about certificates of this CA, DER; SM2 keys sign with the default ID.
Bytes makeOcspResponse(const Authority& issuer, const OcspOptions& options);

/// A response without content, for example 3 (tryLater) or 6 (unauthorized) of RFC 6960 section 4.2.1.
Bytes makeOcspFailure(int responseStatus);

}  // namespace signet
