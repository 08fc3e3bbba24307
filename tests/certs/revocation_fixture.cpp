// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/certs/revocation_fixture.hpp"

#include "certs/test_pki/must.hpp"

namespace signet {

using namespace std::chrono_literals;

Result<Bytes> FakeTransport::fetch(const std::string& url, BytesView body, std::size_t,
                                   std::chrono::milliseconds) {
    ++m_fetches;
    {
        const std::lock_guard lock(m_mutex);
        m_lastUrl = url;
    }
    const auto answer = m_answers.find(url);
    if (answer == m_answers.end()) return fail(ErrorCode::revocationUnknown, url, "source_unreachable");
    return answer->second(body);
}

RevocationBench::RevocationBench(RevocationPolicy policy)
    : pki({.ocspUrl = "http://ocsp.test/{ca}", .crlUrl = "http://crl.test/{ca}.crl"}),
      clock(pki.now()),
      checker(transport, clock, policy) {
}

Chain RevocationBench::chainOf(const Issued& issued, const std::function<void(TrustedIssuer&)>& change) {
    std::vector<TrustedIssuer> issuers;
    // Not trusted(): its RSA CA takes half a second to make.
    for (const auto kind : {CaKind::p256, CaKind::sm2}) {
        const auto& certificate = pki.authority(kind).certificate;
        issuers.push_back({certificate, certificate.subjectCommonName()});
        if (change) change(issuers.back());
    }
    return must(buildChain(issued.certificate, issued.chain, TrustList(issuers), pki.now()), "chain");
}

OcspOptions RevocationBench::goodOptions(const Certificate& certificate) const {
    OcspOptions options;
    options.entries = {{certificate}};
    options.thisUpdate = clock.now() - 1min;
    options.nextUpdate = clock.now() + 1h;
    return options;
}

FakeTransport::Answer RevocationBench::ocsp(const Certificate& certificate,
                                            const std::function<void(OcspOptions&)>& change) {
    return [this, certificate, change](BytesView request) -> Result<Bytes> {
        auto options = goodOptions(certificate);
        options.nonce = nonceOf(request);
        if (change) change(options);
        return makeOcspResponse(ca(), options);
    };
}

CrlOptions RevocationBench::crlOptions() const {
    CrlOptions options;
    options.thisUpdate = clock.now() - 1h;
    options.nextUpdate = clock.now() + 24h;
    return options;
}

Bytes nonceOf(BytesView request) {
    const unsigned char* cursor = request.data();
    const OcspRequestPtr parsed(d2i_OCSP_REQUEST(nullptr, &cursor, static_cast<long>(request.size())));
    must(parsed != nullptr, "OCSP request");
    const int index = OCSP_REQUEST_get_ext_by_NID(parsed.get(), NID_id_pkix_OCSP_Nonce, -1);
    must(index >= 0, "nonce");
    const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(OCSP_REQUEST_get_ext(parsed.get(), index));
    const unsigned char* data = ASN1_STRING_get0_data(value);
    // An OCTET STRING of less than 128 bytes: tag and length are one byte each.
    return Bytes(data + 2, data + ASN1_STRING_length(value));
}

}  // namespace signet
