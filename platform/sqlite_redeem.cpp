// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/sqlite_login.hpp"

#include "platform/vault.hpp"

namespace signet {
namespace {

using Kind = RedeemOutcome::Kind;

struct LoginRow {
    LoginState state = LoginState::issued;
    bool isAgentStarted = false;
    std::string binding;
    Bytes handoffHash;
    TimePoint handoffExpiresAt{};
    Bytes retryKey;
    Bytes certificate;
    BindingState certificateState = BindingState::revoked;
    AccountRecord account;
};

std::optional<LoginRow> loginRow(SqliteConnection& connection, const std::string& challengeId) {
    auto rows = connection.query(
        "SELECT c.state, c.is_agent_started, c.sid, l.handoff_hash, l.handoff_expires_at, l.retry_key, "
        "l.certificate, k.state,"
        " a.id, a.kind, a.lookup, a.number, a.name, a.state, a.created_at"
        " FROM login l JOIN challenge c ON c.cid=l.cid JOIN certificate k ON k.fingerprint=l.certificate"
        " JOIN account a ON a.id=l.account_id WHERE l.cid=?",
        challengeId);
    if (!rows.next()) return std::nullopt;
    LoginRow row;
    row.state = loginStateFromName(rows.text(0)).value_or(LoginState::expired);
    row.isAgentStarted = rows.integer(1) != 0;
    row.binding = rows.text(2);
    row.handoffHash = rows.blob(3);
    row.handoffExpiresAt = rows.time(4);
    row.retryKey = rows.blob(5);
    row.certificate = rows.blob(6);
    row.certificateState = bindingStateFromName(rows.text(7)).value_or(BindingState::revoked);
    row.account = accountFrom(rows, 8);
    return row;
}

/// One answer for all that does not fit, so that nobody learns which part of a guess was right.
bool fitsRequest(const LoginRow& row, const RedeemRequest& request) {
    const bool isSameKind = row.isAgentStarted == request.isAgentStarted;
    const bool isSameBrowser = equalInConstantTime(bytesOf(row.binding), bytesOf(request.binding));
    const bool isSameHandoff = equalInConstantTime(row.handoffHash, request.handoffHash);
    return isSameKind && isSameBrowser && isSameHandoff;
}

bool isOver(const LoginRow& row, const RedeemRequest& request) {
    return row.state == LoginState::expired || row.handoffExpiresAt <= request.now;
}

bool isLiveSession(SqliteConnection& connection, const Bytes& sessionHash) {
    return connection.query("SELECT 1 FROM session WHERE token_hash=? AND ended_at IS NULL", sessionHash)
        .next();
}

Kind kindOfRepeat(SqliteConnection& connection, const LoginRow& row, const RedeemRequest& request) {
    const bool isRetry =
        request.retryKey && *request.retryKey == row.retryKey && request.now < row.handoffExpiresAt;
    return isRetry && isLiveSession(connection, request.sessionHash) ? Kind::redeemedBefore : Kind::used;
}

std::optional<ErrorCode> refusalFor(const LoginRow& row) {
    if (const auto refusal = refusalOf(row.account.state)) return refusal;
    if (row.certificateState != BindingState::active) return ErrorCode::certificateNotBound;
    return std::nullopt;
}

void writeSession(SqliteConnection& connection, const LoginRow& row, const RedeemRequest& request) {
    const auto& cid = request.challengeId;
    connection.run("UPDATE login SET redeemed_at=?, retry_key=? WHERE cid=?", request.now, request.retryKey,
                   cid);
    connection.run(
        "INSERT INTO session(token_hash, account_id, certificate, cid, created_at, expires_at) "
        "VALUES(?,?,?,?,?,?)",
        request.sessionHash, row.account.id, row.certificate, cid, request.now, request.sessionExpiresAt);
    writeAudit(connection, request.now, "session_started", false, cid, row.account.id, "");
}

}  // namespace

RedeemOutcome redeemInTransaction(SqliteConnection& connection, const RedeemRequest& request) {
    const auto row = loginRow(connection, request.challengeId);
    if (!row || !fitsRequest(*row, request)) return RedeemOutcome{Kind::unknown};
    RedeemOutcome outcome;
    outcome.account = row->account;
    if (row->state == LoginState::redeemed) {
        outcome.kind = kindOfRepeat(connection, *row, request);
        return outcome;
    }
    if (isOver(*row, request)) return RedeemOutcome{Kind::expired};
    if (const auto refusal = refusalFor(*row)) return RedeemOutcome{Kind::refused, *refusal, row->account};
    const int moved = connection.run("UPDATE challenge SET state='REDEEMED' WHERE cid=? AND state='CONSUMED'",
                                     request.challengeId);
    if (moved != 1) return RedeemOutcome{Kind::used};
    writeSession(connection, *row, request);
    outcome.kind = Kind::redeemed;
    return outcome;
}

RedeemPreview previewRedemption(SqliteConnection& connection, const RedeemRequest& request) {
    using Preview = RedeemPreview::Kind;
    const auto row = loginRow(connection, request.challengeId);
    if (!row || !fitsRequest(*row, request)) return RedeemPreview{Preview::unknown};
    if (row->state == LoginState::redeemed) return RedeemPreview{Preview::used};
    if (isOver(*row, request)) return RedeemPreview{Preview::expired};
    if (const auto refusal = refusalFor(*row)) return RedeemPreview{Preview::refused, *refusal};
    return RedeemPreview{Preview::redeemable, ErrorCode::internalError, row->account};
}

}  // namespace signet
