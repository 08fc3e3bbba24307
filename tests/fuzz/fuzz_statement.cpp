// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What a login post carries: the protected header (as it comes, and with the input as its JSON),
// certificates, the signature.
#include "base/encoding.hpp"
#include "certs/signature.hpp"
#include "certs/statement.hpp"

#include <algorithm>
#include <cstdlib>

using namespace signet;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void checkCertificate(const Certificate& certificate) {
    (void)certificate.subject();
    (void)certificate.issuer();
    (void)certificate.subjectCommonName();
    (void)certificate.serialHex();
    (void)certificate.keyBits();
    (void)certificate.mayDigitallySign();
    (void)certificate.mayAuthenticateClients();
    (void)certificate.isCa();
    (void)timeText(certificate.notAfter());
    const auto again = Certificate::fromDer(certificate.der());
    require(again.has_value() && *again == certificate);
}

void checkHeader(std::string_view base64url) {
    const auto header = decodeProtected(base64url);
    if (!header) return;
    require(encodeProtected(header->algorithm, header->chain) == base64url);
    for (const auto& certificate : header->chain) checkCertificate(certificate);
    const auto verified = verifyStatement(*header, base64url, "{}", Bytes(64, 0x5A));
    require(!verified);
}

void checkSignatureForms(BytesView bytes) {
    if (const auto raw = derToRaw(bytes, 32)) require(derToRaw(rawToDer(*raw).value(), 32).value() == *raw);
    if (const auto der = rawToDer(bytes.first(std::min<std::size_t>(bytes.size(), 96))))
        require(derToRaw(*der, std::min<std::size_t>(bytes.size(), 96) / 2).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView bytes(data, size);
    checkHeader(textOf(bytes));
    if (size < 48 * 1024) checkHeader(toBase64Url(bytes));
    if (const auto certificate = Certificate::fromDer(bytes)) checkCertificate(*certificate);
    (void)Certificate::fromPem(textOf(bytes));
    checkSignatureForms(bytes);
    return 0;
}
