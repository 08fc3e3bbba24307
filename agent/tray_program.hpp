// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/agent_program.hpp"

#include <memory>

namespace signet {

/// Goes on as signet-agent-tray, with the same arguments and the same process: what has no tray need not load
/// what draws one. Returns only when it cannot be. Errors: invalidRequest with reason "no_display" or
/// "no_tray".
Result<std::unique_ptr<AgentFace>> becomeTray(char** argv);

}  // namespace signet
