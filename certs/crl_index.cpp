// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/crl_index.hpp"

#include "certs/crl_parser.hpp"
#include "certs/der_reader.hpp"
#include "certs/revocation_asn1.hpp"
#include "certs/revocation_sources.hpp"

#include <openssl/asn1.h>

#include <algorithm>

namespace signet {
namespace {

/// The content bytes of the certificate's serial number, sign included.
Bytes serialContent(const Certificate& certificate) {
    const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate.native());
    const int length = i2d_ASN1_INTEGER(serial, nullptr);
    if (length <= 0) return {};
    Bytes der(static_cast<std::size_t>(length));
    unsigned char* cursor = der.data();
    i2d_ASN1_INTEGER(serial, &cursor);
    const auto element = DerReader(der).next();
    return element ? Bytes(element->content.begin(), element->content.end()) : Bytes();
}

}  // namespace

CrlIndex::Serial CrlIndex::serialOf(BytesView content) {
    Serial serial{};
    constexpr std::uint8_t kDigest = 0xFF;
    const bool fits = content.size() < serial.size();
    serial[0] = fits ? static_cast<std::uint8_t>(content.size()) : kDigest;
    const auto digest = fits ? Sha256{} : sha256(content);
    const BytesView shown = fits ? content : BytesView(digest).first(serial.size() - 1);
    std::copy(shown.begin(), shown.end(), serial.begin() + 1);
    return serial;
}

Result<CrlIndex> CrlIndex::fromDer(Bytes der, const Certificate& issuer, TimePoint now) {
    if (der.empty() || der.size() > kMaxCrlBytes) return unusable("crl_malformed", "CRL of 0 or over 64 MiB");
    CrlIndex index;
    index.m_der = SharedBytes(std::move(der));
    if (auto parsed = CrlParser(index, static_cast<const Bytes&>(index.m_der)).parse(issuer, now); !parsed)
        return fail(parsed.error());
    std::sort(index.m_records.begin(), index.m_records.end(),
              [](const Record& a, const Record& b) { return a.serial < b.serial; });
    return index;
}

std::optional<CrlIndex::Entry> CrlIndex::find(const Certificate& certificate) const {
    const auto serial = serialOf(serialContent(certificate));
    const auto found =
        std::lower_bound(m_records.begin(), m_records.end(), serial,
                         [](const Record& record, const Serial& key) { return record.serial < key; });
    if (found == m_records.end() || found->serial != serial) return std::nullopt;
    return Entry{TimePoint(std::chrono::seconds(found->revokedAt)), found->reason};
}

bool CrlIndex::speaksFor(const Certificate& certificate) const {
    if (certificate.isCa() ? m_isForUsersOnly : m_isForCasOnly) return false;
    if (!m_isPartitioned) return true;
    const auto named = crlAddresses(certificate);
    return std::any_of(m_pointUris.begin(), m_pointUris.end(), [&](const std::string& uri) {
        return std::find(named.begin(), named.end(), uri) != named.end();
    });
}

}  // namespace signet
