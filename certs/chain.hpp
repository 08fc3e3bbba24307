// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"
#include "certs/trust_list.hpp"

#include <span>
#include <string>
#include <vector>

namespace signet {

/// A leaf with everything up to the trust anchor.
struct Chain {
    /// Leaf first, up to the trust list's last entry above it.
    std::vector<Certificate> certificates;
    TrustedIssuer issuer;  ///< the nearest entry of the trust list above the leaf: its rules apply
    const Certificate& leaf() const { return certificates.front(); }
    /// What x5c carries: leaf and intermediates, without a self-issued end.
    std::vector<Certificate> forHeader() const;
};

/// keyUsage and extendedKeyUsage of protocol.md section 8. Errors: certificateNotForLogin with reason
/// "key_usage", "encryption_only", "extended_key_usage" or "ca_certificate". Thread: any.
Result<void> checkLoginUsage(const Certificate& leaf);

/// Whether one of the CAs of a path (leaf first) is in the challenge's `issuers` (base64url SHA-256); no
/// issuers means any.
bool isAcceptedBy(std::span<const std::string> issuers, const std::vector<Certificate>& path);

/// Dates of the leaf; at notAfter itself it has expired. Errors: certificateExpired, certificateNotYetValid,
/// with params["date"]. Thread: any.
Result<void> checkDates(const Certificate& leaf, TimePoint now);

/// Builds and verifies the chain to a CA of the trust list (SM2 chains with the default ID on every
/// certificate), with dates and CA constraints of every member; `intermediates` come from the token or from
/// x5c and are not trusted. When `issuers` (base64url SHA-256, from a challenge) is not empty, one of the
/// chain's CAs must be in it; the chain may pass through several CAs of the list, and when one of them is
/// outside its licence the chain is refused. RSA below 2048 bits and SHA-1 are refused. It keeps nothing
/// between calls; the verdict may be cached by the leaf's fingerprint until the earliest notAfter of the
/// chain. Errors: certificateUntrusted with params["name"] and reason "issuer_unknown",
/// "issuer_not_accepted", "issuer_expired", "licence_not_begun", "licence_ended", "weak_key",
/// "weak_signature" or "chain_invalid"; of the leaf's own dates certificateExpired, certificateNotYetValid.
/// Thread: any. Source: RFC 5280 section 6.
Result<Chain> buildChain(const Certificate& leaf, std::span<const Certificate> intermediates,
                         const TrustList& trust, TimePoint now, std::span<const std::string> issuers = {});

/// All that can be said without the network, cheapest first and in the order of use to the person: usage,
/// dates, chain.
Result<Chain> verifyForLogin(const Certificate& leaf, std::span<const Certificate> intermediates,
                             const TrustList& trust, TimePoint now,
                             std::span<const std::string> issuers = {});

}  // namespace signet
