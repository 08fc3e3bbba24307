// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/sqlite_writer.hpp"

#include <algorithm>

namespace signet {

Result<void> SqliteWriter::execute(Durability durability, const Operation& operation) {
    Waiting mine{operation, durability};
    std::unique_lock lock(m_mutex);
    m_queue.push_back(&mine);
    m_changed.wait(lock, [&] { return mine.isDone || !m_isLed; });
    if (mine.isDone) return mine.result;

    m_isLed = true;
    std::vector<Waiting*> batch;
    batch.swap(m_queue);
    lock.unlock();
    runBatch(batch);
    lock.lock();
    for (auto* waiting : batch) waiting->isDone = true;
    m_isLed = false;
    m_changed.notify_all();
    return mine.result;
}

void SqliteWriter::setDurability(const std::vector<Waiting*>& batch) {
    const bool mustSync = std::any_of(batch.begin(), batch.end(),
                                      [](const auto* w) { return w->durability == Durability::synced; });
    if (mustSync == m_isSyncing) return;
    m_connection->script(mustSync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    m_isSyncing = mustSync;
}

void SqliteWriter::runOne(Waiting& waiting) {
    m_connection->run("SAVEPOINT operation");
    waiting.operation(*m_connection);
    waiting.result = m_connection->takeFailure();
    if (!waiting.result) m_connection->run("ROLLBACK TO operation");
    m_connection->run("RELEASE operation");
}

void SqliteWriter::runBatch(const std::vector<Waiting*>& batch) {
    setDurability(batch);
    m_connection->run("BEGIN IMMEDIATE");
    if (!m_connection->isFailed()) {
        for (auto* waiting : batch) {
            runOne(*waiting);
            if (m_connection->isFailed()) break;  // The transaction itself is broken: nothing of it counts.
        }
        m_connection->run("COMMIT");
    }
    const auto whole = m_connection->takeFailure();
    if (whole) return;
    m_connection->script("ROLLBACK");
    (void)m_connection->takeFailure();
    for (auto* waiting : batch)
        if (waiting->result) waiting->result = whole;
}

}  // namespace signet
