// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Prints Web eID authentication tokens as JSON for webeid_test.mjs, each with the origin and the nonce that
// it answers.
#include "certs/signature.hpp"
#include "certs/test_pki/test_pki.hpp"
#include "certs/webeid_token.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace {

using namespace signet;

constexpr std::string_view kOrigin = "https://shop.example.test:8443";
constexpr std::string_view kNonce = "mWGM7NJ0tFb5oHBBUpvqvZCMSXBcvqSAv0S6f8FVfGo=";

bool hasSpareZero(const Bytes& raw) {
    const auto isSpare = [&](std::size_t at) { return raw[at] == 0 && raw[at + 1] < 0x80; };
    return isSpare(0) || isSpare(raw.size() / 2);
}

Json sample(const Issued& issued, Algorithm algorithm, bool wantsSpareZero = false) {
    const auto message = webEidMessage(algorithm, kOrigin, kNonce).value();
    Bytes signature;
    do signature = signWithKey(algorithm, issued.key.get(), message).value();
    while (rawFieldBytes(algorithm) != 0 && hasSpareZero(signature) != wantsSpareZero);
    return {{"origin", kOrigin},
            {"nonce", kNonce},
            {"hasSpareZero", wantsSpareZero},
            {"token", webEidTokenJson({issued.certificate, algorithm, signature})}};
}

}  // namespace

int main() {
    TestPki pki;
    Json samples = Json::array();
    samples.push_back(sample(pki.enterprise(KeyKind::rsa2048), Algorithm::rs256));
    samples.push_back(sample(pki.enterprise(KeyKind::rsa2048), Algorithm::ps256));
    samples.push_back(sample(pki.enterprise(KeyKind::p256), Algorithm::es256));
    samples.push_back(sample(pki.enterprise(KeyKind::p384), Algorithm::es384));
    samples.push_back(sample(pki.enterprise(KeyKind::p256), Algorithm::es256, true));
    std::cout << samples.dump(1) << "\n";
}
