// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/sqlite_writer.hpp"

#include "platform/log.hpp"

#include <algorithm>
#include <exception>
#include <string>

namespace signet {
namespace {

tl::unexpected<Error> thrown(const std::string& what) {
    return fail(ErrorCode::internalError, "storage: " + what, "storage");
}

}  // namespace

Result<void> SqliteWriter::execute(Durability durability, const Operation& operation) {
    Waiting mine{operation, durability};
    std::unique_lock lock(m_mutex);
    m_queue.push_back(&mine);
    m_changed.wait(lock, [&] { return mine.isDone || !m_isLed; });
    if (!mine.isDone) {
        m_isLed = true;
        std::vector<Waiting*> batch;
        batch.swap(m_queue);
        lock.unlock();
        lead(batch);
        lock.lock();
        for (auto* waiting : batch) waiting->isDone = true;
        m_isLed = false;
        m_changed.notify_all();
    }
    if (mine.hasThrown) return thrown("the transaction was given up");
    return mine.result;
}

/// Whatever happens, the others are not left waiting. A transaction that stays open here makes the next batch
/// fail to begin, which rolls it back.
void SqliteWriter::lead(const std::vector<Waiting*>& batch) {
    try {
        runBatch(batch);
    } catch (const std::exception& error) {
        for (auto* waiting : batch) waiting->hasThrown = true;
        writeLog(LogLevel::error, std::string("storage: ") + error.what());
    }
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
    try {
        waiting.operation(*m_connection);
        waiting.result = m_connection->takeFailure();
    } catch (const std::exception& error) {
        (void)m_connection->takeFailure();
        waiting.result = thrown(error.what());
    }
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
