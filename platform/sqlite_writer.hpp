// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "platform/sqlite_connection.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace signet {

/// The one writer of an SQLite file. Operations that arrive while a transaction is being synced to the disk
/// share the next one (group commit), each in a savepoint of its own, so a failing one does not undo its
/// neighbours; what an operation throws counts as its failure. Thread: any; execute() returns when its
/// operation is on the disk.
class SqliteWriter {
public:
    using Operation = std::function<void(SqliteConnection&)>;
    enum class Durability {
        synced,   ///< survives a loss of power
        ordered,  ///< survives the death of the process; the next synced operation makes it survive more
    };

    explicit SqliteWriter(std::unique_ptr<SqliteConnection> connection)
        : m_connection(std::move(connection)) {}

    /// Errors: internalError with reason "storage"; then nothing of the operation was written.
    Result<void> execute(Durability durability, const Operation& operation);

private:
    struct Waiting {
        const Operation& operation;
        Durability durability;
        Result<void> result{};
        bool isDone = false;
        bool hasThrown = false;  ///< in the batch; then `result` says nothing
    };
    void lead(const std::vector<Waiting*>& batch);
    void runBatch(const std::vector<Waiting*>& batch);
    void setDurability(const std::vector<Waiting*>& batch);
    void runOne(Waiting& waiting);

    std::unique_ptr<SqliteConnection> m_connection;  ///< used by the thread that leads the batch only
    bool m_isSyncing = true;                         ///< the connection's present setting
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Waiting*> m_queue;
    bool m_isLed = false;
};

}  // namespace signet
