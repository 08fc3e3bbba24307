// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/configuration_files.hpp"

#include "agent/policy.hpp"
#include "base/file.hpp"
#include "certs/certificate.hpp"
#include "pkcs11/module_discovery.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxConfigurationBytes = 256 * 1024;
constexpr std::size_t kMaxRootsBytes = 4 * 1024 * 1024;

tl::unexpected<Error> refused(const std::string& where, const std::string& what, std::string reason = {}) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = std::move(reason);
    error.detail = where + ": " + what;
    error.params["name"] = error.detail;
    return fail(std::move(error));
}

/// A configuration names what is loaded and trusted, so nobody else may be able to write it.
Result<void> checkWriters(const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0 || (status.st_mode & S_IWOTH) == 0) return {};
    return refused(file.string(), "the file can be written by everybody", "file_writable");
}

Result<LayerEntries> readLayer(ConfigurationLayer layer, const std::filesystem::path& file) {
    if (auto checked = checkWriters(file); !checked) return fail(checked.error());
    const auto text = readFile(file, kMaxConfigurationBytes);
    if (!text) {
        Error error = text.error();
        error.params["name"] = error.detail;
        return fail(std::move(error));
    }
    return parseConfiguration(layer, *text, file.string());
}

/// A file that need not be there.
Result<void> addLayer(std::vector<LayerEntries>& layers, ConfigurationLayer layer,
                      const std::filesystem::path& file) {
    auto entries = readLayer(layer, file);
    if (entries) {
        layers.push_back(std::move(*entries));
        return {};
    }
    if (entries.error().reason == "file_missing") return {};
    return fail(entries.error());
}

/// A file that must be there, or what it will say.
Result<void> addGivenFile(std::vector<LayerEntries>& layers, const std::filesystem::path& file,
                          const std::optional<std::string>& text) {
    auto entries = text ? parseConfiguration(ConfigurationLayer::user, *text, file.string())
                        : readLayer(ConfigurationLayer::user, file);
    if (!entries) return fail(entries.error());
    layers.push_back(std::move(*entries));
    return {};
}

Result<void> addFileLayers(std::vector<LayerEntries>& layers, const ConfigurationPaths& paths,
                           const std::optional<std::filesystem::path>& configFile,
                           const std::optional<std::string>& userText) {
    if (configFile) return addGivenFile(layers, std::filesystem::absolute(*configFile), userText);
    if (auto added = addLayer(layers, ConfigurationLayer::machine, paths.machineFile); !added) return added;
    if (paths.userFolder.empty()) return {};
    const auto file = paths.userFolder / "agent.conf";
    if (userText) return addGivenFile(layers, file, userText);
    return addLayer(layers, ConfigurationLayer::user, file);
}

Result<void> checkModule(const std::string& value) {
    auto path = checkModulePath(value);
    if (!path) return fail(path.error());
    return {};
}

Result<void> checkFolder(const std::string& value) {
    std::error_code fault;
    if (!std::filesystem::is_directory(value, fault)) return refused(value, "not a folder", "file_missing");
    if (::access(value.c_str(), R_OK | X_OK) != 0) return refused(value, "cannot be read", "file_unreadable");
    return {};
}

Result<void> checkReadable(const std::string& value) {
    if (auto checked = checkWriters(value); !checked) return checked;
    auto content = readFile(value, kMaxConfigurationBytes);
    if (!content) return fail(content.error());
    return {};
}

Result<void> checkRoots(const IssuerCa& entry) {
    if (auto checked = checkWriters(entry.file); !checked) return checked;
    const auto content = readFile(entry.file, kMaxRootsBytes);
    if (!content) return fail(content.error());
    if (!Certificate::fromPem(*content))
        return refused(entry.file.string(), "no certificate in PEM", "file_unreadable");
    return {};
}

Result<void> checkSetting(const std::string& key, std::size_t index, const Configuration& configuration) {
    const auto& value = configuration.settings.at(key).at(index).value;
    if (key == "module") return checkModule(value);
    if (key == "trust") return checkFolder(value);
    if (key == "module-profile") return checkReadable(value);
    if (key == "issuer-ca") return checkRoots(configuration.issuerCas.at(index));
    return {};
}

/// Everything that the configuration names must be there and be fit; the error says which line named it.
Result<void> checkFiles(const Configuration& configuration) {
    for (const auto& [key, values] : configuration.settings) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto checked = checkSetting(key, i, configuration);
            if (!checked)
                return refused(values[i].origin(), key + ": " + checked.error().detail,
                               checked.error().reason);
        }
    }
    return {};
}

void addDefaultTrust(Configuration& configuration, const ConfigurationPaths& paths) {
    if (configuration.settings.contains("trust")) return;
    std::vector<std::filesystem::path> folders{paths.machineTrust};
    if (!paths.userFolder.empty()) folders.push_back(paths.userFolder / "trust");
    for (const auto& folder : folders) {
        std::error_code fault;
        if (!std::filesystem::is_directory(folder, fault)) continue;
        configuration.trustFolders.push_back(folder);
        configuration.settings["trust"].push_back({folder.string()});
    }
}

std::filesystem::path homeFolder() {
    if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/') return home;
    const passwd* entry = ::getpwuid(::getuid());
    return entry == nullptr || entry->pw_dir == nullptr ? std::filesystem::path() : entry->pw_dir;
}

}  // namespace

std::filesystem::path userFolder(const char* variable, const std::filesystem::path& belowHome) {
    // The XDG specification has relative values ignored.
    if (const char* folder = std::getenv(variable); folder != nullptr && folder[0] == '/')
        return std::filesystem::path(folder) / "signet";
    const auto home = homeFolder();
    return home.empty() ? home : home / belowHome / "signet";
}

ConfigurationPaths defaultConfigurationPaths() {
    std::error_code fault;
    return {"/etc/signet/agent.conf",
            "/etc/signet/policy.conf",
            "/etc/signet/trust",
            userFolder("XDG_CONFIG_HOME", ".config"),
            std::filesystem::current_path(fault),
            0};
}

Result<Configuration> loadConfiguration(const ConfigurationPaths& paths,
                                        const std::optional<std::filesystem::path>& configFile,
                                        const LayerEntries& commandLine,
                                        const std::optional<std::string>& userText) {
    // The policy first: when it is broken, nothing else counts.
    auto policy = readPolicy(paths.policyFile, paths.administrator);
    if (!policy) return fail(policy.error());
    std::vector<LayerEntries> layers;
    if (auto added = addFileLayers(layers, paths, configFile, userText); !added) return fail(added.error());
    layers.push_back(commandLine);
    if (*policy) layers.push_back(std::move(**policy));
    auto configuration = effectiveConfiguration(layers);
    if (auto checked = checkFiles(configuration); !checked) return fail(checked.error());
    addDefaultTrust(configuration, paths);
    return configuration;
}

}  // namespace signet
