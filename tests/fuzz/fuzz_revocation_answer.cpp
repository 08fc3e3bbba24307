// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// CRLs and OCSP responses from anyone. The seed holds a CA certificate and a leaf, each after two bytes of
// length, and an answer. The signature keeps everything but the seeds out, so the DER reader and the CRL
// parser are also driven without it.
#include "certs/certificate.hpp"
#include "certs/crl_index.hpp"
#include "certs/crl_parser.hpp"
#include "certs/der_reader.hpp"
#include "certs/ocsp.hpp"

#include <algorithm>
#include <cstdlib>

using namespace signet;

namespace {

BytesView nextPart(BytesView& rest) {
    if (rest.size() < 2) return {};
    const std::size_t length = std::size_t{rest[0]} << 8 | rest[1];
    rest = rest.subspan(2);
    const auto part = rest.first(std::min(length, rest.size()));
    rest = rest.subspan(part.size());
    return part;
}

void walk(BytesView der, int depth) {
    DerReader reader(der);
    while (const auto element = reader.next()) {
        if (element->whole.size() < element->content.size()) std::abort();
        derTime(*element);
        if (depth < 8) walk(element->content, depth + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    BytesView rest(data, size);
    walk(rest, 0);
    const auto issuer = Certificate::fromDer(nextPart(rest));
    const auto leaf = Certificate::fromDer(nextPart(rest));
    if (!issuer || !leaf) return 0;
    const Bytes answer(rest.begin(), rest.end());
    const auto now = leaf->notBefore() + std::chrono::hours(24);
    readOcspResponse(answer, *leaf, *issuer, {}, now);
    if (const auto crl = CrlIndex::fromDer(answer, *issuer, now)) crl->find(*leaf);
    CrlIndex unverified;
    if (CrlParser(unverified, answer).parseUnverified()) {
        unverified.find(*leaf);
        unverified.speaksFor(*leaf);
        unverified.speaksFor(*issuer);
    }
    return 0;
}
