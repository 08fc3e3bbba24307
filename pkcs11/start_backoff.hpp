// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <algorithm>
#include <chrono>

namespace signet {

/// When a program that could not be started may be tried again: at once after the first failure, then after
/// 1, 2, 4 … 60 seconds.
/// Thread: one at a time. It has no clock of its own.
class StartBackoff {
public:
    using Time = std::chrono::steady_clock::time_point;

    bool mayStart(Time now) const { return m_failures < 2 || now >= m_notBefore; }
    void onFailure(Time now) {
        ++m_failures;
        m_notBefore = now + pause();
    }
    void onSuccess() { m_failures = 0; }

private:
    static constexpr int kLongestAfter = 8;
    std::chrono::seconds pause() const {
        if (m_failures < 2) return std::chrono::seconds(0);
        return std::min(std::chrono::seconds(1 << (std::min(m_failures, kLongestAfter) - 2)),
                        std::chrono::seconds(60));
    }

    int m_failures = 0;
    Time m_notBefore{};
};

}  // namespace signet
