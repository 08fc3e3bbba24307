// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"
#include "certs/revocation.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace signet {

inline constexpr std::size_t kMaxCrlBytes = 64 * 1024 * 1024;

/// A complete direct CRL, verified once, as a sorted array of serial numbers (32 bytes an entry).
/// Thread: any, never changed.
class CrlIndex {
public:
    struct Entry {
        TimePoint revokedAt;
        int reason = 0;
    };

    /// Verifies and indexes. Units: `now` for the CRL's dates. Errors: revocationUnknown with reason
    /// "crl_malformed", "crl_issuer", "crl_scope" (a delta, an indirect one, one for CAs or some reasons
    /// only), "answer_signature", "weak_signature", "answer_expired" or "answer_not_yet_valid". Source: RFC
    /// 5280 section 5.
    static Result<CrlIndex> fromDer(Bytes der, const Certificate& issuer, TimePoint now);

    /// nullopt: not on the list. The certificate must be of this CRL's issuer.
    std::optional<Entry> find(const Certificate& certificate) const;
    /// A partitioned CRL (issuingDistributionPoint) speaks only for certificates that name the same point,
    /// and it may be for CAs or for users only.
    bool speaksFor(const Certificate& certificate) const;

    const SharedBytes& der() const { return m_der; }
    TimePoint thisUpdate() const { return m_thisUpdate; }
    TimePoint nextUpdate() const { return m_nextUpdate; }
    std::size_t size() const { return m_records.size(); }

private:
    friend class CrlParser;
    using Serial = std::array<std::uint8_t, 21>;  ///< length, content, zeros; too long ones by their digest
    struct Record {
        std::int64_t revokedAt = 0;
        Serial serial{};
        std::uint8_t reason = 0;
    };
    static Serial serialOf(BytesView content);

    SharedBytes m_der;
    std::vector<Record> m_records;
    std::vector<std::string> m_pointUris;  ///< of issuingDistributionPoint
    bool m_isPartitioned = false;
    bool m_isForCasOnly = false;
    bool m_isForUsersOnly = false;
    TimePoint m_thisUpdate;
    TimePoint m_nextUpdate;
};

}  // namespace signet
