// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"
#include "agent/worker_thread.hpp"
#include "pkcs11/token_host_client.hpp"

#include <filesystem>
#include <functional>
#include <mutex>
#include <set>

namespace signet {

/// A module with its host and the thread that talks to it. The thread is the only one that gives commands to
/// the client; between them it sleeps until the host has something to say.
/// Thread: main, but for what it says.
class ModuleWorker {
public:
    /// `onHostSpoke` runs on the worker's thread: the module told a slot event, or its host died idle.
    ModuleWorker(const std::filesystem::path& program, const std::filesystem::path& module,
                 HostDeadlines deadlines, std::function<void(IdleEvent)> onHostSpoke);
    ModuleWorker(const ModuleWorker&) = delete;
    ModuleWorker& operator=(const ModuleWorker&) = delete;
    /// Interrupts what runs; nothing begins any more.
    ~ModuleWorker();

    const std::filesystem::path& path() const { return m_client.module(); }

    /// Runs `command` on the module's thread unless it was cancelled before. Identifiers grow.
    void post(CommandId id, std::function<void(TokenHostClient&)> command);
    /// The command does not begin any more; one that runs is interrupted.
    void cancel(CommandId id);

private:
    bool begin(CommandId id);
    void end();
    void idle(int wakeDescriptor);

    const std::function<void(IdleEvent)> m_onHostSpoke;
    TokenHostClient m_client;
    std::mutex m_mutex;
    CommandId m_running = 0;
    CommandId m_lastBegun = 0;
    bool m_isEnding = false;
    std::set<CommandId> m_cancelled;
    WorkerThread m_thread;  ///< last: destroyed first
};

}  // namespace signet
