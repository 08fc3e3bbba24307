// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/worker_pool.hpp"

#include "platform/log.hpp"

#include <exception>
#include <string>

namespace signet {
namespace {

void runGuarded(const WorkerPool::Job& job) {
    try {
        job();
    } catch (const std::exception& error) {
        writeLog(LogLevel::error, std::string("worker: ") + error.what());
    }
}

}  // namespace

WorkerPool::WorkerPool(std::size_t threads, std::size_t maxQueued) : m_maxQueued(maxQueued) {
    for (std::size_t i = 0; i < threads; ++i) m_threads.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_all();
    for (auto& thread : m_threads) thread.join();
}

bool WorkerPool::post(Job job) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_isEnding || m_jobs.size() >= m_maxQueued) return false;
        m_jobs.push_back(std::move(job));
    }
    m_changed.notify_one();
    return true;
}

void WorkerPool::stop() {
    std::deque<Job> dropped;  // Goes after the lock: what the jobs hold may lock too.
    const std::lock_guard lock(m_mutex);
    m_isEnding = true;
    dropped.swap(m_jobs);
    m_changed.notify_all();
}

void WorkerPool::work() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_isEnding || !m_jobs.empty(); });
        if (m_jobs.empty()) return;
        auto job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        runGuarded(job);
        job = nullptr;  // What it holds goes before the lock is taken again.
        lock.lock();
    }
}

}  // namespace signet
