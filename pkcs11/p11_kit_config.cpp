// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/p11_kit_config.hpp"

#include "base/file.hpp"

#include <algorithm>
#include <array>
#include <system_error>

namespace signet {
namespace {

constexpr std::size_t kMaxFileBytes = 64 * 1024;
constexpr std::size_t kMaxFiles = 256;
constexpr std::array<std::string_view, 3> kOurPrograms{"signet", "signet-agent", "signet-token-host"};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}

void parseLine(std::string_view line, P11KitSettings& settings) {
    line = trimmed(line);
    const auto colon = line.find(':');
    if (line.empty() || line.front() == '#' || colon == std::string_view::npos) return;
    const auto name = trimmed(line.substr(0, colon));
    if (!name.empty()) settings[std::string(name)] = trimmed(line.substr(colon + 1));
}

std::string valueOf(const P11KitSettings& settings, const char* name) {
    const auto found = settings.find(name);
    return found == settings.end() ? std::string() : found->second;
}

/// A list of program names, separated by commas or spaces.
bool namesUs(std::string_view list) {
    while (!list.empty()) {
        const auto end = std::min(list.find_first_of(", \t"), list.size());
        const auto program = list.substr(0, end);
        if (std::find(kOurPrograms.begin(), kOurPrograms.end(), program) != kOurPrograms.end()) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

/// File name → settings; what is there already stays.
void readFolder(const std::filesystem::path& folder, std::map<std::string, P11KitSettings>& files) {
    std::error_code fault;
    for (std::filesystem::directory_iterator entry(folder, fault), end; !fault && entry != end;
         entry.increment(fault)) {
        if (entry->path().extension() != ".module" || files.size() >= kMaxFiles) continue;
        if (const auto text = readFile(entry->path(), kMaxFileBytes))
            files[entry->path().filename().string()].merge(parseP11KitFile(*text));
    }
}

}  // namespace

P11KitSettings parseP11KitFile(std::string_view text) {
    P11KitSettings settings;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        parseLine(text.substr(0, end), settings);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return settings;
}

bool isForUs(const P11KitSettings& settings) {
    if (valueOf(settings, "module").empty() || !valueOf(settings, "remote").empty()) return false;
    if (valueOf(settings, "trust-policy") == "yes") return false;
    // An empty enable-in disables the module for everybody; if both are there, disable-in is ignored.
    if (settings.contains("enable-in")) return namesUs(valueOf(settings, "enable-in"));
    return !namesUs(valueOf(settings, "disable-in"));
}

std::vector<std::filesystem::path> p11KitFolders(const P11KitSettings& mainFile,
                                                 const std::filesystem::path& userFolder,
                                                 const std::vector<std::filesystem::path>& otherFolders) {
    const auto mode = valueOf(mainFile, "user-config");
    std::vector<std::filesystem::path> folders;
    if (mode != "none" && !userFolder.empty()) folders.push_back(userFolder);
    if (mode != "only") folders.insert(folders.end(), otherFolders.begin(), otherFolders.end());
    return folders;
}

std::vector<std::filesystem::path> registeredModules(std::span<const std::filesystem::path> folders,
                                                     const std::filesystem::path& moduleFolder) {
    std::map<std::string, P11KitSettings> files;
    for (const auto& folder : folders) readFolder(folder, files);
    std::vector<std::filesystem::path> modules;
    for (const auto& [name, settings] : files)
        if (isForUs(settings)) modules.push_back(moduleFolder / settings.at("module"));
    return modules;
}

}  // namespace signet
