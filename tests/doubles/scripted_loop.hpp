// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"
#include "base/clock.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <utility>

namespace signet {

/// The event loop of the doubles: replies wait here until the test runs them, one at a time, so that it can
/// step in between any two. Every reply is counted; the n-th can be made to fail.
class ScriptedLoop {
public:
    void post(std::function<void()> event) { m_events.push_back(std::move(event)); }
    /// False when nothing waits.
    bool runOne() {
        if (m_events.empty()) return false;
        const auto event = std::move(m_events.front());
        m_events.pop_front();
        event();
        return true;
    }
    void runAll() {
        while (runOne()) {
        }
    }

    /// The reply number `n`, counted from 0, is `error` instead.
    void failReply(int n, Error error) {
        m_failAt = n;
        m_failure = std::move(error);
    }
    int replies() const { return m_replies; }
    bool hasFailed() const { return m_failAt >= 0 && m_replies > m_failAt; }

    /// What the next reply really says.
    template <class T>
    Result<T> count(Result<T> result) {
        if (m_replies++ == m_failAt) return fail(m_failure);
        return result;
    }

private:
    std::deque<std::function<void()>> m_events;
    int m_replies = 0;
    int m_failAt = -1;
    Error m_failure;
};

/// The commands of one double that have not ended, with the rules of the real ones: a reply comes once,
/// later, and not after cancel.
class ScriptedCommands {
public:
    explicit ScriptedCommands(ScriptedLoop& loop) : m_loop(loop) {}

    template <class T>
    CommandId answer(Reply<T> reply, Result<T> result) {
        const auto id = begin();
        // Shared, because an event must be copyable and a result may not be.
        const auto held = std::make_shared<Result<T>>(std::move(result));
        m_loop.post([this, id, reply = std::move(reply), held] {
            if (end(id)) reply(m_loop.count(std::move(*held)));
        });
        return id;
    }
    /// A command that never answers.
    CommandId begin() {
        m_running.insert(++m_lastId);
        return m_lastId;
    }
    void resume(CommandId id) { m_running.insert(id); }
    bool end(CommandId id) { return m_running.erase(id) > 0; }
    std::size_t running() const { return m_running.size(); }

private:
    ScriptedLoop& m_loop;
    std::set<CommandId> m_running;
    CommandId m_lastId = 0;
};

/// A wall clock that stands still.
class FakeClock final : public Clock {
public:
    TimePoint now() const override { return time; }
    TimePoint time{};
};

}  // namespace signet
