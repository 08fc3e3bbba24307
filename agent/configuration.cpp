// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/configuration.hpp"

#include "agent/canonical_url.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace signet {
namespace {

constexpr std::size_t kMaxValueBytes = 4096;
constexpr std::array<std::string_view, 5> kLogLevels{"debug", "info", "warn", "error", "off"};

/// What is wrong with a value; nullopt when nothing is.
using Fault = std::optional<std::string>;
using Check = Fault (*)(std::string_view value);

Fault checkIssuer(std::string_view value) {
    if (value.find('*') != std::string_view::npos) return "a wildcard is not allowed";
    if (value.starts_with("http://")) return "an issuer must use https";
    if (!isCanonicalIssuer(value))
        return "expected https://HOST[:PORT][/PATH] in canonical form: lower case, no default port, no slash "
               "at the end";
    return std::nullopt;
}

Fault checkOrigin(std::string_view value) {
    if (value.find('*') != std::string_view::npos) return "a wildcard is not allowed";
    if (!isCanonicalOrigin(value))
        return "expected an origin https://HOST[:PORT] in canonical form: lower case, no default port, no "
               "slash at the end";
    return std::nullopt;
}

Fault checkPath(std::string_view value) {
    if (value.empty()) return "expected a path";
    return std::nullopt;
}

Fault checkModule(std::string_view value) {
    if (value.empty() || value.front() != '/') return "a module path must be absolute";
    return std::nullopt;
}

/// "PATH", or "URL PATH".
IssuerCa splitIssuerCa(std::string_view value) {
    if (value.find("://") == std::string_view::npos) return {{}, std::filesystem::path(value)};
    const auto space = std::min(value.find_first_of(" \t"), value.size());
    const auto path = std::min(value.find_first_not_of(" \t", space), value.size());
    return {std::string(value.substr(0, space)), std::filesystem::path(value.substr(path))};
}

Fault checkIssuerCa(std::string_view value) {
    const auto parts = splitIssuerCa(value);
    if (!parts.issuer.empty())
        if (auto fault = checkIssuer(parts.issuer)) return fault;
    if (parts.file.empty()) return "expected PATH or ISSUER PATH";
    return std::nullopt;
}

std::optional<bool> truth(std::string_view value) {
    if (value == "yes" || value == "true" || value == "on" || value == "1") return true;
    if (value == "no" || value == "false" || value == "off" || value == "0") return false;
    return std::nullopt;
}

Fault checkTruth(std::string_view value) {
    return truth(value) ? Fault() : Fault("expected yes or no");
}

std::optional<std::uint16_t> portNumber(std::string_view value) {
    std::uint16_t number = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
    // The wss door is one above.
    if (fault != std::errc() || end != value.data() + value.size() || number == 65535) return std::nullopt;
    return number;
}

Fault checkPort(std::string_view value) {
    return portNumber(value) ? Fault() : Fault("expected a port, 0 to 65534");
}

Fault checkRevocation(std::string_view value) {
    return revocationPolicyFromName(value) ? Fault() : Fault("expected hard-fail, soft-fail or off");
}

Fault checkLogLevel(std::string_view value) {
    const bool isKnown = std::find(kLogLevels.begin(), kLogLevels.end(), value) != kLogLevels.end();
    return isKnown ? Fault() : Fault("expected debug, info, warn, error or off");
}

std::optional<Language> languageFromName(std::string_view value) {
    const auto primary = value.substr(0, value.find_first_of("_-"));
    if (primary == "zh") return Language::zh;
    if (primary == "en") return Language::en;
    return std::nullopt;
}

Fault checkLanguage(std::string_view value) {
    return languageFromName(value) ? Fault() : Fault("expected zh, zh_CN or en");
}

struct KeyRow {
    ConfigurationKey key;
    Check check;
    bool isRelativePathAllowed;
};

// clang-format off
constexpr std::array kKeys{
    KeyRow{{"issuer", true, "URL", "a platform that logins are made for"}, &checkIssuer, false},
    KeyRow{{"issuer-ca", true, "[URL ]PEM", "roots for the TLS of that issuer (without URL: of every issuer) instead of the system's"}, &checkIssuerCa, true},
    KeyRow{{"module", true, "PATH", "a PKCS#11 module"}, &checkModule, false},
    KeyRow{{"module-profile", true, "FILE", "numbers of a module's SM2 mechanisms"}, &checkPath, true},
    KeyRow{{"p11-kit", false, "yes|no", "use the modules that p11-kit registers"}, &checkTruth, false},
    KeyRow{{"known-modules", false, "yes|no", "use modules in the known places of common vendors"}, &checkTruth, false},
    KeyRow{{"trust", true, "FOLDER", "CA certificates whose certificates may log in"}, &checkPath, true},
    KeyRow{{"revocation", false, "hard-fail|soft-fail|off", "what follows when revocation cannot be checked"}, &checkRevocation, false},
    KeyRow{{"bridge.port", false, "PORT", "port of the bridge; 0: any free one"}, &checkPort, false},
    KeyRow{{"bridge.tls", false, "yes|no", "offer wss as well"}, &checkTruth, false},
    KeyRow{{"bridge.extra-origin", true, "ORIGIN", "a further origin that may ask"}, &checkOrigin, false},
    KeyRow{{"webeid-origin", true, "ORIGIN", "an origin that may ask for Web eID tokens"}, &checkOrigin, false},
    KeyRow{{"pin.pad", false, "yes|no", "let the PIN be typed on the reader where it has a pad"}, &checkTruth, false},
    KeyRow{{"log.level", false, "debug|info|warn|error|off", "how much is logged"}, &checkLogLevel, false},
    KeyRow{{"language", false, "zh|en", "of all messages, instead of the locale's"}, &checkLanguage, false},
};
// clang-format on

constexpr auto kPublicKeys = [] {
    std::array<ConfigurationKey, kKeys.size()> keys{};
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = kKeys[i].key;
    return keys;
}();

const KeyRow* rowOf(std::string_view name) {
    const auto found =
        std::find_if(kKeys.begin(), kKeys.end(), [&](const auto& row) { return row.key.name == name; });
    return found == kKeys.end() ? nullptr : &*found;
}

/// What is wrong with one entry by itself.
Fault faultOf(const IniEntry& entry, std::set<std::string>& seen) {
    const auto* row = rowOf(entry.key);
    if (row == nullptr) return "unknown key \"" + entry.key + "\"";
    if (!seen.insert(entry.key).second && !row->key.isRepeatable) return entry.key + ": given twice";
    if (entry.value.size() > kMaxValueBytes) return entry.key + ": the value is too long";
    if (auto fault = row->check(entry.value)) return entry.key + ": " + *fault;
    return std::nullopt;
}

std::filesystem::path absolutePath(const std::filesystem::path& path, const std::filesystem::path& folder) {
    return path.is_absolute() || folder.empty() ? path : (folder / path).lexically_normal();
}

/// The value as it holds anywhere: a relative path is completed.
std::string completed(const IniEntry& entry, const std::filesystem::path& folder) {
    if (!rowOf(entry.key)->isRelativePathAllowed) return entry.value;
    if (entry.key != "issuer-ca") return absolutePath(entry.value, folder).string();
    const auto parts = splitIssuerCa(entry.value);
    const auto file = absolutePath(parts.file, folder).string();
    return parts.issuer.empty() ? file : parts.issuer + " " + file;
}

template <class T, class Convert>
std::vector<T> valuesOf(const Configuration& configuration, const std::string& key, Convert convert) {
    std::vector<T> values;
    const auto found = configuration.settings.find(key);
    if (found == configuration.settings.end()) return values;
    for (const auto& setting : found->second) values.push_back(convert(setting.value));
    return values;
}

template <class T, class Convert>
T valueOr(const Configuration& configuration, const std::string& key, T fallback, Convert convert) {
    const auto found = configuration.settings.find(key);
    return found == configuration.settings.end() ? fallback : convert(found->second.front().value);
}

std::string identical(const std::string& value) {
    return value;
}

bool truthOf(const std::string& value) {
    return truth(value).value_or(false);
}

/// From the settings, all of which were checked.
void fillTyped(Configuration& to) {
    const auto toPath = [](const std::string& value) { return std::filesystem::path(value); };
    to.issuers = valuesOf<std::string>(to, "issuer", identical);
    to.issuerCas =
        valuesOf<IssuerCa>(to, "issuer-ca", [](const auto& value) { return splitIssuerCa(value); });
    to.modules = valuesOf<std::filesystem::path>(to, "module", toPath);
    to.moduleProfiles = valuesOf<std::filesystem::path>(to, "module-profile", toPath);
    to.trustFolders = valuesOf<std::filesystem::path>(to, "trust", toPath);
    to.revocation = valueOr(to, "revocation", to.revocation,
                            [](const auto& value) { return revocationPolicyFromName(value).value(); });
    to.bridge.port = valueOr(to, "bridge.port", to.bridge.port, portNumber);
    to.bridge.useTls = valueOr(to, "bridge.tls", to.bridge.useTls, truthOf);
    to.bridge.extraOrigins = valuesOf<std::string>(to, "bridge.extra-origin", identical);
    to.webeidOrigins = valuesOf<std::string>(to, "webeid-origin", identical);
    to.usePinPad = valueOr(to, "pin.pad", to.usePinPad, truthOf);
    to.useP11Kit = valueOr(to, "p11-kit", to.useP11Kit, truthOf);
    to.useKnownModules = valueOr(to, "known-modules", to.useKnownModules, truthOf);
    to.logLevel = valueOr(to, "log.level", to.logLevel, identical);
    to.language = valueOr(to, "language", to.language, languageFromName);
}

}  // namespace

