// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/journal.hpp"
#include "agent/main_queue.hpp"
#include "agent/reply.hpp"
#include "agent/worker_thread.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace signet {

/// Reads the journal, and writes what is made of it, without blocking: the file may have megabytes. The
/// destructor waits for what is under way; its reply is not called any more. Thread: main.
class JournalDesk {
public:
    explicit JournalDesk(std::filesystem::path file) : m_journal(std::move(file)) {}

    const std::filesystem::path& file() const { return m_journal.file(); }
    /// Errors: those of Journal::read.
    void read(Reply<JournalContent> reply);
    /// `make` runs on another thread. Errors: internalError with reason "file_unwritable".
    void write(std::filesystem::path to, std::function<std::string()> make, Reply<void> reply);

private:
    const Journal m_journal;
    MainQueue m_queue;
    WorkerThread m_worker;  ///< last: it uses the others
};

}  // namespace signet
