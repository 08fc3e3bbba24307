// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/sqlite_schema.hpp"

#include <array>
#include <string>

namespace signet {
namespace {

/// Step n brings version n to n + 1. A released step is never changed.
constexpr std::array kSteps{R"sql(
CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE account(
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, lookup BLOB NOT NULL, number BLOB NOT NULL, name BLOB NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('active','restricted','suspended','frozen','terminated')),
  created_at INTEGER NOT NULL, UNIQUE(kind, lookup)) STRICT;
CREATE TABLE certificate(
  fingerprint BLOB PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account(id),
  state TEXT NOT NULL CHECK(state IN ('pending','active','revoked')), der BLOB NOT NULL,
  recorded_at INTEGER NOT NULL, bound_at INTEGER, bound_by TEXT NOT NULL, last_used_at INTEGER) STRICT;
CREATE INDEX certificate_of_account ON certificate(account_id);
CREATE TABLE challenge(
  cid TEXT PRIMARY KEY, document TEXT NOT NULL, origin TEXT NOT NULL, is_agent_started INTEGER NOT NULL,
  sid TEXT NOT NULL, target BLOB, expires_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('ISSUED','CONSUMED','REDEEMED','EXPIRED'))) STRICT;
CREATE INDEX challenge_by_end ON challenge(state, expires_at);
CREATE TABLE login(
  cid TEXT PRIMARY KEY, body_hash BLOB NOT NULL, handoff_hash BLOB NOT NULL, handoff_expires_at INTEGER NOT NULL,
  account_id TEXT NOT NULL REFERENCES account(id), certificate BLOB NOT NULL, purpose TEXT NOT NULL,
  consumed_at INTEGER NOT NULL, redeemed_at INTEGER, retry_key BLOB) STRICT;
CREATE INDEX login_of_account ON login(account_id);
CREATE TABLE evidence(cid TEXT PRIMARY KEY REFERENCES login(cid), sealed BLOB NOT NULL) STRICT;
CREATE TABLE proof(sha256 BLOB PRIMARY KEY, der BLOB NOT NULL) STRICT;
CREATE TABLE consent(
  account_id TEXT NOT NULL REFERENCES account(id), agreement TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL,
  verb TEXT NOT NULL, given_at INTEGER NOT NULL, channel TEXT NOT NULL, cid TEXT NOT NULL,
  effective_from INTEGER NOT NULL, effective_to INTEGER,
  PRIMARY KEY(account_id, agreement, version, sha256)) STRICT;
CREATE TABLE session(
  token_hash BLOB PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account(id), certificate BLOB NOT NULL, cid TEXT NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended_at INTEGER) STRICT;
CREATE INDEX session_by_end ON session(expires_at);
CREATE TABLE document(
  sha256 BLOB PRIMARY KEY, id TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
  published_at INTEGER NOT NULL) STRICT;
CREATE TABLE audit(
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, event TEXT NOT NULL, is_alert INTEGER NOT NULL,
  cid TEXT NOT NULL, account_id TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
)sql",
                            R"sql(
ALTER TABLE challenge ADD COLUMN is_used INTEGER NOT NULL DEFAULT 0;
UPDATE challenge SET is_used=1 WHERE cid IN (SELECT cid FROM login);
CREATE INDEX challenge_to_forget ON challenge(expires_at) WHERE state='EXPIRED' AND is_used=0;
CREATE INDEX refusal_of_challenge ON audit(cid, detail) WHERE event='login_refused';
)sql"};

tl::unexpected<Error> refuse(const std::string& why) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = "storage";
    error.detail = "db: " + why;
    error.params["name"] = error.detail;
    return fail(std::move(error));
}

std::int64_t versionOf(SqliteConnection& connection) {
    auto rows = connection.query("PRAGMA user_version");
    return rows.next() ? rows.integer(0) : 0;
}

/// Two programs may open a new file at the same moment, so the version is read inside the transaction.
void migrate(SqliteConnection& connection) {
    connection.script("BEGIN IMMEDIATE");
    for (auto version = versionOf(connection); version < static_cast<std::int64_t>(kSteps.size());
         ++version) {
        connection.script(kSteps.at(static_cast<std::size_t>(version)));
        connection.script("PRAGMA user_version=" + std::to_string(version + 1));
    }
    connection.script(connection.isFailed() ? "ROLLBACK" : "COMMIT");
}

}  // namespace

Result<void> prepareSchema(SqliteConnection& connection, const Bytes& keyCheck) {
    if (versionOf(connection) > static_cast<std::int64_t>(kSteps.size()))
        return refuse("the file was made by a newer version of signet-platform");
    migrate(connection);
    connection.run("INSERT OR IGNORE INTO meta(name, value) VALUES('key_check', ?)", keyCheck);
    Bytes known;
    {
        auto rows = connection.query("SELECT value FROM meta WHERE name='key_check'");
        if (rows.next()) known = rows.blob(0);
    }
    if (auto done = connection.takeFailure(); !done) return refuse(done.error().detail);
    if (known != keyCheck) return refuse("the file was made with another data key");
    return {};
}

}  // namespace signet
