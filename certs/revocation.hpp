// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/chain.hpp"
#include "certs/trust_list.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signet {

/// Bytes that copies share: a CRL may have megabytes, and a proof is copied with each login.
class SharedBytes {
public:
    SharedBytes() : m_bytes(std::make_shared<const Bytes>()) {}
    SharedBytes(Bytes bytes) : m_bytes(std::make_shared<const Bytes>(std::move(bytes))) {}
    operator const Bytes&() const { return *m_bytes; }
    const std::uint8_t* data() const { return m_bytes->data(); }
    std::size_t size() const { return m_bytes->size(); }
    bool empty() const { return m_bytes->empty(); }
    Bytes::const_iterator begin() const { return m_bytes->begin(); }
    Bytes::const_iterator end() const { return m_bytes->end(); }

private:
    std::shared_ptr<const Bytes> m_bytes;  ///< shared by the cache and by the proofs that were made from it
};

/// What shows that a certificate was not revoked, kept as evidence (R26).
struct RevocationProof {
    enum class Kind { none, ocsp, crl };
    Kind kind = Kind::none;
    SharedBytes der{};   ///< the OCSP response or the CRL
    std::string note{};  ///< why there is none: "off", "no_source", "soft_fail: …"
    std::optional<TimePoint> thisUpdate{};
    std::optional<TimePoint> nextUpdate{};
    /// Of the CAs between the leaf and the trust list's entry, nearest to the leaf first. Mostly empty.
    std::vector<RevocationProof> intermediates{};
};

/// Fetches OCSP responses and CRLs; a test replaces it. Thread: any.
class RevocationTransport {
public:
    virtual ~RevocationTransport() = default;
    /// An empty body is a GET, otherwise POST application/ocsp-request. Errors: revocationUnknown with reason
    /// "source_unreachable", "source_timeout", "source_too_large", "source_refused" or "url_scheme".
    virtual Result<Bytes> fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                                std::chrono::milliseconds deadline) = 0;
};

/// OpenSSL's own HTTP client: plain http, as CAs publish (the answers are signed); http_proxy and no_proxy
/// are honoured, no redirect is followed. Blocks; the deadline holds for connecting and for the exchange,
/// each rounded up to a second, and not for the resolver of names, which has its own. Thread: any.
class HttpRevocationTransport final : public RevocationTransport {
public:
    Result<Bytes> fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                        std::chrono::milliseconds deadline) override;
};

/// Asks for the state of a chain's leaf, and of each CA between it and the entry of the trust list (that
/// entry itself is the administrator's to remove): OCSP where there is an address, else or when that fails a
/// CRL. Answers are cached until nextUpdate, an OCSP answer without one for five minutes; a CRL is verified
/// once and indexed. Callers that ask one source for the same thing at the same time share one fetch; a
/// source that did not answer is left alone for ten seconds. Times may be off by five minutes. SM2-signed
/// answers are verified with the default ID; answers signed with SHA-1, MD5 or a key below 112 bits are
/// refused. An address in the trust list's description stands instead of the certificate's own: ocsp-url for
/// every certificate below that CA, crl-url for those that it issued itself. Thread: any; a fetch of one
/// source does not block another. Blocks for the network: never call it on a GUI or I/O thread. Source: RFC
/// 6960, RFC 5280 section 5 and 6.3 (complete direct CRLs).
class RevocationChecker {
public:
    RevocationChecker(RevocationTransport& transport, const Clock& clock, RevocationPolicy fallbackPolicy,
                      std::chrono::milliseconds deadline = std::chrono::seconds(5));
    ~RevocationChecker();
    RevocationChecker(const RevocationChecker&) = delete;
    RevocationChecker& operator=(const RevocationChecker&) = delete;

    /// The issuer's policy decides, else the fallback. Errors: certificateRevoked with params["date"] and the
    /// CA's cause in `reason` ("key_compromise", "certificate_hold", …, or "issuer_revoked");
    /// revocationUnknown (hard-fail only) with the last source's reason. A certificate that names no source
    /// counts as unknown under hard-fail ("no_source"). Units: `deadline` holds for the whole call.
    Result<RevocationProof> check(const Chain& chain);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
