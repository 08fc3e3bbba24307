// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/module_worker.hpp"

#include <utility>

namespace signet {

ModuleWorker::ModuleWorker(const std::filesystem::path& program, const std::filesystem::path& module,
                           HostDeadlines deadlines, std::function<void(IdleEvent)> onHostSpoke)
    : m_onHostSpoke(std::move(onHostSpoke)),
      m_client(program, module, deadlines),
      m_thread([this](int wakeDescriptor) { idle(wakeDescriptor); }) {
}

ModuleWorker::~ModuleWorker() {
    const std::lock_guard lock(m_mutex);
    m_isEnding = true;
    m_client.interrupt();
}

void ModuleWorker::post(CommandId id, std::function<void(TokenHostClient&)> command) {
    m_thread.post([this, id, command = std::move(command)] {
        if (!begin(id)) return;
        command(m_client);
        end();
    });
}

void ModuleWorker::cancel(CommandId id) {
    const std::lock_guard lock(m_mutex);
    if (m_running == id)
        m_client.interrupt();
    else if (id > m_lastBegun)
        m_cancelled.insert(id);
}

bool ModuleWorker::begin(CommandId id) {
    const std::lock_guard lock(m_mutex);
    m_lastBegun = id;  // identifiers grow, and a module's commands run in their order
    if (m_isEnding || m_cancelled.erase(id) > 0) return false;
    // From here on an interrupt is for this command, also before the client has begun it.
    m_client.clearInterrupt();
    m_running = id;
    return true;
}

void ModuleWorker::end() {
    const std::lock_guard lock(m_mutex);
    m_running = 0;
}

void ModuleWorker::idle(int wakeDescriptor) {
    const auto event = m_client.waitIdle(wakeDescriptor);
    if (event != IdleEvent::woken) m_onHostSpoke(event);
}

}  // namespace signet
