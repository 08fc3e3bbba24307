// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/sqlite_login.hpp"
#include "platform/sqlite_storage.hpp"

#include "base/encoding.hpp"

namespace signet {
namespace {

using enum SqliteWriter::Durability;

CertificateRecord certificateFrom(const SqliteRows& rows) {
    CertificateRecord record;
    record.fingerprint = rows.blob(0);
    record.accountId = rows.text(1);
    record.state = bindingStateFromName(rows.text(2)).value_or(BindingState::revoked);
    record.sealedDer = rows.blob(3);
    record.recordedAt = rows.time(4);
    record.boundAt = rows.optionalTime(5);
    record.boundBy = rows.text(6);
    record.lastUsedAt = rows.optionalTime(7);
    return record;
}

std::string shortHex(const Bytes& fingerprint) {
    return toHex(fingerprint).substr(0, 16);
}

bool changeBinding(SqliteConnection& connection, const Bytes& fingerprint, BindingState state,
                   TimePoint now) {
    const bool isActive = state == BindingState::active;
    const int changed = connection.run(
        "UPDATE certificate SET state=?, bound_at=COALESCE(?, bound_at), bound_by=COALESCE(?, bound_by) "
        "WHERE fingerprint=?",
        toString(state), isActive ? std::optional(now) : std::nullopt,
        isActive ? std::optional<std::string>("officer") : std::nullopt, fingerprint);
    if (changed == 0) return false;
    if (state == BindingState::revoked)
        connection.run("UPDATE session SET ended_at=? WHERE certificate=? AND ended_at IS NULL", now,
                       fingerprint);
    writeAudit(connection, now, "certificate_" + std::string(toString(state)), false, "", "",
               "by officer, certificate " + shortHex(fingerprint));
    return true;
}

/// The consents ended with it and do not come back, so no state follows on it.
bool isTerminated(SqliteConnection& connection, const std::string& accountId) {
    return connection.query("SELECT 1 FROM account WHERE id=? AND state='terminated'", accountId).next();
}

bool changeAccount(SqliteConnection& connection, const std::string& accountId, AccountState state,
                   TimePoint now) {
    if (connection.run("UPDATE account SET state=? WHERE id=?", toString(state), accountId) == 0)
        return false;
    if (state != AccountState::active && state != AccountState::restricted)
        connection.run("UPDATE session SET ended_at=? WHERE account_id=? AND ended_at IS NULL", now,
                       accountId);
    // The agreement is in force exactly from registration to termination (R02).
    if (state == AccountState::terminated)
        connection.run("UPDATE consent SET effective_to=? WHERE account_id=? AND effective_to IS NULL", now,
                       accountId);
    writeAudit(connection, now, "account_" + std::string(toString(state)), false, "", accountId,
               "by officer");
    return true;
}

}  // namespace

Result<std::optional<CertificateRecord>> SqliteStorage::certificate(const Bytes& fingerprint) {
    return reading([&](SqliteConnection& connection) -> std::optional<CertificateRecord> {
        auto rows = connection.query(
            "SELECT fingerprint, account_id, state, der, recorded_at, bound_at, bound_by, last_used_at FROM "
            "certificate"
            " WHERE fingerprint=?",
            fingerprint);
        if (!rows.next()) return std::nullopt;
        return certificateFrom(rows);
    });
}

Result<std::vector<CertificateRecord>> SqliteStorage::certificates() {
    return reading([](SqliteConnection& connection) {
        std::vector<CertificateRecord> records;
        auto rows = connection.query(
            "SELECT fingerprint, account_id, state, der, recorded_at, bound_at, bound_by, last_used_at FROM "
            "certificate"
            " ORDER BY recorded_at, fingerprint");
        while (rows.next()) records.push_back(certificateFrom(rows));
        return records;
    });
}

Result<std::vector<AccountRecord>> SqliteStorage::accounts() {
    return reading([](SqliteConnection& connection) {
        std::vector<AccountRecord> records;
        auto rows = connection.query(
            "SELECT id, kind, lookup, number, name, state, created_at FROM account ORDER BY created_at, id");
        while (rows.next()) records.push_back(accountFrom(rows, 0));
        return records;
    });
}

Result<std::vector<ConsentRecord>> SqliteStorage::consents(const std::string& accountId) {
    return reading([&](SqliteConnection& connection) {
        std::vector<ConsentRecord> records;
        auto rows = connection.query(
            "SELECT agreement, version, sha256, verb, effective_from, channel, cid, effective_to FROM consent"
            " WHERE account_id=? ORDER BY given_at, agreement",
            accountId);
        while (rows.next())
            records.push_back({{rows.text(0), rows.text(1), rows.text(2)},
                               rows.text(3),
                               rows.time(4),
                               rows.text(5),
                               rows.text(6),
                               rows.optionalTime(7)});
        return records;
    });
}

Result<std::vector<AuditRecord>> SqliteStorage::audit() {
    return reading([](SqliteConnection& connection) {
        std::vector<AuditRecord> records;
        auto rows = connection.query(
            "SELECT sequence, at, event, is_alert, cid, account_id, detail FROM audit ORDER BY sequence");
        while (rows.next())
            records.push_back({rows.integer(0), rows.time(1), rows.text(2), rows.integer(3) != 0,
                               rows.text(4), rows.text(5), rows.text(6)});
        return records;
    });
}

Result<std::optional<Bytes>> SqliteStorage::evidence(const std::string& challengeId) {
    return reading([&](SqliteConnection& connection) -> std::optional<Bytes> {
        auto rows = connection.query("SELECT sealed FROM evidence WHERE cid=?", challengeId);
        if (!rows.next()) return std::nullopt;
        return rows.blob(0);
    });
}

Result<std::optional<Bytes>> SqliteStorage::proof(const Bytes& sha256) {
    return reading([&](SqliteConnection& connection) -> std::optional<Bytes> {
        auto rows = connection.query("SELECT der FROM proof WHERE sha256=?", sha256);
        if (!rows.next()) return std::nullopt;
        return rows.blob(0);
    });
}

Result<void> SqliteStorage::recordEvent(const AuditRecord& record) {
    return m_writer.execute(synced, [&](SqliteConnection& connection) {
        writeAudit(connection, record.at, record.event, record.isAlert, record.challengeId, record.accountId,
                   record.detail);
    });
}

Result<bool> SqliteStorage::setBinding(const Bytes& fingerprint, BindingState state, TimePoint now) {
    bool isDone = false;
    return m_writer
        .execute(synced,
                 [&](SqliteConnection& connection) {
                     isDone = changeBinding(connection, fingerprint, state, now);
                 })
        .map([&] { return isDone; });
}

Result<bool> SqliteStorage::setAccountState(const std::string& accountId, AccountState state, TimePoint now) {
    bool isDone = false;
    bool isTooLate = false;
    auto written = m_writer.execute(synced, [&](SqliteConnection& connection) {
        isTooLate = state != AccountState::terminated && isTerminated(connection, accountId);
        if (!isTooLate) isDone = changeAccount(connection, accountId, state, now);
    });
    if (!written) return fail(std::move(written.error()));
    if (isTooLate) return fail(ErrorCode::accountTerminated, "a terminated account stays terminated");
    return isDone;
}

}  // namespace signet
