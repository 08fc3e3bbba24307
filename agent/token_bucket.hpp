// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <algorithm>
#include <chrono>

namespace signet {

/// So many at once, and so many a second after that. Without a timer: it fills up when it is asked.
/// Thread: one.
class TokenBucket {
public:
    using Time = std::chrono::steady_clock::time_point;
    TokenBucket(double perSecond, double atOnce, Time now)
        : m_perSecond(perSecond), m_atOnce(atOnce), m_level(atOnce), m_filledAt(now) {}

    bool take(Time now) {
        const auto seconds = std::chrono::duration<double>(now - m_filledAt).count();
        m_level = std::min(m_atOnce, m_level + seconds * m_perSecond);
        m_filledAt = now;
        if (m_level < 1) return false;
        m_level -= 1;
        return true;
    }

private:
    double m_perSecond;
    double m_atOnce;
    double m_level;
    Time m_filledAt;
};

}  // namespace signet
