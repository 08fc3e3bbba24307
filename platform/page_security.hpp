// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/http.hpp"

#include <cstdint>
#include <vector>

namespace signet {

/// The fields of an HTML page (R46): scripts, styles and requests of this origin only, no frames, no
/// referrer, no device. With `agentPorts` the page may also connect to the agent's doors: for each port P
/// http and ws on 127.0.0.1:P, https and wss on localhost:P+1.
void addPageSecurity(HttpResponse& response, const std::vector<std::uint16_t>& agentPorts);

}  // namespace signet
