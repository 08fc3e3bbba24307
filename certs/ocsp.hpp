// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"
#include "certs/revocation.hpp"

#include <optional>

namespace signet {

inline constexpr std::size_t kMaxOcspBytes = 64 * 1024;

/// What an OCSP responder said about one certificate.
struct OcspAnswer {
    enum class State { good, revoked, unknown };
    State state = State::unknown;
    TimePoint revokedAt{};  ///< of a revoked one
    int reason = 0;         ///< CRLReason, of a revoked one
    TimePoint thisUpdate{};
    std::optional<TimePoint> nextUpdate{};
    SharedBytes der{};
};

/// An OCSPRequest for one certificate with a SHA-1 CertID (what every responder knows) and the nonce, where
/// it is not empty. Errors: internalError. Thread: any. Source: RFC 6960 section 4.1, RFC 8954.
Result<Bytes> ocspRequest(const Certificate& certificate, const Certificate& issuer, BytesView nonce);

/// Reads and verifies a response: signed by the issuer or by a responder that the issuer certified for
/// OCSPSigning, about this certificate, within its dates; a nonce in it must be ours (a responder may leave
/// it out). Without nextUpdate it must be less than an hour old. The responder's own certificate is not
/// checked for revocation. Errors: revocationUnknown with reason "ocsp_malformed", "ocsp_refused" (no
/// successful response), "ocsp_signer", "ocsp_other_certificate", "ocsp_nonce", "answer_expired",
/// "answer_not_yet_valid". Thread: any. Source: RFC 6960 section 3.2.
Result<OcspAnswer> readOcspResponse(Bytes der, const Certificate& certificate, const Certificate& issuer,
                                    BytesView nonce, TimePoint now);

}  // namespace signet
