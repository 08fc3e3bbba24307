// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_checker.hpp"
#include "agent/flow_records.hpp"
#include "tests/doubles/scripted_loop.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signet {

/// Says what the test wants about a certificate.
class ScriptedChecker final : public CertificateChecker {
public:
    explicit ScriptedChecker(ScriptedLoop& loop) : m_commands(loop) {}

    std::optional<Error> failure;
    int checks = 0;
    std::size_t running() const { return m_commands.running(); }

    CommandId check(const Chain&, Reply<RevocationProof> reply) override {
        ++checks;
        Result<RevocationProof> result;
        if (failure) result = fail(*failure);
        return m_commands.answer<RevocationProof>(std::move(reply), std::move(result));
    }
    void cancel(CommandId command) override { m_commands.end(command); }

private:
    ScriptedCommands m_commands;
};

/// Keeps the records in memory.
class ScriptedJournal final : public JournalSink {
public:
    std::vector<JournalRecord> records;
    void record(const JournalRecord& entry) override { records.push_back(entry); }
};

class ScriptedAgreements final : public AcceptedAgreements {
public:
    std::map<std::pair<std::string, std::string>, std::vector<AgreementRef>>
        known;  ///< by issuer and certificate

    std::vector<AgreementRef> accepted(std::string_view issuer, std::string_view certificate) const override {
        const auto found = known.find({std::string(issuer), std::string(certificate)});
        return found == known.end() ? std::vector<AgreementRef>{} : found->second;
    }
    void accept(std::string_view issuer, std::string_view certificate,
                const std::vector<AgreementRef>& agreements) override {
        known[{std::string(issuer), std::string(certificate)}] = agreements;
    }
};

}  // namespace signet
