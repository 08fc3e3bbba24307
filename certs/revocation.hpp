// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/fd.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"
#include "certs/chain.hpp"
#include "certs/trust_list.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signet {

/// Bytes that copies share, with their SHA-256, which is made once: a CRL may have megabytes, and a proof is
/// copied with each login.
class SharedBytes {
public:
    SharedBytes() : SharedBytes(Bytes()) {}
    SharedBytes(Bytes bytes) : m_content(std::make_shared<const Content>(std::move(bytes))) {}
    operator const Bytes&() const { return m_content->bytes; }
    const Bytes& sha256() const { return m_content->digest; }
    const std::uint8_t* data() const { return m_content->bytes.data(); }
    std::size_t size() const { return m_content->bytes.size(); }
    bool empty() const { return m_content->bytes.empty(); }
    Bytes::const_iterator begin() const { return m_content->bytes.begin(); }
    Bytes::const_iterator end() const { return m_content->bytes.end(); }

private:
    struct Content {
        explicit Content(Bytes content) : bytes(std::move(content)) {
            const auto made = signet::sha256(bytes);
            digest.assign(made.begin(), made.end());
        }
        Bytes bytes;
        Bytes digest{};
    };
    std::shared_ptr<const Content>
        m_content;  ///< shared by the cache and by the proofs that were made from it
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

/// Fetches OCSP responses and CRLs for one checker; a test replaces it. Thread: any.
class RevocationTransport {
public:
    virtual ~RevocationTransport() = default;
    /// An empty body is a GET, otherwise POST application/ocsp-request. Errors: revocationUnknown with reason
    /// "source_unreachable", "source_timeout", "source_too_large", "source_refused" or "url_scheme".
    virtual Result<Bytes> fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                                std::chrono::milliseconds deadline) = 0;
    /// Fetches that are under way end soon, later ones at once ("source_unreachable"). For good.
    virtual void stop() {}
};

/// OpenSSL's own HTTP client: plain http, as CAs publish (the answers are signed); http_proxy and no_proxy
/// are honoured, no redirect is followed. Blocks; the deadline, like stop(), does not hold for the resolver
/// of names, which has its own. Thread: any.
class HttpRevocationTransport final : public RevocationTransport {
public:
    HttpRevocationTransport();
    Result<Bytes> fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                        std::chrono::milliseconds deadline) override;
    void stop() override;

private:
    const Fd m_stopped;  ///< an eventfd, readable once stopped
};

/// Asks for the state of a chain's leaf, and of each CA between it and the entry of the trust list (that
/// entry itself is the administrator's to remove): OCSP where there is an address, else or when that fails a
/// CRL. Answers are cached until nextUpdate, but an OCSP answer for at most an hour (five minutes without
/// nextUpdate, or where the responder does not know the certificate) and a CRL for at most a day; a CRL is
/// verified once and indexed. Callers that ask one source for the same thing at the same time share one
/// fetch; a source that did not answer, and a CRL that cannot be used, is left alone for ten seconds. A CRL
/// that does not come within the deadline goes on loading in the background, for two minutes at most, and
/// serves the checks after it. Times may be off by five minutes. SM2-signed
/// answers are verified with the default ID; answers signed with SHA-1, MD5 or a key below 112 bits are
/// refused. An address in the trust list's description stands instead of the certificate's own: ocsp-url for
/// every certificate below that CA, crl-url for those that it issued itself. Thread: any; a fetch of one
/// source does not block another. Blocks for the network: never call it on a GUI or I/O thread. Source: RFC
/// 6960, RFC 5280 section 5 and 6.3 (complete direct CRLs).
class RevocationChecker {
public:
    /// `transport` and `clock` outlive this object, which stops the transport at its end.
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
    /// A check that waits for the network ends soon, for good: RevocationTransport::stop.
    void stop();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
