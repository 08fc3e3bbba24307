// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/configuration.hpp"
#include "base/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace signet {

/// The command line of `signet-agent`, checked by itself. Source: protocol.md section 6.
struct AgentOptions {
    bool isHelpWanted = false;
    bool isVersionWanted = false;
    bool areLicencesWanted = false;
    bool isHeadless = false;
    std::optional<std::filesystem::path> configFile{};
    LayerEntries configuration{};  ///< the configuration's keys among the options; --port is bridge.port
    std::optional<std::filesystem::path> portFile{};
    std::optional<std::filesystem::path> askpass{};
    std::string link{};  ///< the desktop hands over a `signet:` link; empty: none
};

/// Errors: invalidRequest with reason "usage"; configurationInvalid for a key's value.
Result<AgentOptions> parseAgentOptions(const std::vector<std::string>& arguments,
                                       const std::filesystem::path& workingFolder);

std::string agentHelp(Language language);

}  // namespace signet
