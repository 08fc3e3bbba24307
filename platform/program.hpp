// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/settings.hpp"

#include <string>
#include <vector>

namespace signet {

/// The whole of signet-platform behind main. Exit status: 0 done, 1 failed, 2 usage or configuration.
int runPlatform(const std::vector<std::string>& arguments);

/// signet-platform admin …; prints to stdout, failures to stderr.
int runAdmin(const CommandLine& line);

}  // namespace signet
