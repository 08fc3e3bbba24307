// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/main_queue.hpp"

#include "base/fd.hpp"

#include <QSocketNotifier>

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <deque>
#include <mutex>
#include <utility>

namespace signet {

struct MainQueue::State {
    const Fd event{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::mutex mutex;
    std::deque<std::function<void()>> calls;
    QSocketNotifier notifier{event.get(), QSocketNotifier::Read};

    std::function<void()> next() {
        const std::lock_guard lock(mutex);
        if (calls.empty()) return nullptr;
        auto call = std::move(calls.front());
        calls.pop_front();
        return call;
    }
};

MainQueue::MainQueue() : m_state(std::make_shared<State>()) {
    QObject::connect(&m_state->notifier, &QSocketNotifier::activated,
                     [state = std::weak_ptr(m_state)] { drain(state.lock()); });
}

MainQueue::~MainQueue() {
    m_state->notifier.setEnabled(false);
    std::deque<std::function<void()>> dropped;
    const std::lock_guard lock(m_state->mutex);
    dropped.swap(m_state->calls);
}

void MainQueue::post(std::function<void()> call) {
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->calls.push_back(std::move(call));
    }
    const std::uint64_t one = 1;
    (void)!::write(m_state->event.get(), &one, sizeof(one));
}

void MainQueue::drain(const std::shared_ptr<State>& state) {
    std::uint64_t count = 0;
    (void)!::read(state->event.get(), &count, sizeof(count));
    while (const auto call = state->next()) call();
}

}  // namespace signet
