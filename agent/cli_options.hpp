// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_choice.hpp"
#include "agent/configuration.hpp"
#include "base/result.hpp"
#include "certs/statement.hpp"
#include "pkcs11/renewal.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

enum class CliCommand {
    none,
    tokens,
    enrol,
    login,
    changePin,
    requestCertificate,
    installCertificate,
    doctor,
    journal,
    listSites,
    revokeSite,
    checkConfiguration
};

/// The command line of `signet`, checked by itself.
struct CliOptions {
    CliCommand command = CliCommand::none;
    bool isHelpWanted = false;
    bool isVersionWanted = false;
    bool areLicencesWanted = false;
    bool isJson = false;
    std::optional<std::filesystem::path> configFile{};
    LayerEntries configuration{};  ///< the configuration's keys among the options
    std::optional<std::filesystem::path> askpass{};
    std::string issuer{};  ///< login, register: which of the configured issuers; empty: the only one
    CertificateSelection selection{};  ///< --certificate, --label
    Act act{};
    bool hasAcceptedAgreements = false;
    std::string approve{};                ///< SHA-256 of the certificate to approve, lower case; empty: none
    std::string token{};                  ///< pin change, certificate: label
    std::filesystem::path out{};          ///< certificate request: the new file
    std::filesystem::path subjectFrom{};  ///< certificate request: a certificate's file
    std::optional<NewKeyKind> newKey{};   ///< certificate request
    std::filesystem::path file{};         ///< certificate install: the answer
    std::string site{};                   ///< sites revoke: the origin
    std::optional<std::filesystem::path> report{};  ///< doctor
    bool isForced = false;                          ///< doctor: the report may replace a file
};

/// Reads the arguments after the program's name. `--issuer` after the words `login` and `register` chooses
/// among the configured issuers; anywhere else, and before those words, it is the key of the configuration.
/// Errors: invalidRequest with reason "usage"; configurationInvalid for a key's value.
Result<CliOptions> parseCliOptions(const std::vector<std::string>& arguments,
                                   const std::filesystem::path& workingFolder);

/// "org:USCC" and "enterprise:USCC", "legal_rep:USCC", "operator:USCC", "self". Errors: invalidRequest with
/// reason "usage".
Result<Act> parseAct(std::string_view text);

/// One option of the commands, for parsing and for --help.
struct CliOptionInfo {
    std::string_view name;
    std::string_view value;  ///< empty: a switch
    std::string_view zh;
    std::string_view en;
    std::vector<CliCommand> commands;  ///< empty: all
};
const std::vector<CliOptionInfo>& cliOptionTable();

struct CliCommandInfo {
    CliCommand command;
    std::string_view words;
    std::string_view zh;
    std::string_view en;
};
std::span<const CliCommandInfo> cliCommandTable();

}  // namespace signet
