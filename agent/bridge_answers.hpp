// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/bridge_rules.hpp"

#include <string>
#include <utility>
#include <vector>

namespace signet {

/// An answer to a request that stays HTTP. Nothing of the request is in it.
struct BridgeAnswer {
    unsigned status = 0;
    std::vector<std::pair<std::string, std::string>> fields{};
    std::string body{};
};

/// The same bytes for everyone who is refused for the same cause.
BridgeAnswer bridgeRefusal(BridgeRefusal status);
BridgeAnswer bridgeHello(const BridgeAdmission& admission);
BridgeAnswer bridgePreflight(const BridgeAdmission& admission);
BridgeAnswer bridgeHandOff(std::string target);

}  // namespace signet
