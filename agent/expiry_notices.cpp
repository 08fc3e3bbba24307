// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/expiry_notices.hpp"

#include "agent/certificate_choice.hpp"
#include "agent/configuration_files.hpp"
#include "base/file.hpp"
#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace signet {
namespace {

constexpr JsonLimits kLimits{64 * 1024, 4, 4096};
constexpr std::size_t kMaxRemembered = 1000;
constexpr std::array kThresholds{7, 30, 60};

std::map<std::string, int> readShown(const std::filesystem::path& file) {
    std::map<std::string, int> shown;
    const auto text = readFile(file, kLimits.maxBytes);
    if (!text) return shown;
    const auto json = parseStrictJson(*text, kLimits);
    if (!json || !json->is_object()) return shown;
    for (const auto& [fingerprint, days] : json->items())
        if (days.is_number_integer()) shown[fingerprint] = days.get<int>();
    return shown;
}

int daysUntil(TimePoint end, TimePoint now) {
    const auto left = std::chrono::duration_cast<std::chrono::hours>(end - now).count();
    return static_cast<int>(std::max<std::int64_t>(left / 24, 0));
}

}  // namespace

int expiryThreshold(int days) {
    for (const int threshold : kThresholds)
        if (days <= threshold) return threshold;
    return 0;
}

ExpiryNotices::ExpiryNotices(std::filesystem::path file)
    : m_file(std::move(file)), m_shown(readShown(m_file)) {
}

std::vector<ExpiryNotice> ExpiryNotices::due(const TokensReport& report, TimePoint now) {
    std::vector<ExpiryNotice> notices;
    for (const auto& token : report.tokens) {
        for (const auto& certificate : token.certificates) {
            if (!certificate.reason.empty()) continue;
            const auto card = cardFor(certificate.assessed);
            const int days = daysUntil(card.notAfter, now);
            const int threshold = expiryThreshold(days);
            if (threshold == 0) continue;
            const auto told = m_shown.find(card.fingerprintHex);
            if (told != m_shown.end() && told->second <= threshold) continue;
            notices.push_back({card.fingerprintHex, card.name, card.notAfter, days});
            if (m_shown.size() < kMaxRemembered) m_shown[card.fingerprintHex] = threshold;
        }
    }
    if (!notices.empty()) write();
    return notices;
}

void ExpiryNotices::write() const {
    if (m_file.empty() || !makePrivateFolder(m_file.parent_path())) return;
    // Told again the next time where it cannot be written.
    (void)writeFileAtomically(m_file, Json(m_shown).dump(1) + "\n");
}

std::filesystem::path defaultExpiryFile() {
    const auto folder = userFolder("XDG_STATE_HOME", std::filesystem::path(".local") / "state");
    return folder.empty() ? folder : folder / "expiry.json";
}

}  // namespace signet
