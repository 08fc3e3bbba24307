// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/accepted_agreements.hpp"
#include "agent/certificate_checker.hpp"
#include "agent/configuration.hpp"
#include "agent/host_tokens.hpp"
#include "agent/journal.hpp"
#include "agent/login_flow.hpp"
#include "agent/relay.hpp"
#include "agent/sm2_memory.hpp"
#include "agent/timers.hpp"
#include "certs/revocation.hpp"
#include "pkcs11/module_discovery.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace signet {

/// Everything that logins need besides a face, put together from the configuration and this user's files.
/// Thread: main, with a Qt application.
class LoginParts {
public:
    /// What could not be written; no login is lost for it.
    using Warn = std::function<void(const Error&)>;
    /// `configuration` outlives this object. Errors: configurationInvalid.
    static Result<std::unique_ptr<LoginParts>> load(const Configuration& configuration, Warn warn);

    /// `ui` and this object outlive what works with the ports.
    LoginPorts ports(Ui& ui);
    Tokens& tokens() { return m_tokens; }
    PlatformClient& platform() { return m_relay; }
    const TrustList& trust() const { return m_trust; }
    const Clock& clock() const { return m_clock; }
    const Journal& journal() const { return m_journal; }
    AcceptedAgreements& agreements() { return m_agreements; }
    const Configuration& configuration() const { return m_configuration; }

private:
    LoginParts(const Configuration& configuration, TrustList trust, std::vector<Sm2Profile> profiles,
               const std::vector<ModuleFile>& modules, const Warn& warn);

    const Configuration& m_configuration;
    TrustList m_trust;
    SystemClock m_clock;
    QtTimers m_timers;
    Journal m_journal;
    JournalWriter m_journalWriter;
    AcceptedAgreementsFile m_agreements;
    Sm2Memory m_sm2;
    HttpRevocationTransport m_transport;
    RevocationChecker m_revocation;
    ThreadedCertificateChecker m_checker;
    Relay m_relay;
    HostTokens m_tokens;
};

}  // namespace signet
