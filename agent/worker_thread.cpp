// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/worker_thread.hpp"

#include <utility>

namespace signet {

WorkerThread::WorkerThread() : m_thread([this] { run(); }) {
}

WorkerThread::~WorkerThread() {
    stop(std::chrono::milliseconds(0));
    m_thread.join();
}

void WorkerThread::post(std::function<void()> task) {
    const std::lock_guard lock(m_mutex);
    if (m_isStopping) return;
    m_tasks.push_back(std::move(task));
    m_changed.notify_all();
}

bool WorkerThread::stop(std::chrono::milliseconds patience) {
    std::deque<std::function<void()>> dropped;  // destroyed outside the lock: a task may own much
    std::unique_lock lock(m_mutex);
    m_isStopping = true;
    dropped.swap(m_tasks);
    m_changed.notify_all();
    return m_changed.wait_for(lock, patience, [this] { return m_isOver; });
}

bool WorkerThread::waitForTask(std::function<void()>& task) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_isStopping || !m_tasks.empty(); });
    if (m_isStopping) {
        m_isOver = true;
        m_changed.notify_all();
        return false;
    }
    task = std::move(m_tasks.front());
    m_tasks.pop_front();
    return true;
}

void WorkerThread::run() {
    std::function<void()> task;
    while (waitForTask(task)) {
        task();
        task = nullptr;  // what it owns goes before the next wait
    }
}

}  // namespace signet
