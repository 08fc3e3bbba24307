// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace signet {

/// A few threads with a bounded queue, so that overload is answered instead of piling up. What a job throws
/// is logged and ends that job only. Thread: any may post and stop; the destructor finishes what was
/// accepted.
class WorkerPool {
public:
    using Job = std::function<void()>;
    WorkerPool(std::size_t threads, std::size_t maxQueued);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when the queue is full or the pool was stopped; the job is then not run.
    [[nodiscard]] bool post(Job job);
    /// Drops the jobs that have not begun and takes no more; those under way go on.
    void stop();

private:
    void work();

    const std::size_t m_maxQueued;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Job> m_jobs;
    bool m_isEnding = false;
    std::vector<std::thread> m_threads;
};

}  // namespace signet
