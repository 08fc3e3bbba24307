// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <filesystem>
#include <string_view>

namespace signet {

/// Where another program of ours is: beside the running one, else in the libexec folder of the installation.
/// Never from the environment, which anybody may have set.
std::filesystem::path companionProgram(std::string_view name);

}  // namespace signet
