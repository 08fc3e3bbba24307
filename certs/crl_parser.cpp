// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/crl_parser.hpp"

#include "certs/revocation_asn1.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace signet {
namespace {

using AlgorithmPtr = std::unique_ptr<X509_ALGOR, Free<&X509_ALGOR_free>>;
using BitStringPtr = std::unique_ptr<ASN1_BIT_STRING, Free<&ASN1_BIT_STRING_free>>;
using IssuingPointPtr = std::unique_ptr<ISSUING_DIST_POINT, Free<&ISSUING_DIST_POINT_free>>;
using Asn1ObjectPtr = std::unique_ptr<ASN1_OBJECT, Free<&ASN1_OBJECT_free>>;

tl::unexpected<Error> malformed(const char* part) {
    return unusable("crl_malformed", std::string("CRL: ") + part);
}

template <class T, class Read>
T* readAs(Read read, BytesView der) {
    const unsigned char* cursor = der.data();
    return read(nullptr, &cursor, static_cast<long>(der.size()));
}

struct Extension {
    int nid = NID_undef;
    bool isCritical = false;
    BytesView value{};
};

/// Extension ::= SEQUENCE { OID, critical BOOLEAN DEFAULT FALSE, OCTET STRING }
std::optional<Extension> extensionOf(const DerElement& element) {
    DerReader reader(element.content);
    const auto oid = reader.nextIf(V_ASN1_OBJECT);
    const auto critical = reader.nextIf(V_ASN1_BOOLEAN);
    const auto value = reader.nextIf(V_ASN1_OCTET_STRING);
    if (!element.is(V_ASN1_SEQUENCE) || !oid || !value || !reader.isAtEnd()) return std::nullopt;
    const Asn1ObjectPtr object(readAs<ASN1_OBJECT>(d2i_ASN1_OBJECT, oid->whole));
    ERR_clear_error();
    const bool isCritical = critical && !critical->content.empty() && critical->content[0] != 0;
    return Extension{object ? OBJ_obj2nid(object.get()) : NID_undef, isCritical, value->content};
}

/// The serial numbers of certificates are minimal, and another form of one would not be found.
bool isMinimal(BytesView integer) {
    if (integer.size() < 2) return !integer.empty();
    const bool isNegative = (integer[1] & 0x80) != 0;
    return integer[0] != (isNegative ? 0xFF : 0x00);
}

}  // namespace

Result<void> CrlParser::parse(const Certificate& issuer, TimePoint now) {
    if (auto outer = readOuter(); !outer) return outer;
    if (auto head = readHead(); !head) return head;
    if (auto right = checkIssuer(issuer); !right) return right;
    if (auto dates = checkDates(now); !dates) return dates;
    if (auto verified = checkSignature(issuer); !verified) return verified;
    return readContent();
}

Result<void> CrlParser::parseUnverified() {
    if (auto outer = readOuter(); !outer) return outer;
    if (auto head = readHead(); !head) return head;
    return readContent();
}

Result<void> CrlParser::readContent() {
    if (auto revoked = readRevoked(); !revoked) return revoked;
    return readExtensions();
}

/// CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue }
Result<void> CrlParser::readOuter() {
    DerReader reader(m_der);
    const auto list = reader.nextIf(V_ASN1_SEQUENCE);
    if (!list || !reader.isAtEnd()) return malformed("not one SEQUENCE");
    DerReader parts(list->content);
    const auto body = parts.nextIf(V_ASN1_SEQUENCE);
    const auto algorithm = parts.nextIf(V_ASN1_SEQUENCE);
    const auto signature = parts.nextIf(V_ASN1_BIT_STRING);
    if (!body || !algorithm || !signature || !parts.isAtEnd()) return malformed("not three parts");
    m_signed = *body;
    m_algorithm = *algorithm;
    m_signature = *signature;
    m_body = DerReader(m_signed.content);
    return {};
}

Result<void> CrlParser::checkSignature(const Certificate& issuer) const {
    const AlgorithmPtr algorithm(readAs<X509_ALGOR>(d2i_X509_ALGOR, m_algorithm.whole));
    const BitStringPtr signature(readAs<ASN1_BIT_STRING>(d2i_ASN1_BIT_STRING, m_signature.whole));
    if (!algorithm || !signature) return malformed("signature");
    return verifySignedBytes(m_signed.whole, algorithm.get(), signature.get(), issuer.key());
}

Result<void> CrlParser::readHead() {
    m_body.nextIf(V_ASN1_INTEGER);
    const auto algorithm = m_body.nextIf(V_ASN1_SEQUENCE);
    const auto name = m_body.nextIf(V_ASN1_SEQUENCE);
    const auto thisUpdate = m_body.next();
    DerReader ahead = m_body;
    const auto nextUpdate = ahead.next();
    if (!algorithm || !name || !thisUpdate || !std::ranges::equal(algorithm->whole, m_algorithm.whole))
        return malformed("head");
    m_issuer = *name;
    const auto from = derTime(*thisUpdate);
    const auto to = nextUpdate ? derTime(*nextUpdate) : std::nullopt;
    if (!from || !to) return malformed("thisUpdate or nextUpdate");
    m_index.m_thisUpdate = *from;
    m_index.m_nextUpdate = *to;
    m_body = ahead;
    return {};
}

