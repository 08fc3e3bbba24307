// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/timers.hpp"

#include <map>
#include <utility>

namespace signet {

/// Time that passes when the test says so.
class ScriptedTimers final : public Timers {
public:
    std::chrono::steady_clock::time_point now() const override { return m_now; }
    CommandId after(std::chrono::milliseconds delay, std::function<void()> call) override {
        m_timers[++m_lastId] = {m_now + delay, std::move(call)};
        return m_lastId;
    }
    void cancel(CommandId timer) override { m_timers.erase(timer); }

    std::size_t running() const { return m_timers.size(); }
    /// Runs the next timer at its time, if that is within `span`; false when there is none.
    bool fireNextWithin(std::chrono::milliseconds span) {
        auto next = m_timers.end();
        for (auto it = m_timers.begin(); it != m_timers.end(); ++it)
            if (next == m_timers.end() || it->second.at < next->second.at) next = it;
        if (next == m_timers.end() || next->second.at > m_now + span) return false;
        m_now = std::max(m_now, next->second.at);
        const auto timer = m_timers.extract(next);
        timer.mapped().call();
        return true;
    }
    void pass(std::chrono::milliseconds span) { m_now += span; }

private:
    struct Timer {
        std::chrono::steady_clock::time_point at;
        std::function<void()> call;
    };
    std::chrono::steady_clock::time_point m_now{std::chrono::hours(1)};
    std::map<CommandId, Timer> m_timers;
    CommandId m_lastId = 0;
};

}  // namespace signet
