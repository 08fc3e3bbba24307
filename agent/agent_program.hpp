// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/agent_options.hpp"
#include "agent/configuration_files.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace signet {

/// The program `signet-agent`: reads the arguments (without the program's name), and serves until it is told
/// to end; started again, it hands its arguments to the one that runs. Gives the exit status.
/// Thread: main, with a Qt application.
int runAgent(const std::vector<std::string>& arguments, const ConfigurationPaths& paths, std::ostream& out,
             std::ostream& err, const std::string& version);

}  // namespace signet
