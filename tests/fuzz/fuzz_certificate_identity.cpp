// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Certificates and identity fields from anyone: whatever is found must have the shape that it claims.
#include "certs/certificate.hpp"
#include "certs/chain.hpp"
#include "certs/identity.hpp"
#include "certs/identity_fields.hpp"
#include "certs/revocation_sources.hpp"

#include <cstdlib>

using namespace signet;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void checkIdentity(const Identity& identity) {
    const bool isPerson = identity.kind == SubjectKind::person;
    const bool isCode = organisationCodeFits(identity.number);
    require(isPerson ? isIdNumberShaped(identity.number) : isUsccShaped(identity.number) || isCode);
    require(identity.name.size() <= 256 && !identity.field.empty());
    require(!identity.holderNumber || isIdNumberShaped(*identity.holderNumber));
    require(identity.checkDigitFits || identity.field.find("subject") != 0 || !isPerson);
    require(maskedNumber(identity.number) != identity.number);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView bytes(data, size);
    const auto text = identityText(bytes);
    require(text.size() <= 256 && normalisedText(text).size() <= text.size());
    usccCheckFits(textOf(bytes));
    idNumberCheckFits(textOf(bytes));
    const auto certificate = Certificate::fromDer(bytes);
    if (!certificate) return 0;
    if (const auto identity = identityOf(*certificate, IdentityRule{})) checkIdentity(*identity);
    checkLoginUsage(*certificate);
    buildChain(*certificate, {}, TrustList(), TimePoint());
    ocspAddresses(*certificate);
    crlAddresses(*certificate);
    return 0;
}
