// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/login_parts.hpp"

#include "agent/cli_setup.hpp"

#include <utility>

namespace signet {

Result<std::unique_ptr<LoginParts>> LoginParts::load(const Configuration& configuration, Warn warn) {
    auto trust = loadTrust(configuration);
    if (!trust) return fail(trust.error());
    auto profiles = loadSm2Profiles(configuration.moduleProfiles);
    if (!profiles) return fail(profiles.error());
    const auto modules = findModules(configuration);
    if (!modules) return fail(modules.error());
    return std::unique_ptr<LoginParts>(
        new LoginParts(configuration, std::move(*trust), std::move(*profiles), *modules, warn));
}

LoginParts::LoginParts(const Configuration& configuration, TrustList trust, std::vector<Sm2Profile> profiles,
                       const std::vector<ModuleFile>& modules, const Warn& warn)
    : m_configuration(configuration),
      m_trust(std::move(trust)),
      m_journal(defaultJournalFile()),
      m_journalWriter(m_journal, warn),
      m_agreements(defaultAgreementsFile(), m_clock, warn),
      m_sm2(std::move(profiles), defaultSm2MemoryFile(), warn),
      m_revocation(m_transport, m_clock, configuration.revocation),
      m_checker(m_revocation),
      m_relay([this](std::string_view issuer) { return m_configuration.rootsFor(issuer); }),
      m_tokens(openTokens(modules)) {
}

LoginPorts LoginParts::ports(Ui& ui) {
    return {.ui = ui,
            .tokens = m_tokens,
            .platform = m_relay,
            .checker = m_checker,
            .trust = m_trust,
            .clock = m_clock,
            .timers = m_timers,
            .issuers = m_configuration.issuers,
            .agreements = &m_agreements,
            .journal = &m_journalWriter,
            .sm2 = &m_sm2,
            .usePinPad = m_configuration.usePinPad};
}

}  // namespace signet
