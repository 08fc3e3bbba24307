// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/worker_thread.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

namespace signet {
namespace {

void waitForInput(int descriptor) {
    pollfd wanted{descriptor, POLLIN, 0};
    (void)::poll(&wanted, 1, -1);
}

}  // namespace

WorkerThread::WorkerThread(Idle idle)
    : m_idle(idle ? std::move(idle) : waitForInput),
      m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_thread([this] { run(); }) {
}

WorkerThread::~WorkerThread() {
    stop(std::chrono::milliseconds(0));
    m_thread.join();
}

void WorkerThread::post(std::function<void()> task) {
    const std::lock_guard lock(m_mutex);
    if (m_isStopping) return;
    m_tasks.push_back(std::move(task));
    wake();
}

void WorkerThread::wake() {
    const std::uint64_t one = 1;
    (void)!::write(m_wake.get(), &one, sizeof(one));
}

void WorkerThread::sleep() {
    m_idle(m_wake.get());
    std::uint64_t count = 0;
    (void)!::read(m_wake.get(), &count, sizeof(count));
}

bool WorkerThread::stop(std::chrono::milliseconds patience) {
    std::deque<std::function<void()>> dropped;  // destroyed outside the lock: a task may own much
    std::unique_lock lock(m_mutex);
    m_isStopping = true;
    dropped.swap(m_tasks);
    wake();
    return m_changed.wait_for(lock, patience, [this] { return m_isOver; });
}

WorkerThread::Next WorkerThread::takeTask(std::function<void()>& task) {
    const std::lock_guard lock(m_mutex);
    if (m_isStopping) {
        m_isOver = true;
        m_changed.notify_all();
        return Next::end;
    }
    if (m_tasks.empty()) return Next::nothing;
    task = std::move(m_tasks.front());
    m_tasks.pop_front();
    return Next::task;
}

bool WorkerThread::waitForTask(std::function<void()>& task) {
    for (;;) {
        const auto next = takeTask(task);
        if (next != Next::nothing) return next == Next::task;
        sleep();
    }
}

void WorkerThread::run() {
    std::function<void()> task;
    while (waitForTask(task)) {
        task();
        task = nullptr;  // what it owns goes before the next wait
    }
}

}  // namespace signet
