// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_choice.hpp"
#include "agent/login_ports.hpp"
#include "agent/reply.hpp"
#include "base/secret.hpp"
#include "certs/statement.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signet {

/// What a login is asked for.
struct LoginRequest {
    std::string issuer{};
    /// Page-started: the origin that the agent saw and the id that the page gave. Agent-started: the
    /// defaults.
    std::string origin{kAgentOrigin};
    std::optional<std::string> challengeId{};
    /// Agent-started only: a page's challenge says for itself what it is for, and the user sees it.
    Purpose purpose = Purpose::login;
    Act act{};
    /// rebind (lead: the platform takes the hash, docs/protocol.md section 9): base64url SHA-256 of the
    /// certificate to be added; the login is signed with one that is bound already.
    std::string newCertificate{};
    CertificateSelection selection{};
    bool hasAcceptedAgreements = false;  ///< the user did so already (--accept-agreements)
    /// Those that the user has read and accepted already: where the challenge names others, the user is
    /// asked.
    std::vector<AgreementRef> acceptedAgreements{};
    bool isByUser = false;      ///< asked for in a window or menu of ours: the user has no need to be spared
    bool wantsSession = true;   ///< agent-started: else the handoff is left to expire, unredeemed
    bool isForBrowser = false;  ///< agent-started: the browser redeems it (protocol.md section 4)

    bool isAgentStarted() const { return !challengeId.has_value(); }
};

struct LoginDurations {
    std::chrono::milliseconds total{};
    std::chrono::microseconds sign{};  ///< of C_SignInit and C_Sign alone
};

struct LoginResult {
    AccountSummary account{};
    SecretBytes session{};  ///< agent-started only, where it is wanted and not for the browser
    SecretBytes handoff{};  ///< redeemed already when there is a session
    /// For the browser: "{browser_handoff}#{challenge}.{handoff}.{secret}".
    SecretBytes browserTarget{};
    std::string challengeId{};
    Certificate certificate;
    LoginDurations durations{};
    bool hasFactoryPin = false;  ///< the PIN is one that keys are handed out with
};

struct LoginLimits {
    /// Pauses before the same login is posted again after a lost answer; the last repeats.
    std::vector<std::chrono::milliseconds> pauses{
        std::chrono::milliseconds(200), std::chrono::milliseconds(500), std::chrono::milliseconds(1000),
        std::chrono::milliseconds(2000)};
    /// After the first post; the challenge's own life and that of the handoff bound it too.
    std::chrono::milliseconds retryFor{30'000};
};

/// One login from challenge to session: a state machine without I/O of its own (protocol.md sections 1 to 4).
/// Nothing is signed before every check has passed; a PIN goes to the token exactly as often as a person gave
/// one; a signature is verified before it is sent; a lost answer is asked for again with the same bytes.
/// A token that leaves its slot stops it as tokenRemoved when it is the chosen one, or the last of those
/// offered, until a person says how to go on; from the relay on the signature is made and the login goes on.
/// Thread: main. May be destroyed at any time, also from its own reply.
class LoginFlow {
public:
    LoginFlow(LoginPorts ports, LoginRequest request, LoginLimits limits = {});
    /// Ends silently: the reply is not called.
    ~LoginFlow();
    LoginFlow(const LoginFlow&) = delete;
    LoginFlow& operator=(const LoginFlow&) = delete;

    /// Once. Errors: every code of the table but those of the doors.
    void start(Reply<LoginResult> reply);
    /// Replies userCancelled, unless the flow has ended.
    void cancel();
    LoginStep step() const;

private:
    class Run;
    std::unique_ptr<Run> m_run;
};

}  // namespace signet
