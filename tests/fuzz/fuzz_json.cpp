// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The strict JSON parser, the canonical form and the challenge: whatever is accepted must be a fixed point.
#include "base/json.hpp"
#include "certs/statement.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace signet;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void checkJson(std::string_view text) {
    const auto parsed = parseStrictJson(text);
    if (!parsed) return;
    const auto canonical = canonicalJson(*parsed);
    const auto again = parseStrictJson(canonical);
    require(again.has_value() && *again == *parsed && canonicalJson(*again) == canonical);
}

void checkChallenge(std::string_view text) {
    const auto challenge = parseChallenge(text);
    if (!challenge) return;
    const auto written = canonicalJson(challengeJson(*challenge));
    const auto again = parseChallenge(written);
    require(again.has_value() && canonicalJson(challengeJson(*again)) == written);
    require(challenge->expiresAt > challenge->issuedAt && challenge->nonce.size() == 43 &&
            challenge->id.size() == 22);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = textOf({data, size});
    checkJson(text);
    checkChallenge(text);
    return 0;
}