Result<void> CrlParser::checkIssuer(const Certificate& issuer) const {
    const X509NamePtr name(readAs<X509_NAME>(d2i_X509_NAME, m_issuer.whole));
    if (!name) return malformed("issuer");
    if (X509_NAME_cmp(name.get(), X509_get_subject_name(issuer.native())) != 0)
        return unusable("crl_issuer", "the CRL is of another issuer");
    if ((X509_get_key_usage(issuer.native()) & KU_CRL_SIGN) == 0)
        return unusable("crl_issuer", "the issuer's key is not for signing CRLs");
    return {};
}

Result<void> CrlParser::checkDates(TimePoint now) const {
    if (m_index.m_thisUpdate > now + kClockSkew)
        return unusable("answer_not_yet_valid", "the CRL is of the future");
    if (m_index.m_nextUpdate <= now - kClockSkew)
        return unusable("answer_expired", "the CRL's nextUpdate has passed");
    return {};
}

Result<void> CrlParser::readRevoked() {
    const auto revoked = m_body.nextIf(V_ASN1_SEQUENCE);
    if (!revoked) return {};
    // The shortest entry has about 24 bytes; one allocation then serves.
    m_index.m_records.reserve(revoked->content.size() / 24);
    DerReader entries(revoked->content);
    while (!entries.isAtEnd()) {
        const auto entry = entries.nextIf(V_ASN1_SEQUENCE);
        if (!entry) return malformed("revokedCertificates");
        if (auto read = readEntry(*entry); !read) return read;
    }
    m_index.m_records.shrink_to_fit();
    return {};
}

Result<void> CrlParser::readEntry(const DerElement& entry) {
    DerReader reader(entry.content);
    const auto serial = reader.nextIf(V_ASN1_INTEGER);
    const auto date = reader.next();
    const auto extensions = reader.nextIf(V_ASN1_SEQUENCE);
    if (!serial || !isMinimal(serial->content) || !date || !reader.isAtEnd()) return malformed("entry");
    CrlIndex::Record record;
    record.serial = CrlIndex::serialOf(serial->content);
    // A date that nobody can read does not make the certificate less revoked.
    record.revokedAt = derTime(*date).value_or(m_index.m_thisUpdate).time_since_epoch().count();
    if (extensions)
        if (auto read = readEntryExtensions(extensions->content, record); !read) return read;
    constexpr int kRemoveFromCrl = 8;
    if (record.reason != kRemoveFromCrl) m_index.m_records.push_back(record);
    return {};
}

Result<void> CrlParser::readEntryExtensions(BytesView extensions, CrlIndex::Record& record) {
    DerReader reader(extensions);
    while (!reader.isAtEnd()) {
        const auto element = reader.next();
        const auto extension = element ? extensionOf(*element) : std::nullopt;
        if (!extension) return malformed("entry extension");
        const auto reason = extension->nid == NID_crl_reason
                                ? DerReader(extension->value).nextIf(V_ASN1_ENUMERATED)
                                : std::nullopt;
        if (reason && reason->content.size() == 1) record.reason = reason->content[0];
        if (extension->isCritical && extension->nid != NID_crl_reason &&
            extension->nid != NID_invalidity_date)
            return unusable("crl_scope", "an entry with a critical extension, as in an indirect CRL");
    }
    return {};
}

Result<void> CrlParser::readExtensions() {
    if (m_body.isAtEnd()) return {};
    const auto tagged = m_body.next();
    if (!tagged || tagged->isUniversal || tagged->tag != 0 || !m_body.isAtEnd())
        return malformed("crlExtensions");
    const auto list = DerReader(tagged->content).nextIf(V_ASN1_SEQUENCE);
    if (!list) return malformed("crlExtensions");
    DerReader reader(list->content);
    while (!reader.isAtEnd()) {
        const auto element = reader.next();
        const auto extension = element ? extensionOf(*element) : std::nullopt;
        if (!extension) return malformed("extension");
        if (extension->nid == NID_delta_crl) return unusable("crl_scope", "a delta CRL");
        if (extension->nid == NID_issuing_distribution_point) {
            if (auto read = readDistributionPoint(extension->value); !read) return read;
        } else if (extension->isCritical && extension->nid != NID_crl_number &&
                   extension->nid != NID_authority_key_identifier) {
            return unusable("crl_scope", "a critical extension that is not known");
        }
    }
    return {};
}

Result<void> CrlParser::readDistributionPoint(BytesView value) {
    const IssuingPointPtr point(readAs<ISSUING_DIST_POINT>(d2i_ISSUING_DIST_POINT, value));
    if (!point) return malformed("issuingDistributionPoint");
    if (point->indirectCRL > 0 || point->onlyattr > 0 || point->onlysomereasons != nullptr)
        return unusable("crl_scope", "an indirect CRL, or one for some reasons only");
    m_index.m_isForCasOnly = point->onlyCA > 0;
    m_index.m_isForUsersOnly = point->onlyuser > 0;
    m_index.m_isPartitioned = point->distpoint != nullptr;
    if (!m_index.m_isPartitioned || point->distpoint->type != 0) return {};
    const GENERAL_NAMES* names = point->distpoint->name.fullname;
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        int type = 0;
        const auto* uri =
            static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type));
        if (type != GEN_URI) continue;
        const BytesView bytes(ASN1_STRING_get0_data(uri), static_cast<std::size_t>(ASN1_STRING_length(uri)));
        m_index.m_pointUris.emplace_back(textOf(bytes));
    }
    return {};
}

}  // namespace signet
