// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/configuration_files.hpp"
#include "agent/login_parts.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace signet {

/// What the windows work with; all of it outlives them. Thread: main.
struct UiServices {
    const Configuration& configuration;
    ConfigurationPaths paths;
    std::optional<std::filesystem::path> configFile{};  ///< --config
    LoginParts& parts;
    std::string version;
    /// A login or a registration that the user starts here: its questions come in the login window. Errors:
    /// busy, and those of LoginFlow.
    std::function<void(LoginRequest request, Reply<LoginResult> reply)> login;
    /// Opens an address in the user's browser.
    std::function<void(const std::string& url)> openInBrowser;
};

}  // namespace signet
