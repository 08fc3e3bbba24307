// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// An issuer's answer from anywhere: what is found is a certificate as it would be alone.
#include "certs/certificate_file.hpp"

#include <cstdlib>

using namespace signet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto found = certificatesInFile(textOf(BytesView(data, size)));
    if (!found) return 0;
    if (found->empty() || found->size() > 16) std::abort();
    for (const auto& each : *found)
        if (!(Certificate::fromDer(each.der()).value() == each)) std::abort();
    return 0;
}
