// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/timers.hpp"

#include <QTimer>

#include <map>
#include <utility>

namespace signet {

struct QtTimers::State {
    std::map<CommandId, std::unique_ptr<QTimer>> timers;
    std::unique_ptr<QTimer> spent;  ///< the last that fired: it may still be on the stack
    CommandId lastId = 0;

    void fire(CommandId id, const std::function<void()>& call) {
        auto node = timers.extract(id);
        if (node.empty()) return;
        spent = std::move(node.mapped());
        call();
    }
};

QtTimers::QtTimers() : m_state(std::make_unique<State>()) {
}

QtTimers::~QtTimers() = default;

std::chrono::steady_clock::time_point QtTimers::now() const {
    return std::chrono::steady_clock::now();
}

CommandId QtTimers::after(std::chrono::milliseconds delay, std::function<void()> call) {
    const auto id = ++m_state->lastId;
    auto timer = std::make_unique<QTimer>();
    timer->setSingleShot(true);
    QObject::connect(timer.get(), &QTimer::timeout, timer.get(),
                     [state = m_state.get(), id, call = std::move(call)] { state->fire(id, call); });
    timer->start(delay);
    m_state->timers[id] = std::move(timer);
    return id;
}

void QtTimers::cancel(CommandId timer) {
    m_state->timers.erase(timer);
}

}  // namespace signet