std::string Setting::origin() const {
    switch (layer) {
        case ConfigurationLayer::builtIn:
            return "built in";
        case ConfigurationLayer::commandLine:
            return "command line";
        case ConfigurationLayer::machine:
        case ConfigurationLayer::user:
            return file + ":" + std::to_string(line);
        case ConfigurationLayer::policy:
            return "policy " + file + ":" + std::to_string(line);
    }
    return {};
}

bool Configuration::allowsIssuer(std::string_view issuer) const {
    return std::find(issuers.begin(), issuers.end(), issuer) != issuers.end();
}

std::vector<std::filesystem::path> Configuration::rootsFor(std::string_view issuer) const {
    std::vector<std::filesystem::path> own;
    std::vector<std::filesystem::path> common;
    for (const auto& entry : issuerCas) {
        if (entry.issuer == issuer) own.push_back(entry.file);
        if (entry.issuer.empty()) common.push_back(entry.file);
    }
    return own.empty() ? common : own;
}

bool Configuration::isLocked(const std::string& key) const {
    const auto found = settings.find(key);
    return found != settings.end() && found->second.front().layer == ConfigurationLayer::policy;
}

std::span<const ConfigurationKey> configurationKeys() {
    return kPublicKeys;
}

Result<LayerEntries> parseConfiguration(ConfigurationLayer layer, std::string_view text,
                                        std::string_view fileName) {
    auto entries = parseIni(text, fileName);
    if (!entries) return fail(entries.error());
    std::set<std::string> seen;
    for (const auto& entry : *entries)
        if (auto fault = faultOf(entry, seen)) return fail(configurationError(fileName, entry.line, *fault));
    return LayerEntries{layer, std::string(fileName), std::move(*entries),
                        std::filesystem::path(fileName).parent_path()};
}

Result<LayerEntries> commandLineEntries(std::vector<IniEntry> entries,
                                        const std::filesystem::path& workingFolder) {
    std::set<std::string> seen;
    for (const auto& entry : entries) {
        const auto fault = faultOf(entry, seen);
        if (!fault) continue;
        Error error;
        error.code = ErrorCode::configurationInvalid;
        error.detail = "command line: --" + *fault;
        error.params["name"] = error.detail;
        return fail(std::move(error));
    }
    return LayerEntries{ConfigurationLayer::commandLine, {}, std::move(entries), workingFolder};
}

Configuration effectiveConfiguration(std::span<const LayerEntries> layers) {
    Configuration configuration;
    for (const auto& layer : layers) {
        std::map<std::string, std::vector<Setting>> said;
        for (const auto& entry : layer.entries)
            said[entry.key].push_back({completed(entry, layer.folder), layer.layer, layer.file, entry.line});
        for (auto& [key, values] : said) configuration.settings[key] = std::move(values);
    }
    fillTyped(configuration);
    return configuration;
}

}  // namespace signet
