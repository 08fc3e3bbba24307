// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"
#include "base/ini.hpp"
#include "base/result.hpp"
#include "certs/trust_list.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// Where settings come from; a later one wins. Source: protocol.md section 7.
enum class ConfigurationLayer { builtIn, machine, user, commandLine, policy };

/// One value with the place that set it.
struct Setting {
    std::string value;
    ConfigurationLayer layer = ConfigurationLayer::builtIn;
    std::string file{};  ///< empty for built in and the command line
    int line = 0;
    /// "built in", "command line", "FILE:LINE" or "policy FILE:LINE".
    std::string origin() const;
};

/// The roots for the TLS of an issuer; an empty issuer stands for all configured ones.
struct IssuerCa {
    std::string issuer;
    std::filesystem::path file;
};

struct BridgeSettings {
    std::optional<std::uint16_t> port{};  ///< nullopt: the contract's list 28617, 28627, 28637
    bool useTls = true;
    std::vector<std::string> extraOrigins{};
};

/// What holds after all layers. Paths are absolute.
struct Configuration {
    std::vector<std::string> issuers{};
    std::vector<IssuerCa> issuerCas{};
    std::vector<std::filesystem::path> modules{};
    std::vector<std::filesystem::path> moduleProfiles{};
    std::vector<std::filesystem::path> trustFolders{};
    RevocationPolicy revocation = RevocationPolicy::softFail;
    BridgeSettings bridge{};
    std::vector<std::string> webeidOrigins{};
    bool usePinPad = true;
    bool useP11Kit = true;
    bool useKnownModules = true;
    std::string logLevel = "info";
    std::optional<Language> language{};  ///< nullopt: by the locale
    /// Every key with its values, for `signet config check` and "set by your administrator".
    std::map<std::string, std::vector<Setting>> settings{};

    bool allowsIssuer(std::string_view issuer) const;
    /// Those given for this issuer; where there is none, those given for all. Empty: the system's roots.
    std::vector<std::filesystem::path> rootsFor(std::string_view issuer) const;
    /// The administrator's policy set this key.
    bool isLocked(const std::string& key) const;
};

struct ConfigurationKey {
    std::string_view name;
    bool isRepeatable;
    std::string_view value;  ///< for --help
    std::string_view meaning;
};

/// All keys, in the order of the documentation; the command line has an option of the same name for each.
std::span<const ConfigurationKey> configurationKeys();

/// What one file, or the command line, says.
struct LayerEntries {
    ConfigurationLayer layer = ConfigurationLayer::user;
    std::string file{};  ///< empty for the command line
    std::vector<IniEntry> entries{};
    std::filesystem::path folder{};  ///< relative paths count from here (never of a module)
};

/// Reads the text of a configuration file and checks each line by itself: the key is known, given once unless
/// repeatable, the value has the right form (https issuer and exact origins in canonical form, no wildcard,
/// absolute module path, …). Touches no file. Errors: configurationInvalid with FILE:LINE and the cause.
Result<LayerEntries> parseConfiguration(ConfigurationLayer layer, std::string_view text,
                                        std::string_view fileName);

/// The same checks for options of the command line, (key, value) in their order. Errors:
/// configurationInvalid, "command line: --KEY: …".
Result<LayerEntries> commandLineEntries(std::vector<IniEntry> entries,
                                        const std::filesystem::path& workingFolder);

/// Puts checked layers over each other, in the order given: a later layer replaces a key as a whole.
Configuration effectiveConfiguration(std::span<const LayerEntries> layers);

}  // namespace signet
