// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Prints signed statements as JSON for statement_test.mjs: what the platform would have of each, and the
// payload that we built.
#include "base/encoding.hpp"
#include "certs/signature.hpp"
#include "certs/statement.hpp"
#include "certs/test_pki/test_pki.hpp"
#include "tests/certs/statement_sample.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace {

using namespace signet;

Json sample(const Issued& issued, Algorithm algorithm, const Challenge& challenge, std::string_view origin) {
    const auto binding = sampleBinding();
    const auto header = encodeProtected(algorithm, issued.chain);
    const auto payload = statementPayload(challenge, origin, binding, issued.certificate);
    const auto signature = signWithKey(algorithm, issued.key.get(), bytesOf(signingInput(header, payload)));
    return {{"alg", toString(algorithm)},
            {"challenge", challengeJson(challenge)},
            {"origin", origin},
            {"cb", {{"type", binding.type}, {"data", binding.data}}},
            {"protected", header},
            {"payload", payload},
            {"signature", toBase64Url(signature.value())}};
}

/// The smallest challenge: as self, for no app, without a text.
Challenge bareChallenge() {
    auto challenge = sampleChallenge();
    challenge.client.reset();
    challenge.request.clear();
    challenge.act = {};
    challenge.agreements.clear();
    challenge.text.reset();
    return challenge;
}

}  // namespace

int main() {
    const struct {
        KeyKind key;
        Algorithm algorithm;
    } rows[] = {{KeyKind::rsa2048, Algorithm::rs256},
                {KeyKind::rsa2048, Algorithm::ps256},
                {KeyKind::p256, Algorithm::es256},
                {KeyKind::p384, Algorithm::es384},
                {KeyKind::sm2, Algorithm::sm2sm3}};
    TestPki pki;
    Json samples = Json::array();
    for (const auto& row : rows) {
        const auto issued = pki.enterprise(row.key);
        samples.push_back(sample(issued, row.algorithm, sampleChallenge(), kSampleOrigin));
        samples.push_back(sample(issued, row.algorithm, bareChallenge(), kAgentOrigin));
    }
    std::cout << samples.dump(1) << "\n";
}
