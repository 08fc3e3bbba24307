// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/consent_gate.hpp"

#include <algorithm>

namespace signet {

Result<void> ConsentGate::check(const std::string& origin, Time now) const {
    const auto site = m_sites.find(origin);
    if (site == m_sites.end() || now >= site->second.until) return {};
    return fail(ErrorCode::rateLimited, origin + " was refused too often", "refused_too_often");
}

void ConsentGate::onRefused(const std::string& origin, Time now) {
    auto& site = m_sites[origin];
    if (++site.refusals >= m_limits.refusals) close(site, now);
}

void ConsentGate::onWithdrawn(const std::string& origin, Time now) {
    auto& site = m_sites[origin];
    if (++site.withdrawals >= m_limits.withdrawals) close(site, now);
}

void ConsentGate::close(Site& site, Time now) const {
    site.pause = std::clamp(site.pause * 2, m_limits.pause, m_limits.longestPause);
    site.until = now + site.pause;
    site.refusals = 0;
    site.withdrawals = 0;
}

}  // namespace signet
