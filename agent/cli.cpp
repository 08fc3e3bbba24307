// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"

#include "agent/language.hpp"
#include "agent/sm2_memory.hpp"
#include "base/licences.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

namespace signet {
namespace {

ExitStatus runCommand(CliContext& context) {
    switch (context.options.command) {
        case CliCommand::tokens:
            return runTokens(context);
        case CliCommand::enrol:
            return runRegister(context);
        case CliCommand::login:
            return runLogin(context);
        case CliCommand::changePin:
            return runChangePin(context);
        case CliCommand::requestCertificate:
            return runRequestCertificate(context);
        case CliCommand::installCertificate:
            return runInstallCertificate(context);
        case CliCommand::journal:
            return runJournal(context);
        case CliCommand::listSites:
            return runListSites(context);
        case CliCommand::revokeSite:
            return runRevokeSite(context);
        case CliCommand::checkConfiguration:
            return runCheckConfiguration(context);
        case CliCommand::doctor:
        case CliCommand::none:
            break;
    }
    return ExitStatus::failed;
}

/// Before the files are read, only the command line may have named a language.
Language languageOf(const LayerEntries& commandLine) {
    return chooseLanguage(effectiveConfiguration(std::span(&commandLine, 1)).language);
}

/// With the files that it names and that every command refuses when they are malformed.
Result<Configuration> readConfiguration(const CliOptions& options, const ConfigurationPaths& paths) {
    auto configuration = loadConfiguration(paths, options.configFile, options.configuration);
    if (!configuration) return configuration;
    if (const auto profiles = loadSm2Profiles(configuration->moduleProfiles); !profiles)
        return fail(profiles.error());
    return configuration;
}

ExitStatus run(CliOptions options, const ConfigurationPaths& paths, const std::string& version,
               CliOutput& output) {
    const auto configuration = readConfiguration(options, paths);
    if (configuration) output.language = chooseLanguage(configuration->language);
    if (options.command == CliCommand::doctor)
        return runDoctor({configuration, options, paths, version}, output);
    if (!configuration) return output.fail(configuration.error());
    CliContext context{std::move(options), *configuration, output};
    return runCommand(context);
}

}  // namespace

int runCli(const std::vector<std::string>& arguments, const ConfigurationPaths& paths, std::ostream& out,
           std::ostream& err, const std::string& version) {
    const bool isJson = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    CliOutput output{out, err, chooseLanguage(std::nullopt), isJson};
    auto options = parseCliOptions(arguments, paths.workingFolder);
    if (!options) {
        const auto status = output.fail(options.error());
        if (options.error().reason == "usage")
            output.warn(Text{"用法见 signet --help", "see signet --help"}.of(output.language));
        return static_cast<int>(status);
    }
    output.language = languageOf(options->configuration);
    if (options->isVersionWanted) {
        output.print("signet " + version);
        return 0;
    }
    if (options->areLicencesWanted) {
        output.print(licencesText(ProgramKind::agent));
        return 0;
    }
    if (options->isHelpWanted) {
        output.print(cliHelp(options->command, output.language));
        return 0;
    }
    const auto status = run(std::move(*options), paths, version, output);
    if (out.good()) return static_cast<int>(status);
    output.warn(Text{"结果没有写完(标准输出)。", "The result could not be written (standard output)."}.of(
        output.language));
    return static_cast<int>(status == ExitStatus::done ? ExitStatus::failed : status);
}

}  // namespace signet
