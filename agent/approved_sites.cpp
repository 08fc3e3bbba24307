// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/approved_sites.hpp"

#include "agent/canonical_url.hpp"
#include "agent/configuration_files.hpp"
#include "base/file.hpp"
#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr JsonLimits kLimits{256 * 1024, 4, 4096};
constexpr std::size_t kMaxSites = 1000;

std::vector<std::string> readOrigins(const std::filesystem::path& file) {
    std::vector<std::string> origins;
    const auto text = readFile(file, kLimits.maxBytes);
    if (!text) return origins;
    const auto json = parseStrictJson(*text, kLimits);
    if (!json || !json->is_array()) return origins;
    for (const auto& item : *json)
        if (item.is_string() && isCanonicalOrigin(item.get_ref<const std::string&>()))
            origins.push_back(item.get<std::string>());
    return origins;
}

}  // namespace

ApprovedSites::ApprovedSites(std::filesystem::path file, Warn warn)
    : m_file(std::move(file)), m_warn(std::move(warn)), m_origins(readOrigins(m_file)) {
}

bool ApprovedSites::isApproved(const std::string& origin) const {
    return std::find(m_origins.begin(), m_origins.end(), origin) != m_origins.end();
}

void ApprovedSites::approve(const std::string& origin) {
    if (isApproved(origin) || m_origins.size() >= kMaxSites) return;
    m_origins.push_back(origin);
    if (auto written = write(); !written && m_warn) m_warn(written.error());
}

Result<bool> ApprovedSites::revoke(const std::string& origin) {
    if (std::erase(m_origins, origin) == 0) return false;
    if (auto written = write(); !written) return fail(written.error());
    return true;
}

Result<void> ApprovedSites::write() const {
    if (m_file.empty()) return {};
    if (auto folder = makePrivateFolder(m_file.parent_path()); !folder) return folder;
    return writeFileAtomically(m_file, Json(m_origins).dump(1) + "\n");
}

std::filesystem::path defaultApprovedSitesFile() {
    const auto folder = userFolder("XDG_STATE_HOME", std::filesystem::path(".local") / "state");
    return folder.empty() ? folder : folder / "sites.json";
}

}  // namespace signet
