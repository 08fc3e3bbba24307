// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/page_security.hpp"

#include <string>

namespace signet {
namespace {

std::string doorsOf(const std::vector<std::uint16_t>& ports) {
    std::string doors;
    for (const auto port : ports) {
        const auto plain = "127.0.0.1:" + std::to_string(port);
        const auto secure = "localhost:" + std::to_string(port + 1);
        doors += " ws://" + plain + " http://" + plain + " wss://" + secure + " https://" + secure;
    }
    return doors;
}

/// A browser asks before a page may reach this computer; only the page that needs it may ask.
std::string permissions(bool mayReachAgent) {
    const std::string agent = mayReachAgent ? "(self)" : "()";
    return "loopback-network=" + agent + ", local-network-access=" + agent +
           ", camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), "
           "payment=(), serial=(), usb=()";
}

}  // namespace

void addPageSecurity(HttpResponse& response, const std::vector<std::uint16_t>& agentPorts) {
    response.fields.emplace_back("Content-Security-Policy",
                                 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                                 "connect-src 'self'" +
                                     doorsOf(agentPorts) +
                                     "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    response.fields.emplace_back("Permissions-Policy", permissions(!agentPorts.empty()));
}

}  // namespace signet
