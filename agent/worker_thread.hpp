// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

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
    WorkerThread();
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

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_tasks;
    bool m_isStopping = false;
    bool m_isOver = false;
    std::thread m_thread;  ///< last: it uses the others
};

}  // namespace signet
