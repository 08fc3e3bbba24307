// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/result.hpp"
#include "certs/trust_list.hpp"
#include "platform/log.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

struct Endpoint {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8443;
};

/// Everything that an operator may set; docs/platform-api.md lists the keys.
struct PlatformSettings {
    Endpoint listen{};
    std::filesystem::path portFile{};
    std::string issuer{};  ///< https://host[:port]; "{port}" stands for the port that was bound
    std::filesystem::path tlsCertificate{};
    std::filesystem::path tlsKey{};
    std::string database{};
    std::filesystem::path dataKey{};  ///< empty: the database file's name with ".key"
    std::vector<std::filesystem::path> trust{};
    RevocationPolicy revocation = RevocationPolicy::softFail;
    std::vector<std::string> origins{};  ///< further ones; withPort() adds the issuer's own
    std::vector<std::filesystem::path> frontCertificates{};
    bool allowUnbound = false;
    std::chrono::seconds challengeLifetime{120};
    std::chrono::seconds sessionLifetime{std::chrono::hours(8)};
    std::vector<Algorithm> algorithms{Algorithm::es256, Algorithm::es384, Algorithm::rs256, Algorithm::ps256,
                                      Algorithm::sm2sm3};
    std::filesystem::path documents{};        ///< empty: the built-in samples
    std::string maintenance{};                ///< a notice; empty: in service
    std::string maintenanceUntil{};           ///< RFC 3339
    std::vector<std::uint16_t> agentPorts{};  ///< of the agent's bridge; empty: those that it takes by itself
    std::string downloadUrl{};  ///< where the agent is to be had, https or a path here; empty: not shown
    LogLevel logLevel = LogLevel::info;
    unsigned threads = 0;          ///< 0: as many as cores
    unsigned challengeRate = 100;  ///< challenges and logins a second from one address; 0: no limit
    unsigned maxConnections = 4096;
    unsigned maxConnectionsPerAddress = 256;
};

/// Which program it is that was asked for.
struct CommandLine {
    enum class Action { serve, admin, help, version, licences };
    Action action = Action::serve;
    PlatformSettings settings{};
    std::vector<std::string> adminArguments{};  ///< words after "admin"
    std::filesystem::path adminOut{};           ///< --out
};

/// Reads the arguments and the file of --config; a value on the command line replaces the file's.
/// Errors: configurationInvalid with FILE:LINE or the option's name; invalidRequest for wrong usage.
Result<CommandLine> readCommandLine(const std::vector<std::string>& arguments);
std::string usageText();

/// The file alone: pure, for tests. Errors: configurationInvalid with FILE:LINE.
Result<PlatformSettings> parseSettings(std::string_view text, std::string_view fileName);

/// What serving needs is there and fits together. Errors: configurationInvalid.
Result<void> checkForServing(const PlatformSettings& settings);
/// "{port}" replaced, the issuer's own origin and the agent's own ports filled in.
PlatformSettings withPort(PlatformSettings settings, std::uint16_t port);
/// The file behind "sqlite:FILE"; empty for another database.
std::filesystem::path databaseFileOf(const PlatformSettings& settings);
/// Where the data key is.
std::filesystem::path dataKeyOf(const PlatformSettings& settings);
/// https, lower case, host with an optional port and nothing else; "{port}" is allowed as the port.
bool isOrigin(std::string_view text);
/// https://host[:port][/path], or a path of this host: one '/' at its front, no '\\', visible ASCII.
bool isDownloadUrl(std::string_view text);
/// Not localhost and not an IP address.
bool isPublicHost(std::string_view origin);

}  // namespace signet
