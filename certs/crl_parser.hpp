// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/crl_index.hpp"
#include "certs/der_reader.hpp"

namespace signet {

/// Reads the parts of one CertificateList in order. OpenSSL's own CRL would take some 300 bytes of heap an
/// entry. Thread: one at a time.
class CrlParser {
public:
    CrlParser(CrlIndex& index, BytesView der) : m_index(index), m_der(der) {}
    /// Fills the index with everything but the DER. Errors: as CrlIndex::fromDer.
    Result<void> parse(const Certificate& issuer, TimePoint now);
    /// For the fuzz target only: all parts, whoever signed them and when.
    Result<void> parseUnverified();

private:
    Result<void> readOuter();
    Result<void> checkSignature(const Certificate& issuer) const;
    Result<void> readHead();
    Result<void> checkIssuer(const Certificate& issuer) const;
    Result<void> checkDates(TimePoint now) const;
    Result<void> readContent();
    Result<void> readRevoked();
    Result<void> readEntry(const DerElement& entry);
    Result<void> readEntryExtensions(BytesView extensions, CrlIndex::Record& record);
    Result<void> readExtensions();
    Result<void> readDistributionPoint(BytesView value);

    CrlIndex& m_index;
    BytesView m_der;
    DerElement m_signed{};
    DerElement m_algorithm{};
    DerElement m_signature{};
    DerElement m_issuer{};
    DerReader m_body{BytesView{}};  ///< what follows in the signed part
};

}  // namespace signet
