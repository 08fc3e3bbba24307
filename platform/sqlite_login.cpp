// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/sqlite_login.hpp"

#include "base/encoding.hpp"
#include "platform/account_rules.hpp"
namespace signet {
namespace {

using Consumed = ConsumeOutcome::Kind;

std::optional<AccountRecord> accountOf(SqliteConnection& connection, const AccountRecord& wanted) {
    auto rows = connection.query(
        "SELECT id, kind, lookup, number, name, state, created_at FROM account WHERE kind=? AND lookup=?",
        toString(wanted.kind), wanted.lookup);
    if (!rows.next()) return std::nullopt;
    return accountFrom(rows, 0);
}

struct Binding {
    std::string accountId;
    std::optional<BindingState> state;
};

std::optional<Binding> bindingOf(SqliteConnection& connection, const Bytes& fingerprint) {
    auto rows =
        connection.query("SELECT account_id, state FROM certificate WHERE fingerprint=?", fingerprint);
    if (!rows.next()) return std::nullopt;
    return Binding{rows.text(0), bindingStateFromName(rows.text(1))};
}

AccountFacts factsOf(SqliteConnection& connection, const ConsumeRequest& request,
                     const std::optional<AccountRecord>& account) {
    AccountFacts facts;
    facts.purpose = request.record.challenge.purpose;
    const std::string accountId = account ? account->id : std::string();
    if (account) facts.account = account->state;
    if (const auto signer = bindingOf(connection, request.certificate.fingerprint)) {
        facts.signer = signer->state;
        facts.signerBelongsElsewhere = signer->accountId != accountId;
    }
    if (request.record.target)
        if (const auto target = bindingOf(connection, *request.record.target)) {
            facts.target = target->state;
            facts.targetBelongsElsewhere = target->accountId != accountId;
        }
    return facts;
}

void insertAccount(SqliteConnection& connection, const AccountRecord& account) {
    connection.run(
        "INSERT INTO account(id, kind, lookup, number, name, state, created_at) VALUES(?,?,?,?,?,?,?)",
        account.id, toString(account.kind), account.lookup, account.sealedNumber, account.sealedName,
        toString(account.state), account.createdAt);
}

void insertCertificate(SqliteConnection& connection, const ConsumeRequest& request,
                       const std::string& accountId, BindingState state) {
    const bool isActive = state == BindingState::active;
    connection.run(
        "INSERT OR IGNORE INTO certificate(fingerprint, account_id, state, der, recorded_at, bound_at, "
        "bound_by, last_used_at)"
        " VALUES(?,?,?,?,?,?,?,?)",
        request.certificate.fingerprint, accountId, toString(state), request.certificate.sealedDer,
        request.now, isActive ? std::optional(request.now) : std::nullopt, isActive ? "bind" : "",
        isActive ? std::optional(request.now) : std::nullopt);
}

void activateTarget(SqliteConnection& connection, const ConsumeRequest& request) {
    connection.run(
        "UPDATE certificate SET state='active', bound_at=?, bound_by=? WHERE fingerprint=? AND "
        "state='pending'",
        request.now, "rebind " + request.record.challenge.id, *request.record.target);
}

/// Accepts what the statement names; a version that the account accepted before keeps its first row.
void recordConsents(SqliteConnection& connection, const ConsumeRequest& request, const std::string& accountId,
                    bool isNew) {
    for (const auto& agreement : request.record.challenge.agreements)
        connection.run(
            "INSERT OR IGNORE INTO consent(account_id, agreement, version, sha256, verb, given_at, channel, "
            "cid, effective_from)"
            " VALUES(?,?,?,?,?,?,?,?,?)",
            accountId, agreement.id, agreement.version, agreement.sha256, isNew ? "注册" : "同意",
            request.now, "certificate", request.record.challenge.id, request.now);
}

/// A CRL can have megabytes and serves many logins.
void keepProof(SqliteConnection& connection, const SharedBytes& proof) {
    const auto& hash = proof.sha256();
    const bool isKnown = connection.query("SELECT 1 FROM proof WHERE sha256=?", hash).next();
    if (!isKnown)
        connection.run("INSERT INTO proof(sha256, der) VALUES(?,?)", hash, static_cast<const Bytes&>(proof));
}

void writeLogin(SqliteConnection& connection, const ConsumeRequest& request, const AccountRecord& account) {
    const auto& cid = request.record.challenge.id;
    connection.run(
        "INSERT INTO login(cid, body_hash, handoff_hash, handoff_expires_at, account_id, certificate, "
        "purpose, consumed_at)"
        " VALUES(?,?,?,?,?,?,?,?)",
        cid, request.bodyHash, request.handoffHash, request.handoffExpiresAt, account.id,
        request.certificate.fingerprint, toString(request.record.challenge.purpose), request.now);
    connection.run("INSERT INTO evidence(cid, sealed) VALUES(?,?)", cid, request.sealedEvidence);
    for (const auto& proof : request.proofs) keepProof(connection, proof);
    connection.run("UPDATE certificate SET last_used_at=? WHERE fingerprint=?", request.now,
                   request.certificate.fingerprint);
}

/// What another caller made of the challenge since it was read; nullopt when it is still open.
std::optional<ConsumeOutcome> alreadyDecided(SqliteConnection& connection, const ConsumeRequest& request) {
    auto rows = connection.query(
        "SELECT c.state, c.expires_at, l.body_hash, a.id, a.kind, a.lookup, a.number, a.name, a.state, "
        "a.created_at"
        " FROM challenge c LEFT JOIN login l ON l.cid=c.cid LEFT JOIN account a ON a.id=l.account_id WHERE "
        "c.cid=?",
        request.record.challenge.id);
    if (!rows.next()) return ConsumeOutcome{Consumed::unknown};
    const auto state = loginStateFromName(rows.text(0));
    const bool isPast = rows.time(1) <= request.now;
    const bool isConsumed = !rows.isNull(2);
    if (isConsumed && (isPast || rows.blob(2) != request.bodyHash)) return ConsumeOutcome{Consumed::used};
    if (isConsumed) {
        ConsumeOutcome outcome{Consumed::consumedBefore};
        outcome.account = accountFrom(rows, 3);
        return outcome;
    }
    if (isPast || state != LoginState::issued) return ConsumeOutcome{Consumed::expired};
    return std::nullopt;
}

/// The same post may come again and again; the log says it once.
bool isRefusalKnown(SqliteConnection& connection, const std::string& challengeId, const std::string& detail) {
    return connection
        .query("SELECT 1 FROM audit WHERE event='login_refused' AND cid=? AND detail=?", challengeId, detail)
        .next();
}

ConsumeOutcome refused(SqliteConnection& connection, const ConsumeRequest& request,
                       const AccountDecision& decision, const std::string& accountId) {
    const auto& cid = request.record.challenge.id;
    const auto detail = std::string(errorInfo(decision.refusal).name) + " " + std::string(decision.reason) +
                        " certificate " + toHex(request.certificate.fingerprint).substr(0, 16);
    if (!isRefusalKnown(connection, cid, detail))
        writeAudit(connection, request.now, "login_refused", decision.isAlert, cid, accountId, detail);
    ConsumeOutcome outcome{Consumed::refused};
    outcome.refusal = decision.refusal;
    outcome.reason = decision.reason;
    return outcome;
}

std::string_view eventOf(AccountDecision::Action action) {
    switch (action) {
        case AccountDecision::Action::createAccount:
            return "account_registered";
        case AccountDecision::Action::activateTarget:
            return "certificate_rebound";
        case AccountDecision::Action::logIn:
        case AccountDecision::Action::refuse:
        case AccountDecision::Action::recordPending:
            break;
    }
    return "login";
}

}  // namespace

ConsumeOutcome consumeInTransaction(SqliteConnection& connection, const ConsumeRequest& request) {
    using Action = AccountDecision::Action;
    if (auto decided = alreadyDecided(connection, request)) return *decided;
    auto account = accountOf(connection, request.candidate);
    const auto decision = decideAccount(factsOf(connection, request, account));
    const std::string knownId = account ? account->id : std::string();
    if (decision.action == Action::recordPending)
        insertCertificate(connection, request, knownId, BindingState::pending);
    if (decision.action == Action::recordPending || decision.action == Action::refuse)
        return refused(connection, request, decision, knownId);

    const int moved =
        connection.run("UPDATE challenge SET state='CONSUMED', is_used=1 WHERE cid=? AND state='ISSUED'",
                       request.record.challenge.id);
    if (moved != 1) return ConsumeOutcome{Consumed::used};
    const bool isNew = decision.action == Action::createAccount;
    if (isNew) {
        account = request.candidate;
        insertAccount(connection, *account);
        insertCertificate(connection, request, account->id, BindingState::active);
    }
    if (decision.action == Action::activateTarget) activateTarget(connection, request);
    writeLogin(connection, request, *account);
    recordConsents(connection, request, account->id, isNew);
    writeAudit(connection, request.now, eventOf(decision.action), false, request.record.challenge.id,
               account->id,
               "certificate " + toHex(request.certificate.fingerprint).substr(0, 16) +
                   (request.note.empty() ? "" : " " + request.note));
    ConsumeOutcome outcome{Consumed::consumed};
    outcome.account = std::move(*account);
    return outcome;
}

}  // namespace signet
