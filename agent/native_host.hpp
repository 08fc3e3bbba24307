// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace signet {

/// Serves one connection of the extension: reads its origin, knocks at the agent's socket, tells the
/// extension how that went, then relays frames until either side ends. Blocks until then.
/// Gives the exit status: 0 after an orderly end, 1 when refused or when a side broke the framing.
int runNativeHost(std::span<const std::string_view> arguments, int in, int out,
                  const std::filesystem::path& agentSocket);

}  // namespace signet
