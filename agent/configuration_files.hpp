// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/configuration.hpp"
#include "base/result.hpp"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace signet {

/// Where the files of the configuration are. Tests set them; no environment variable moves the machine's
/// files.
struct ConfigurationPaths {
    std::filesystem::path machineFile;
    std::filesystem::path policyFile;
    std::filesystem::path machineTrust;
    std::filesystem::path userFolder;     ///< with agent.conf and trust/; empty: none
    std::filesystem::path workingFolder;  ///< for relative paths of the command line
    uid_t administrator = 0;              ///< whose policy counts
};

/// The user's folder of that kind: "$XDG_CONFIG_HOME/signet", or "~/.config/signet"; empty where there is no
/// home.
std::filesystem::path userFolder(const char* variable, const std::filesystem::path& belowHome);

/// /etc/signet, and $XDG_CONFIG_HOME/signet or ~/.config/signet.
ConfigurationPaths defaultConfigurationPaths();

/// Reads all layers over each other and checks the files that they name. `configFile` (--config) is read
/// instead of the user's and the machine's file. A policy that is broken, unreadable or could have been
/// written by someone other than the administrator fails closed. Where `trust` is not set, the machine's and
/// the user's trust folder count if they exist. `userText`, where it is given, is taken for what the user's
/// file (or that of --config) will say. Errors: configurationInvalid with FILE:LINE and the cause.
Result<Configuration> loadConfiguration(const ConfigurationPaths& paths,
                                        const std::optional<std::filesystem::path>& configFile,
                                        const LayerEntries& commandLine,
                                        const std::optional<std::string>& userText = std::nullopt);

}  // namespace signet
