// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/autostart.hpp"

#include "agent/configuration_files.hpp"
#include "base/file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <system_error>

namespace signet {
namespace {

constexpr const char* kName = "signet-agent.desktop";
constexpr std::size_t kMaxEntryBytes = 64 * 1024;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Whether an entry starts the program; nullopt where there is no entry.
std::optional<bool> isStarted(const std::filesystem::path& file) {
    const auto text = readFile(file, kMaxEntryBytes);
    if (!text) return std::nullopt;
    bool isOurGroup = false;
    std::string_view rest = *text;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.starts_with('[')) isOurGroup = line == "[Desktop Entry]";
        const auto equals = line.find('=');
        if (!isOurGroup || equals == std::string_view::npos) continue;
        const auto key = trimmed(line.substr(0, equals));
        const auto value = trimmed(line.substr(equals + 1));
        if (key == "Hidden" && value == "true") return false;
        // What GNOME's settings write.
        if (key == "X-GNOME-Autostart-enabled" && value == "false") return false;
    }
    return true;
}

bool isSystemOn(const AutostartPlaces& places) {
    for (const auto& folder : places.systemFolders)
        if (const auto started = isStarted(folder / kName)) return *started;
    return false;
}

/// Source: Desktop Entry Specification, "The Exec key" and the escapes of values of type string.
std::string execValue(const std::string& program) {
    std::string quoted;
    for (const char c : program) {
        if (c == '"' || c == '`' || c == '$') quoted += "\\\\";
        if (c == '\\') quoted += "\\\\\\";
        if (c == '%') quoted += '%';
        quoted += c;
    }
    return "\"" + quoted + "\"";
}

std::string entryText(const AutostartPlaces& places, bool isHidden) {
    return "[Desktop Entry]\nType=Application\nName=Signet\nName[zh_CN]=印信\n"
           "Comment=Log in with a USB key\nComment[zh_CN]=用 USB key 登录\nExec=" +
           execValue(places.program) + "\nTerminal=false\n" + (isHidden ? "Hidden=true\n" : "");
}

Result<void> removeEntry(const std::filesystem::path& file) {
    if (::unlink(file.c_str()) == 0 || errno == ENOENT) return {};
    return fail(ErrorCode::internalError, file.string() + ": " + std::generic_category().message(errno),
                "file_unwritable");
}

std::vector<std::filesystem::path> systemConfigFolders() {
    const char* given = std::getenv("XDG_CONFIG_DIRS");
    std::string_view list = given == nullptr || *given == '\0' ? "/etc/xdg" : given;
    std::vector<std::filesystem::path> folders;
    while (!list.empty()) {
        const auto end = std::min(list.find(':'), list.size());
        // The specification has relative values ignored.
        if (list.starts_with('/'))
            folders.push_back(std::filesystem::path(list.substr(0, end)) / "autostart");
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return folders;
}

std::string agentProgram() {
    std::error_code fault;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", fault);
    const auto beside = self.parent_path() / "signet-agent";
    return !fault && ::access(beside.c_str(), X_OK) == 0 ? beside.string() : "signet-agent";
}

}  // namespace

AutostartPlaces defaultAutostartPlaces() {
    const auto own = userFolder("XDG_CONFIG_HOME", ".config");
    return {own.empty() ? own : own.parent_path() / "autostart", systemConfigFolders(), agentProgram()};
}

bool isAutostartOn(const AutostartPlaces& places) {
    if (!places.userFolder.empty())
        if (const auto started = isStarted(places.userFolder / kName)) return *started;
    return isSystemOn(places);
}

Result<void> setAutostart(const AutostartPlaces& places, bool isOn) {
    if (isOn == isAutostartOn(places)) return {};
    if (places.userFolder.empty())
        return fail(ErrorCode::internalError, "there is no home folder", "file_unwritable");
    const auto file = places.userFolder / kName;
    // Without an entry of the user's the system's holds.
    if (isOn == isSystemOn(places)) return removeEntry(file);
    if (auto folder = makePrivateFolder(places.userFolder); !folder) return folder;
    return writeFileAtomically(file, entryText(places, !isOn));
}

}  // namespace signet
