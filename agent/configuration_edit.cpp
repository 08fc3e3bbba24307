// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/configuration_edit.hpp"

#include "base/file.hpp"
#include "base/ini.hpp"

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxConfigurationBytes = 256 * 1024;
constexpr std::string_view kBlanks = " \t\r";

using Lines = std::vector<std::string>;

Lines linesOf(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        lines.emplace_back(line);
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return lines;
}

std::string textOf(const Lines& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

/// The line with another value: its key as it is written there, and its comment, stay.
std::string withValue(const std::string& line, const std::string& value) {
    const auto comment = line.find('#');
    const auto equals = line.find('=');
    auto changed = line.substr(0, equals + 1) + " " + value;
    return comment == std::string::npos ? changed : changed + "  " + line.substr(comment);
}

bool isSection(const std::string& line) {
    const auto first = line.find_first_not_of(kBlanks);
    return first != std::string::npos && line[first] == '[';
}

/// Before the first section: behind one, a key would have its name before it.
void addLines(Lines& lines, const std::string& key, const std::vector<std::string>& values) {
    auto place = std::find_if(lines.begin(), lines.end(), isSection);
    for (const auto& value : values) place = lines.insert(place, key + " = " + value) + 1;
}

void changeKey(Lines& lines, const std::string& key, const std::vector<IniEntry>& entries,
               const std::vector<std::string>& values) {
    std::vector<IniEntry> own;
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(own),
                 [&](const IniEntry& entry) { return entry.key == key; });
    if (own.empty()) {
        addLines(lines, key, values);
        return;
    }
    const auto lineAt = [&](std::size_t i) { return static_cast<std::size_t>(own.at(i).line) - 1; };
    const auto pattern = lines[lineAt(own.size() - 1)];
    for (std::size_t i = 0; i < std::min(own.size(), values.size()); ++i)
        if (own[i].value != values[i]) lines[lineAt(i)] = withValue(lines[lineAt(i)], values[i]);
    // From the end, so that the numbers of those before hold.
    const auto last = static_cast<std::ptrdiff_t>(lineAt(own.size() - 1));
    for (std::size_t i = values.size(); i > own.size(); --i)
        lines.insert(lines.begin() + last + 1,
                     withValue(pattern.substr(0, pattern.find('#')), values[i - 1]));
    for (std::size_t i = own.size(); i > values.size(); --i)
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(lineAt(i - 1)));
}

tl::unexpected<Error> unwritable(const std::string& key, const std::string& fileName) {
    Error error{.code = ErrorCode::configurationInvalid, .reason = "value_unwritable"};
    error.detail = fileName + ": " + key + ": the value cannot be written in this file";
    error.params["name"] = error.detail;
    error.params["key"] = key;
    return fail(std::move(error));
}

std::vector<std::string> valuesOf(const std::vector<IniEntry>& entries, const std::string& key) {
    std::vector<std::string> values;
    for (const auto& entry : entries)
        if (entry.key == key) values.push_back(entry.value);
    return values;
}

Result<std::string> textNow(const std::filesystem::path& file) {
    auto text = readFile(file, kMaxConfigurationBytes);
    if (!text && text.error().reason == "file_missing") return std::string();
    return text;
}

/// Whether the configuration is valid with these changes in the user's text.
Result<Configuration> checked(const ConfigurationPaths& paths,
                              const std::optional<std::filesystem::path>& configFile,
                              const LayerEntries& commandLine, const std::string& text) {
    return loadConfiguration(paths, configFile, commandLine, text);
}

/// The change that is at fault: the first that is refused by itself.
std::string faultyKey(const ConfigurationPaths& paths, const std::optional<std::filesystem::path>& configFile,
                      const LayerEntries& commandLine, const std::string& text,
                      const ConfigurationChanges& changes) {
    if (!checked(paths, configFile, commandLine, text)) return {};
    for (const auto& change : changes) {
        const auto alone = editedConfiguration(text, {}, {change});
        if (!alone || !checked(paths, configFile, commandLine, *alone)) return change.first;
    }
    return {};
}

}  // namespace

Result<std::string> editedConfiguration(std::string_view text, const std::string& fileName,
                                        const ConfigurationChanges& changes) {
    auto lines = linesOf(text);
    for (const auto& [key, values] : changes) {
        // Anew for each: the lines have moved.
        const auto entries = parseIni(textOf(lines), fileName);
        if (!entries) return fail(entries.error());
        const bool isBroken = std::any_of(values.begin(), values.end(), [](const std::string& value) {
            return value.find_first_of("\n\r") != std::string::npos;
        });
        if (isBroken) return unwritable(key, fileName);
        changeKey(lines, key, *entries, values);
    }
    auto edited = textOf(lines);
    const auto entries = parseIni(edited, fileName);
    if (!entries) return fail(entries.error());
    for (const auto& [key, values] : changes)
        if (valuesOf(*entries, key) != values) return unwritable(key, fileName);
    return edited;
}

std::filesystem::path editableConfigurationFile(const ConfigurationPaths& paths,
                                                const std::optional<std::filesystem::path>& configFile) {
    if (configFile) return std::filesystem::absolute(*configFile);
    return paths.userFolder.empty() ? paths.userFolder : paths.userFolder / "agent.conf";
}

Result<Configuration> saveConfiguration(const ConfigurationPaths& paths,
                                        const std::optional<std::filesystem::path>& configFile,
                                        const LayerEntries& commandLine,
                                        const ConfigurationChanges& changes) {
    const auto file = editableConfigurationFile(paths, configFile);
    if (file.empty()) return fail(ErrorCode::internalError, "there is no home folder", "file_unwritable");
    const auto text = textNow(file);
    if (!text) return fail(text.error());
    const auto edited = editedConfiguration(*text, file.string(), changes);
    if (!edited) return fail(edited.error());
    auto configuration = checked(paths, configFile, commandLine, *edited);
    if (!configuration) {
        auto error = configuration.error();
        if (const auto key = faultyKey(paths, configFile, commandLine, *text, changes); !key.empty())
            error.params["key"] = key;
        return fail(std::move(error));
    }
    if (auto folder = makePrivateFolder(file.parent_path()); !folder) return fail(folder.error());
    if (auto written = writeFileAtomically(file, *edited); !written) return fail(written.error());
    return configuration;
}

LayerEntries commandLineLayer(const Configuration& configuration) {
    LayerEntries layer{.layer = ConfigurationLayer::commandLine};
    for (const auto& [key, values] : configuration.settings)
        for (const auto& setting : values)
            if (setting.layer == ConfigurationLayer::commandLine)
                layer.entries.push_back({key, setting.value, 0});
    return layer;
}

bool needsRestart(const Configuration& running, const Configuration& saved) {
    const auto values = [](const Configuration& configuration, std::string_view key) {
        std::vector<std::string> texts;
        const auto found = configuration.settings.find(std::string(key));
        if (found == configuration.settings.end()) return texts;
        for (const auto& setting : found->second) texts.push_back(setting.value);
        return texts;
    };
    const auto keys = configurationKeys();
    return std::any_of(keys.begin(), keys.end(), [&](const ConfigurationKey& key) {
        return key.name != "language" && values(running, key.name) != values(saved, key.name);
    });
}

}  // namespace signet
