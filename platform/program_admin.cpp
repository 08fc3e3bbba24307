// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/program.hpp"

#include "base/encoding.hpp"
#include "base/secret.hpp"
#include "certs/certificate.hpp"
#include "certs/identity.hpp"
#include "platform/core.hpp"
#include "platform/evidence_export.hpp"
#include "platform/log.hpp"
#include "platform/storage.hpp"
#include "platform/vault.hpp"

#include <cstdio>
#include <iostream>
#include <memory>

namespace signet {
namespace {

/// What an admin command works on.
struct Desk {
    Vault vault;
    std::unique_ptr<Storage> storage;
    std::vector<std::string> words;  ///< the command and its arguments
    std::filesystem::path out;
    TimePoint now;
};

tl::unexpected<Error> usage(const std::string& what) {
    return fail(ErrorCode::invalidRequest, what, "usage");
}

tl::unexpected<Error> notFound(const std::string& what) {
    return fail(ErrorCode::accountUnknown, what, "not_found");
}

void print(const std::string& line) {
    std::puts(escapedForLog(line).c_str());
}

std::string timeOrDash(const std::optional<TimePoint>& time) {
    return time ? timeText(*time) : "-";
}

Result<Bytes> fingerprintFrom(const std::string& text) {
    auto bytes = text.size() == 64 ? fromHex(text) : fromBase64Url(text);
    if (!bytes || bytes->size() != 32)
        return usage("expected the certificate's SHA-256 in hexadecimal or base64url");
    return bytes;
}

Result<void> listAccounts(Desk& desk) {
    auto accounts = desk.storage->accounts();
    if (!accounts) return fail(std::move(accounts.error()));
    for (const auto& account : *accounts) {
        auto view = viewOf(desk.vault, account);
        if (!view) return fail(std::move(view.error()));
        print(account.id + "  " + std::string(toString(account.kind)) + "  " + view->maskedNumber + "  " +
              std::string(toString(account.state)) + "  " + timeText(account.createdAt) + "  " + view->name);
    }
    return {};
}

std::string holderOf(const Desk& desk, const CertificateRecord& record) {
    const auto der = desk.vault.unseal(record.sealedDer, certificateContext(record.fingerprint));
    if (!der) return "(unreadable)";
    const auto certificate = Certificate::fromDer(*der);
    return certificate ? certificate->subjectCommonName() + "  until " + dateText(certificate->notAfter())
                       : "(unreadable)";
}

Result<void> listCertificates(Desk& desk) {
    auto certificates = desk.storage->certificates();
    if (!certificates) return fail(std::move(certificates.error()));
    for (const auto& record : *certificates)
        print(toHex(record.fingerprint) + "  account " + record.accountId + "  " +
              std::string(toString(record.state)) + "  used " + timeOrDash(record.lastUsedAt) + "  " +
              holderOf(desk, record));
    return {};
}

Result<void> listAudit(Desk& desk) {
    auto records = desk.storage->audit();
    if (!records) return fail(std::move(records.error()));
    for (const auto& record : *records)
        print(std::to_string(record.sequence) + "  " + timeText(record.at) +
              (record.isAlert ? "  ALERT  " : "  ") + record.event + "  cid " +
              (record.challengeId.empty() ? "-" : record.challengeId) + "  account " +
              (record.accountId.empty() ? "-" : record.accountId) + "  " + record.detail);
    return {};
}

Result<void> changeCertificate(Desk& desk, BindingState state) {
    auto fingerprint = fingerprintFrom(desk.words.at(1));
    if (!fingerprint) return fail(std::move(fingerprint.error()));
    auto isDone = desk.storage->setBinding(*fingerprint, state, desk.now);
    if (!isDone) return fail(std::move(isDone.error()));
    if (!*isDone) return notFound("no account has this certificate");
    print("certificate " + toHex(*fingerprint).substr(0, 16) + " is " + std::string(toString(state)));
    return {};
}

std::string numberFrom(const std::string& word) {
    if (word != "-") return word;
    std::string line;
    std::getline(std::cin, line);
    return line;
}

Result<void> changeAccount(Desk& desk) {
    const auto state = accountStateFromName(desk.words.at(2));
    if (!state) return usage("expected active, restricted, suspended, frozen or terminated");
    auto number = numberFrom(desk.words.at(1));
    auto accounts = desk.storage->accounts();
    if (!accounts) return fail(std::move(accounts.error()));
    const auto asPerson = desk.vault.identityLookup(SubjectKind::person, number);
    const auto asEnterprise = desk.vault.identityLookup(SubjectKind::enterprise, number);
    wipe(number.data(), number.size());
    for (const auto& account : *accounts) {
        if (account.lookup != asPerson && account.lookup != asEnterprise) continue;
        auto isDone = desk.storage->setAccountState(account.id, *state, desk.now);
        if (!isDone) return fail(std::move(isDone.error()));
        print("account " + account.id + " is " + std::string(toString(*state)));
        return {};
    }
    return notFound("no account has this number");
}

Result<void> exportEvidence(Desk& desk) {
    if (desk.out.empty()) return usage("evidence: --out DIR is missing");
    auto files = evidenceFiles(*desk.storage, desk.vault, desk.words.at(1));
    if (!files) return fail(std::move(files.error()));
    AuditRecord record{0, desk.now, "evidence_exported", false, desk.words.at(1), "", "by officer"};
    if (auto recorded = desk.storage->recordEvent(record); !recorded) return recorded;
    if (auto written = writeEvidence(*files, desk.out); !written) return written;
    print("evidence of " + desk.words.at(1) + " in " + desk.out.string() + "; run verify.sh there");
    return {};
}

struct Command {
    const char* name;
    std::size_t arguments;
    Result<void> (*run)(Desk&);
};

const Command kCommands[] = {
    {"accounts", 0, &listAccounts},
    {"certificates", 0, &listCertificates},
    {"audit", 0, &listAudit},
    {"approve-certificate", 1, [](Desk& desk) { return changeCertificate(desk, BindingState::active); }},
    {"revoke-certificate", 1, [](Desk& desk) { return changeCertificate(desk, BindingState::revoked); }},
    {"account-state", 2, &changeAccount},
    {"evidence", 1, &exportEvidence},
};

Result<const Command*> commandOf(const std::vector<std::string>& words) {
    if (words.empty()) return usage("admin: which command? see --help");
    for (const auto& command : kCommands) {
        if (words.front() != command.name) continue;
        if (words.size() == command.arguments + 1) return &command;
        return usage("admin " + words.front() + ": wrong number of arguments, see --help");
    }
    return usage("admin: unknown command, see --help");
}

Result<void> run(const CommandLine& line) {
    auto command = commandOf(line.adminArguments);
    if (!command) return fail(std::move(command.error()));
    if (line.settings.database.empty()) return usage("--db or --config is missing");
    auto vault = Vault::open(dataKeyOf(line.settings), false);
    if (!vault) return fail(std::move(vault.error()));
    auto storage = openStorage(line.settings.database, vault->keyCheck());
    if (!storage) return fail(std::move(storage.error()));
    Desk desk{std::move(*vault), std::move(*storage), line.adminArguments, line.adminOut,
              SystemClock().now()};
    return (**command).run(desk);
}

}  // namespace

int runAdmin(const CommandLine& line) {
    const auto done = run(line);
    if (done) return 0;
    std::fprintf(stderr, "signet-platform: %s\n", escapedForLog(done.error().detail).c_str());
    const bool isUsage = done.error().code == ErrorCode::configurationInvalid ||
                         done.error().code == ErrorCode::invalidRequest;
    return isUsage ? 2 : 1;
}

}  // namespace signet
