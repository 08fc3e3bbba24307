// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace signet {

/// Time that passes, apart from the wall clock, which the user may set.
/// Thread: main.
class Timers {
public:
    virtual ~Timers() = default;
    virtual std::chrono::steady_clock::time_point now() const = 0;
    /// Calls once, on the main thread, never before this returns.
    virtual CommandId after(std::chrono::milliseconds delay, std::function<void()> call) = 0;
    /// A timer that is over is no error.
    virtual void cancel(CommandId timer) = 0;
};

/// Timers of the Qt event loop.
class QtTimers final : public Timers {
public:
    QtTimers();
    ~QtTimers() override;
    QtTimers(const QtTimers&) = delete;
    QtTimers& operator=(const QtTimers&) = delete;
    std::chrono::steady_clock::time_point now() const override;
    CommandId after(std::chrono::milliseconds delay, std::function<void()> call) override;
    void cancel(CommandId timer) override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
