// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/flow_records.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace signet {

/// What was signed or refused: for whom, as whom, with what result. No secret has a field here.
struct JournalEntry {
    TimePoint time{};
    std::string issuer{};  ///< empty for Web eID
    std::string origin{};
    std::string purpose{};      ///< of the statement, or "web-eid"
    std::string client{};       ///< id of the application; empty for the platform itself
    std::string act{};          ///< "self", or "legal_rep:USCC" and so on
    std::string certificate{};  ///< SHA-256, hexadecimal; empty when none was chosen
    std::string subject{};      ///< masked: name and number with its middle hidden
    std::string challenge{};    ///< its id, for the platform's help desk
    std::string result{};       ///< "ok" or the error's code
};

JournalEntry journalEntryOf(const JournalRecord& record);

Json journalJson(const JournalEntry& entry);

/// What a journal holds, oldest first.
struct JournalContent {
    std::vector<JournalEntry> entries{};
    std::size_t brokenLines = 0;  ///< skipped, as after a power failure
};

/// The record, on this computer, of what was signed: one JSON object a line in a file of mode 0600, kept to
/// two files of `maxBytes`. Thread: any; several processes may write at once.
class Journal {
public:
    explicit Journal(std::filesystem::path file, std::size_t maxBytes = 4 * 1024 * 1024);

    const std::filesystem::path& file() const { return m_file; }
    /// Errors: internalError with reason "file_unwritable". A login is not lost for it: the caller warns.
    Result<void> append(const JournalEntry& entry);
    /// The old file's entries and then the present one's. A missing file is an empty journal.
    /// Errors: internalError with reason "file_unreadable".
    Result<JournalContent> read() const;

private:
    void rotate() const;
    std::filesystem::path oldFile() const;

    std::filesystem::path m_file;
    std::size_t m_maxBytes;
};

/// Writes what a login flow did to the journal; a journal that cannot be written does not stop a login.
class JournalWriter final : public JournalSink {
public:
    using Warn = std::function<void(const Error&)>;
    /// `journal` outlives this object.
    JournalWriter(Journal& journal, Warn warn) : m_journal(journal), m_warn(std::move(warn)) {}
    void record(const JournalRecord& record) override;

private:
    Journal& m_journal;
    Warn m_warn;
};

/// $XDG_STATE_HOME/signet/journal.jsonl, or ~/.local/state/signet/journal.jsonl.
std::filesystem::path defaultJournalFile();

}  // namespace signet
