// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/configuration_files.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// New values of keys; none: the key goes, and what holds without it holds.
using ConfigurationChanges = std::map<std::string, std::vector<std::string>>;

/// The text with these keys changed; comments, other lines and sections stay as they are. Pure.
/// Errors: configurationInvalid with FILE:LINE where the text cannot be read, and with reason
/// "value_unwritable" and the key in params["key"] for a value that the file cannot hold (a comment's mark,
/// a line's end, blanks around it).
Result<std::string> editedConfiguration(std::string_view text, const std::string& fileName,
                                        const ConfigurationChanges& changes);

/// Where the user's settings are: --config's file, else the user's own; empty where there is no home.
std::filesystem::path editableConfigurationFile(const ConfigurationPaths& paths,
                                                const std::optional<std::filesystem::path>& configFile);

/// Writes the changes to that file (mode 0600) if the whole configuration is valid with them; otherwise
/// nothing is written. Gives what will hold at the next start. `commandLine` is laid over it as at the start.
/// Errors: those of editedConfiguration and loadConfiguration, with the key that is at fault in
/// params["key"] where one of the changes is; internalError with reason "file_unwritable".
Result<Configuration> saveConfiguration(const ConfigurationPaths& paths,
                                        const std::optional<std::filesystem::path>& configFile,
                                        const LayerEntries& commandLine, const ConfigurationChanges& changes);

/// What the command line had said of this configuration, to lay it over again.
LayerEntries commandLineLayer(const Configuration& configuration);

/// The agent that runs with the one must be restarted for the other: all but the language.
bool needsRestart(const Configuration& running, const Configuration& saved);

}  // namespace signet
