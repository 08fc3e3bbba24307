// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "agent/cli_setup.hpp"
#include "agent/doctor.hpp"
#include "agent/relay.hpp"
#include "base/encoding.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace signet {
namespace {

/// Gathers what the checks need, in the order of a login.
class SelfCheck {
public:
    SelfCheck(const Configuration& configuration, Language language)
        : m_configuration(configuration), m_language(language) {}

    /// Errors: userCancelled.
    Result<std::vector<Check>> run() {
        const auto trust = loadTrust(m_configuration);
        add(checkTrust(trust, m_clock.now(), m_language));
        lookAtTokens(trust ? *trust : TrustList());
        for (const auto& issuer : m_configuration.issuers) lookAt(issuer);
        if (m_interrupts.isInterrupted()) return fail(ErrorCode::userCancelled);
        return std::move(m_checks);
    }

private:
    void add(Check check) { m_checks.push_back(std::move(check)); }
    void add(std::vector<Check> checks) {
        for (auto& check : checks) add(std::move(check));
    }

    void lookAtTokens(const TrustList& trust) {
        const auto modules = findModules(m_configuration);
        if (!modules) return;  // The configuration's own check has said so.
        add(checkP11Kit(m_configuration, *modules, m_language));
        auto tokens = openTokens(*modules);
        const auto inventory = listTokens(tokens, m_interrupts);
        add(checkModules(*modules, inventory.value_or(TokenInventory()), m_language));
        if (!inventory) return;
        const auto report = reportTokens(*inventory, trust, m_clock.now());
        add(checkTokens(report, m_language));
        add(checkCertificates(report, m_clock.now(), m_language));
    }

    template <class T, class Start>
    Result<T> ask(Start start) {
        CommandId command = 0;
        return await<T>(
            m_interrupts, [&](const Reply<T>& reply) { command = start(reply); },
            [&] { m_relay.cancel(command); });
    }

    void lookAt(const std::string& issuer) {
        if (m_interrupts.isInterrupted()) return;
        const auto metadata =
            ask<IssuerMetadata>([&](const auto& reply) { return m_relay.fetchMetadata(issuer, reply); });
        add(checkIssuer(issuer, metadata, m_language));
        add(checkClock(issuer, metadata ? challengeOf(*metadata) : fail(metadata.error()), m_clock.now(),
                       m_language));
    }

    /// A challenge that nobody will answer: it tells the platform's time, and that logins can start.
    Result<FetchedChallenge> challengeOf(const IssuerMetadata& platform) {
        ChallengeWish wish;
        wish.sessionBinding = toBase64Url(sha256(bytesOf("signet doctor")));
        const auto id = ask<std::string>(
            [&](const auto& reply) { return m_relay.createChallenge(platform, wish, reply); });
        if (!id) return fail(id.error());
        return ask<FetchedChallenge>(
            [&](const auto& reply) { return m_relay.fetchChallenge(platform, *id, reply); });
    }

    const Configuration& m_configuration;
    Language m_language;
    SystemClock m_clock;
    InterruptWatch m_interrupts;
    Relay m_relay{[this](std::string_view issuer) { return m_configuration.rootsFor(issuer); }};
    std::vector<Check> m_checks;
};

ExitStatus tell(const std::vector<Check>& checks, const CliOutput& output) {
    if (output.isJson)
        output.print(doctorJson(checks, output.language));
    else
        output.print(doctorText(checks, output.language));
    return hasFault(checks) ? ExitStatus::failed : ExitStatus::done;
}

}  // namespace

ExitStatus runDoctor(const Result<Configuration>& configuration, const CliOutput& output) {
    std::vector<Check> checks{checkConfiguration(configuration, output.language)};
    if (!configuration) {
        tell(checks, output);
        return ExitStatus::usage;
    }
    auto found = SelfCheck(*configuration, output.language).run();
    if (!found) return output.fail(found.error());
    for (auto& check : *found) checks.push_back(std::move(check));
    return tell(checks, output);
}

}  // namespace signet
