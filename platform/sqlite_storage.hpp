// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/sqlite_connection.hpp"
#include "platform/sqlite_writer.hpp"
#include "platform/storage.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace signet {

/// Storage in one SQLite file: a writer with group commit and a few readers (WAL).
class SqliteStorage final : public Storage {
public:
    /// The file is made (0600) when it is missing. Errors: configurationInvalid.
    static Result<std::unique_ptr<Storage>> open(const std::string& file, const Bytes& keyCheck);

    Result<void> saveChallenge(const ChallengeRecord& record, TimePoint now) override;
    Result<std::optional<ChallengeView>> challenge(const std::string& id) override;
    Result<ConsumeOutcome> consumeLogin(const ConsumeRequest& request) override;
    Result<void> extendHandoff(const std::string& challengeId, TimePoint until) override;
    Result<RedeemOutcome> redeemLogin(const RedeemRequest& request) override;
    Result<RedeemPreview> previewLogin(const RedeemRequest& request) override;
    Result<std::optional<SessionView>> session(const Bytes& sessionHash, TimePoint now) override;
    Result<void> endSession(const Bytes& sessionHash, TimePoint now) override;
    Result<void> saveDocuments(const std::vector<DocumentRecord>& documents, TimePoint now) override;
    Result<std::optional<DocumentRecord>> document(const Bytes& sha256) override;
    Result<std::optional<CertificateRecord>> certificate(const Bytes& fingerprint) override;
    Result<std::vector<CertificateRecord>> certificates() override;
    Result<std::vector<AccountRecord>> accounts() override;
    Result<std::vector<ConsentRecord>> consents(const std::string& accountId) override;
    Result<std::vector<AuditRecord>> audit() override;
    Result<std::optional<Bytes>> evidence(const std::string& challengeId) override;
    Result<std::optional<Bytes>> proof(const Bytes& sha256) override;
    Result<void> recordEvent(const AuditRecord& record) override;
    Result<bool> setBinding(const Bytes& fingerprint, BindingState state, TimePoint now) override;
    Result<bool> setAccountState(const std::string& accountId, AccountState state, TimePoint now) override;
    Result<void> sweep(TimePoint now) override;
    Result<void> checkReady() override;

private:
    using Connections = std::vector<std::unique_ptr<SqliteConnection>>;
    SqliteStorage(std::unique_ptr<SqliteConnection> writer, Connections readers)
        : m_writer(std::move(writer)), m_idleReaders(std::move(readers)) {}
    /// Runs `read(connection)` on an idle reader and gives its failure or its value.
    template <class Read>
    auto reading(const Read& read) -> Result<decltype(read(std::declval<SqliteConnection&>()))>;

    SqliteWriter m_writer;
    std::mutex m_mutex;
    std::condition_variable m_readerIsBack;
    Connections m_idleReaders;
};

template <class Read>
auto SqliteStorage::reading(const Read& read) -> Result<decltype(read(std::declval<SqliteConnection&>()))> {
    std::unique_lock lock(m_mutex);
    m_readerIsBack.wait(lock, [this] { return !m_idleReaders.empty(); });
    auto reader = std::move(m_idleReaders.back());
    m_idleReaders.pop_back();
    lock.unlock();
    auto value = read(*reader);
    auto failure = reader->takeFailure();
    lock.lock();
    m_idleReaders.push_back(std::move(reader));
    lock.unlock();
    m_readerIsBack.notify_one();
    if (!failure) return fail(std::move(failure.error()));
    return value;
}

}  // namespace signet
