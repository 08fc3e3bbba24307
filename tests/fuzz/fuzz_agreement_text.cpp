// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Whatever a platform publishes as an agreement: what is shown is never more than what was sent, has no line
// ends of its own, and a refusal holds nothing of the text.
#include "agent/agreement_text.hpp"
#include "base/bytes.hpp"

#include <cstdlib>

using namespace signet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto agreement = parseAgreement(textOf({data, size}));
    if (!agreement) {
        if (agreement.error().reason != "document_malformed" || agreement.error().detail.size() > 20)
            std::abort();
        return 0;
    }
    std::size_t shown = 0;
    for (const auto& paragraph : agreement->paragraphs)
        for (const auto& run : paragraph.runs) {
            shown += run.text.size();
            if (run.text.empty() || run.text.find('\n') != std::string::npos) std::abort();
        }
    if (agreement->paragraphs.empty() || shown > size) std::abort();
    return 0;
}
