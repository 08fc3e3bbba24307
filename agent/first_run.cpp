// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/first_run.hpp"

#include "agent/configuration_files.hpp"
#include "base/file.hpp"
#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr JsonLimits kLimits{64 * 1024, 4, 4096};
constexpr char kShownFor[] = "shown_for";

/// As the file names them: where there is none, one of no name.
std::vector<std::string> namesOf(const std::vector<std::string>& issuers) {
    return issuers.empty() ? std::vector<std::string>{""} : issuers;
}

bool holds(const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

FirstRunFile::FirstRunFile(std::filesystem::path file, Warn warn)
    : m_file(std::move(file)), m_warn(std::move(warn)) {
}

std::vector<std::string> FirstRunFile::read() const {
    std::vector<std::string> names;
    const auto text = readFile(m_file, kLimits.maxBytes);
    if (!text) return names;
    const auto json = parseStrictJson(*text, kLimits);
    if (!json || !json->is_object()) return names;
    const auto list = json->find(kShownFor);
    if (list == json->end() || !list->is_array()) return names;
    for (const auto& item : *list)
        if (item.is_string()) names.push_back(item.get<std::string>());
    return names;
}

bool FirstRunFile::opensByItself(const std::vector<std::string>& issuers) const {
    const auto known = read();
    const auto names = namesOf(issuers);
    return std::none_of(names.begin(), names.end(), [&](const auto& name) { return holds(known, name); });
}

void FirstRunFile::remember(const std::vector<std::string>& issuers) {
    auto names = read();
    const auto before = names.size();
    for (const auto& name : namesOf(issuers))
        if (!holds(names, name)) names.push_back(name);
    if (names.size() == before) return;
    auto written = makePrivateFolder(m_file.parent_path());
    const auto text = Json{{kShownFor, names}}.dump(1, ' ', false, Json::error_handler_t::replace);
    // One that would no longer be read is not written.
    if (written && text.size() <= kLimits.maxBytes) written = writeFileAtomically(m_file, text + "\n");
    if (!written && m_warn) m_warn(written.error());
}

std::filesystem::path defaultFirstRunFile() {
    const auto folder = userFolder("XDG_STATE_HOME", std::filesystem::path(".local") / "state");
    return folder.empty() ? folder : folder / "first-run.json";
}

}  // namespace signet
