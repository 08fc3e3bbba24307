// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/bridge_answers.hpp"

namespace signet {
namespace {

BridgeAnswer answer(unsigned status) {
    return {status,
            {{"X-Content-Type-Options", "nosniff"},
             {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
             {"Cross-Origin-Resource-Policy", "same-origin"},
             {"Referrer-Policy", "no-referrer"},
             {"Cache-Control", "no-store"}},
            {}};
}

void allow(BridgeAnswer& to, const std::string& origin) {
    to.fields.emplace_back("Access-Control-Allow-Origin", origin);
    to.fields.emplace_back("Vary", "Origin");
}

}  // namespace

BridgeAnswer bridgeRefusal(BridgeRefusal status) {
    auto refusal = answer(status);
    if (status == 405) refusal.fields.emplace_back("Allow", "GET");
    if (status == 426) {
        refusal.fields.emplace_back("Upgrade", "websocket");
        refusal.fields.emplace_back("Sec-WebSocket-Version", "13");
    }
    if (status == 503) refusal.fields.emplace_back("Retry-After", "1");
    return refusal;
}

BridgeAnswer bridgeHello(const BridgeAdmission& admission) {
    auto hello = answer(200);
    allow(hello, admission.origin);
    hello.fields.emplace_back("Content-Type", "application/json");
    hello.body = R"({"agent":"signet","api":1})";
    return hello;
}

BridgeAnswer bridgePreflight(const BridgeAdmission& admission) {
    auto preflight = answer(204);
    allow(preflight, admission.origin);
    preflight.fields.emplace_back("Access-Control-Allow-Methods", "GET");
    if (admission.isPrivateNetwork)
        preflight.fields.emplace_back("Access-Control-Allow-Private-Network", "true");
    return preflight;
}

BridgeAnswer bridgeHandOff(std::string target) {
    auto redirect = answer(303);
    redirect.fields.emplace_back("Location", std::move(target));
    return redirect;
}

}  // namespace signet
