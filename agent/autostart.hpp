// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace signet {

/// Whether the agent starts with the user's session. Source: Desktop Application Autostart Specification
/// (freedesktop.org): the first file of a name counts, the user's before the system's; Hidden=true is none.
struct AutostartPlaces {
    std::filesystem::path userFolder;                  ///< ~/.config/autostart; empty where there is no home
    std::vector<std::filesystem::path> systemFolders;  ///< /etc/xdg/autostart, the more important first
    std::string program;                               ///< what is started
};
/// By XDG_CONFIG_HOME and XDG_CONFIG_DIRS; the signet-agent beside this program, else that of PATH.
AutostartPlaces defaultAutostartPlaces();

bool isAutostartOn(const AutostartPlaces& places);
/// Only the user's own folder is written to; a system-wide entry is hidden by an own one.
/// Errors: internalError with reason "file_unwritable".
Result<void> setAutostart(const AutostartPlaces& places, bool isOn);

}  // namespace signet
