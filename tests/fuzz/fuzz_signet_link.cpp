// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Whatever the desktop hands over as a link: what is read is an issuer in canonical form, and a refusal holds
// nothing of the link.
#include "agent/canonical_url.hpp"
#include "agent/signet_link.hpp"
#include "base/bytes.hpp"

#include <cstdlib>

using namespace signet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto link = parseSignetLink(textOf({data, size}));
    const bool holds = link ? isCanonicalIssuer(link->issuer) && size <= 1024 &&
                                  link->issuer.find_first_of("?#&;%\\@ \r\n") == std::string::npos
                            : link.error().reason == "link" && link.error().detail.size() < 60;
    if (!holds) std::abort();
    return 0;
}
