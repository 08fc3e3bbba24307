// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace signet {

/// One thread that runs tasks in their order and sleeps in between.
/// Thread: post and stop from any but its own.
class WorkerThread {
public:
    /// What the thread sleeps in while there is nothing to do: it returns when `wakeDescriptor` is readable,
    /// and may before. It runs on the thread.
    using Idle = std::function<void(int wakeDescriptor)>;

    /// Without `idle` it just sleeps.
    explicit WorkerThread(Idle idle = {});
    /// Drops what waits, waits for the task that runs.
    ~WorkerThread();
    WorkerThread(const WorkerThread&) = delete;
    WorkerThread& operator=(const WorkerThread&) = delete;

    void post(std::function<void()> task);
    /// No further task begins. True when none runs any more, at the latest after `patience`.
    bool stop(std::chrono::milliseconds patience);

private:
    void run();
    bool waitForTask(std::function<void()>& task);
    enum class Next { task, nothing, end };
    Next takeTask(std::function<void()>& task);
    void sleep();
    void wake();

    const Idle m_idle;
    const Fd m_wake;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_tasks;
    bool m_isStopping = false;
    bool m_isOver = false;
    std::thread m_thread;  ///< last: it uses the others
};

}  // namespace signet
