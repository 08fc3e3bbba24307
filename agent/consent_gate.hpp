// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

namespace signet {

struct ConsentLimits {
    std::size_t refusals = 3;      ///< in a row, by the person
    std::size_t withdrawals = 10;  ///< in a row, by the page, of questions that stood on the screen
    std::chrono::seconds pause{60};
    std::chrono::seconds longestPause{600};
};

/// Keeps a site from asking again and again: after some refusals in a row it has to wait, each time twice as
/// long. A login that goes through clears it. It knows configured origins only, so it does not grow.
/// Thread: one.
class ConsentGate {
public:
    using Time = std::chrono::steady_clock::time_point;
    explicit ConsentGate(ConsentLimits limits = {}) : m_limits(limits) {}

    /// Errors: rateLimited with reason "refused_too_often".
    Result<void> check(const std::string& origin, Time now) const;
    void onRefused(const std::string& origin, Time now);
    void onWithdrawn(const std::string& origin, Time now);
    void onAccepted(const std::string& origin) { m_sites.erase(origin); }

private:
    struct Site {
        std::size_t refusals = 0;
        std::size_t withdrawals = 0;
        std::chrono::seconds pause{};
        Time until{};
    };
    void close(Site& site, Time now) const;

    const ConsentLimits m_limits;
    std::map<std::string, Site> m_sites;
};

}  // namespace signet
