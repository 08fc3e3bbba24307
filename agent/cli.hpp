// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/cli_options.hpp"
#include "agent/cli_output.hpp"
#include "agent/configuration.hpp"
#include "agent/configuration_files.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace signet {

/// What every command works with.
struct CliContext {
    CliOptions options;
    Configuration configuration;
    CliOutput output;
};

/// The program `signet`: reads the arguments (without the program's name) and runs the command. Gives the
/// exit status. Thread: main, with a Qt application.
int runCli(const std::vector<std::string>& arguments, const ConfigurationPaths& paths, std::ostream& out,
           std::ostream& err, const std::string& version);

ExitStatus runTokens(CliContext& context);
ExitStatus runRegister(CliContext& context);
ExitStatus runLogin(CliContext& context);
ExitStatus runChangePin(CliContext& context);
ExitStatus runRequestCertificate(CliContext& context);
ExitStatus runInstallCertificate(CliContext& context);
ExitStatus runJournal(CliContext& context);
ExitStatus runListSites(CliContext& context);
ExitStatus runRevokeSite(CliContext& context);
ExitStatus runCheckConfiguration(CliContext& context);
/// What the self-check works with; a broken configuration is its first finding.
struct DoctorRequest {
    const Result<Configuration>& configuration;
    const CliOptions& options;
    const ConfigurationPaths& paths;
    std::string version;
};
ExitStatus runDoctor(const DoctorRequest& request, const CliOutput& output);

/// --help, for all or for one command.
std::string cliHelp(CliCommand command, Language language);

}  // namespace signet
