// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/sqlite_storage.hpp"

#include "base/fd.hpp"
#include "base/json.hpp"
#include "platform/sqlite_login.hpp"
#include "platform/sqlite_schema.hpp"

#include <fcntl.h>

#include <nlohmann/json.hpp>

#include <cerrno>
#include <system_error>

namespace signet {
namespace {

constexpr int kReaders = 4;
/// How long an unused challenge is still told apart from one that never was.
constexpr std::chrono::minutes kForgetChallengesAfter{10};
constexpr std::chrono::hours kForgetSessionsAfter{24};

using enum SqliteWriter::Durability;

/// Made here so that nobody else can read it from its first moment; SQLite gives its -wal and -shm the same
/// mode.
Result<void> makeFile(const std::string& file) {
    const Fd created(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (created.isOpen()) return {};
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = "storage";
    error.detail = "db: " + file + ": " + std::generic_category().message(errno);
    error.params["name"] = error.detail;
    return fail(std::move(error));
}

Result<ChallengeView> viewFrom(const SqliteRows& rows) {
    auto challenge = parseChallenge(rows.text(0));
    if (!challenge) return fail(ErrorCode::internalError, "a stored challenge cannot be read", "storage");
    ChallengeView view{{std::move(*challenge), rows.text(1), rows.integer(2) != 0}};
    if (!rows.isNull(3)) view.record.target = rows.blob(3);
    view.state = loginStateFromName(rows.text(4)).value_or(LoginState::expired);
    if (!rows.isNull(5)) view.consumed = ConsumedRecord{rows.blob(5), accountFrom(rows, 7), rows.time(6)};
    return view;
}

}  // namespace

AccountRecord accountFrom(const SqliteRows& rows, int first) {
    AccountRecord account;
    account.id = rows.text(first);
    account.kind =
        rows.text(first + 1) == toString(SubjectKind::person) ? SubjectKind::person : SubjectKind::enterprise;
    account.lookup = rows.blob(first + 2);
    account.sealedNumber = rows.blob(first + 3);
    account.sealedName = rows.blob(first + 4);
    account.state = accountStateFromName(rows.text(first + 5)).value_or(AccountState::suspended);
    account.createdAt = rows.time(first + 6);
    return account;
}

void writeAudit(SqliteConnection& connection, TimePoint at, std::string_view event, bool isAlert,
                std::string_view challengeId, std::string_view accountId, std::string_view detail) {
    connection.run("INSERT INTO audit(at, event, is_alert, cid, account_id, detail) VALUES(?,?,?,?,?,?)", at,
                   event, isAlert, challengeId, accountId, detail);
}

Result<std::unique_ptr<Storage>> SqliteStorage::open(const std::string& file, const Bytes& keyCheck) {
    if (auto made = makeFile(file); !made) return fail(std::move(made.error()));
    auto writer = SqliteConnection::open(file, SqliteConnection::Mode::readWrite);
    if (!writer) return fail(std::move(writer.error()));
    if (auto prepared = prepareSchema(**writer, keyCheck); !prepared)
        return fail(std::move(prepared.error()));
    Connections readers;
    for (int i = 0; i < kReaders; ++i) {
        auto reader = SqliteConnection::open(file, SqliteConnection::Mode::readOnly);
        if (!reader) return fail(std::move(reader.error()));
        readers.push_back(std::move(*reader));
    }
    return std::unique_ptr<Storage>(new SqliteStorage(std::move(*writer), std::move(readers)));
}

Result<void> SqliteStorage::saveChallenge(const ChallengeRecord& record, TimePoint) {
    const auto& challenge = record.challenge;
    const auto document = challengeJson(challenge).dump();
    return m_writer.execute(ordered, [&](SqliteConnection& connection) {
        connection.run(
            "INSERT INTO challenge(cid, document, origin, is_agent_started, sid, target, expires_at, state)"
            " VALUES(?,?,?,?,?,?,?,'ISSUED')",
            challenge.id, document, record.origin, record.isAgentStarted, challenge.sessionBinding,
            record.target, challenge.expiresAt);
    });
}

Result<std::optional<ChallengeView>> SqliteStorage::challenge(const std::string& id) {
    using Found = std::optional<Result<ChallengeView>>;
    auto found = reading([&](SqliteConnection& connection) -> Found {
        auto rows = connection.query(
            "SELECT c.document, c.origin, c.is_agent_started, c.target, c.state, l.body_hash, "
            "l.handoff_expires_at,"
            " a.id, a.kind, a.lookup, a.number, a.name, a.state, a.created_at"
            " FROM challenge c LEFT JOIN login l ON l.cid=c.cid LEFT JOIN account a ON a.id=l.account_id "
            "WHERE c.cid=?",
            id);
        if (!rows.next()) return std::nullopt;
        return viewFrom(rows);
    });
    if (!found) return fail(std::move(found.error()));
    if (!*found) return std::optional<ChallengeView>();
    if (!**found) return fail(std::move((**found).error()));
    return std::optional(std::move(***found));
}

Result<ConsumeOutcome> SqliteStorage::consumeLogin(const ConsumeRequest& request) {
    ConsumeOutcome outcome;
    return m_writer
        .execute(synced,
                 [&](SqliteConnection& connection) { outcome = consumeInTransaction(connection, request); })
        .map([&] { return outcome; });
}

Result<void> SqliteStorage::extendHandoff(const std::string& challengeId, TimePoint until) {
    return m_writer.execute(ordered, [&](SqliteConnection& connection) {
        connection.run(
            "UPDATE login SET handoff_expires_at=? WHERE cid=? AND redeemed_at IS NULL AND "
            "handoff_expires_at<?",
            until, challengeId, until);
    });
}

Result<RedeemOutcome> SqliteStorage::redeemLogin(const RedeemRequest& request) {
    RedeemOutcome outcome;
    return m_writer
        .execute(synced,
                 [&](SqliteConnection& connection) { outcome = redeemInTransaction(connection, request); })
        .map([&] { return outcome; });
}

Result<RedeemPreview> SqliteStorage::previewLogin(const RedeemRequest& request) {
    auto preview =
        reading([&](SqliteConnection& connection) { return previewRedemption(connection, request); });
    if (!preview || preview->kind != RedeemPreview::Kind::redeemable) return preview;
    auto view = challenge(request.challengeId);
    if (!view) return fail(std::move(view.error()));
    if (!*view) return RedeemPreview{};
    preview->challenge = std::move((**view).record.challenge);
    return preview;
}

Result<std::optional<SessionView>> SqliteStorage::session(const Bytes& sessionHash, TimePoint now) {
    return reading([&](SqliteConnection& connection) -> std::optional<SessionView> {
        auto rows = connection.query(
            "SELECT a.id, a.kind, a.lookup, a.number, a.name, a.state, a.created_at,"
            " s.certificate, s.cid, s.created_at, s.expires_at"
            " FROM session s JOIN account a ON a.id=s.account_id JOIN certificate k ON "
            "k.fingerprint=s.certificate"
            " WHERE s.token_hash=? AND s.ended_at IS NULL AND s.expires_at>? AND k.state='active'"
            " AND a.state IN ('active','restricted')",
            sessionHash, now);
        if (!rows.next()) return std::nullopt;
        return SessionView{accountFrom(rows, 0), rows.blob(7), rows.text(8), rows.time(9), rows.time(10)};
    });
}

Result<void> SqliteStorage::endSession(const Bytes& sessionHash, TimePoint now) {
    return m_writer.execute(synced, [&](SqliteConnection& connection) {
        connection.run("UPDATE session SET ended_at=? WHERE token_hash=? AND ended_at IS NULL", now,
                       sessionHash);
    });
}

Result<void> SqliteStorage::saveDocuments(const std::vector<DocumentRecord>& documents, TimePoint now) {
    return m_writer.execute(synced, [&](SqliteConnection& connection) {
        for (const auto& document : documents)
            connection.run(
                "INSERT OR IGNORE INTO document(sha256, id, version, title, text, published_at) "
                "VALUES(?,?,?,?,?,?)",
                document.sha256, document.id, document.version, document.title, document.text, now);
    });
}

Result<std::optional<DocumentRecord>> SqliteStorage::document(const Bytes& sha256) {
    return reading([&](SqliteConnection& connection) -> std::optional<DocumentRecord> {
        auto rows =
            connection.query("SELECT id, version, title, text, sha256 FROM document WHERE sha256=?", sha256);
        if (!rows.next()) return std::nullopt;
        return DocumentRecord{rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.blob(4)};
    });
}

Result<void> SqliteStorage::sweep(TimePoint now) {
    return m_writer.execute(ordered, [&](SqliteConnection& connection) {
        connection.run("UPDATE challenge SET state='EXPIRED' WHERE state='ISSUED' AND expires_at<=?", now);
        connection.run(
            "UPDATE challenge SET state='EXPIRED' WHERE state='CONSUMED' AND expires_at<=?"
            " AND EXISTS (SELECT 1 FROM login WHERE login.cid=challenge.cid AND handoff_expires_at<=?)",
            now, now);
        // Those that were used stay for ever, and must not be looked at each time.
        connection.run(
            "DELETE FROM challenge INDEXED BY challenge_to_forget"
            " WHERE state='EXPIRED' AND is_used=0 AND expires_at<=?",
            now - kForgetChallengesAfter);
        connection.run("DELETE FROM session WHERE expires_at<=?", now - kForgetSessionsAfter);
    });
}

Result<void> SqliteStorage::checkReady() {
    return reading([](SqliteConnection& connection) { return connection.query("SELECT 1 FROM meta").next(); })
        .map([](bool) {});
}

}  // namespace signet
