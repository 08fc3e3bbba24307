// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/challenge_check.hpp"
#include "agent/consented_signature.hpp"
#include "agent/login_flow.hpp"
#include "agent/turns.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signet {

/// What is behind LoginFlow: the data of one login and a function for each thing that can happen next.
/// Fetch and relay are here; what lies between them, from the tokens to the signature, is m_signature's.
/// Private to login_flow*.cpp.
class LoginFlow::Run final : private Turns<LoginFlow::Run>, private SignatureOwner {
public:
    Run(LoginPorts ports, LoginRequest request, LoginLimits limits);
    ~Run();
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    void start(Reply<LoginResult> reply);
    void cancel();
    LoginStep step() const { return m_step == LoginStep::choose ? m_signature.step() : m_step; }

private:
    friend class Turns<Run>;
    using Time = std::chrono::steady_clock::time_point;

    // login_flow.cpp: begin and end
    Result<void> prepare();
    void finish(Result<LoginResult> result);
    void finishWith(const Error& error) { finish(fail(error)); }
    void stop();
    void onNotSigned(const Error& error) override { finishWith(error); }

    // login_flow_fetch.cpp
    void onMetadata(IssuerMetadata platform);
    void onChallengeCreated(const std::string& challengeId);
    void fetchChallenge(const std::string& challengeId);
    void onChallenge(FetchedChallenge fetched);
    void startExpiry();
    void onExpiry();
    static Error tooSlow();

    // login_flow_consent.cpp
    void onCertificateReady() override;
    void confirmAgreements();
    void onAgreementsConfirmed(bool isAccepted);
    void confirmPurpose();
    void onPurposeConfirmed(bool isAccepted);
    bool hasPurposeToConfirm() const;
    Result<SigningOrder> order() override;
    void onSigned(MadeSignature signature) override;

    // login_flow_relay.cpp
    void postLogin();
    void onPostFailed(const Error& error);
    void onLoginAnswer(RelayedLogin answer);
    void complete();
    void onCompleteFailed(const Error& error);
    void onCompleted(CompletionAnswer answer);
    void succeed(SecretBytes session);
    /// Calls `again` after a pause where the answer was lost and there is time; else ends the flow.
    void retryOr(const Error& error, void (Run::*again)());
    void startRetries(Time until);

    const LoginPorts m_ports;
    LoginRequest m_request;
    const LoginLimits m_limits;
    Reply<LoginResult> m_reply;
    LoginStep m_step = LoginStep::idle;  ///< choose: m_signature's own
    Time m_startedAt{};
    ConsentedSignature m_signature{m_ports, *this};

    CommandId m_platformCommand = 0;
    CommandId m_expiryTimer = 0;
    CommandId m_retryTimer = 0;

    // fetch
    SecretBytes m_secret;  ///< agent-started: its base64url text
    ChallengeExpectation m_expected;
    IssuerMetadata m_platform;
    std::optional<FetchedChallenge> m_fetched;
    Time m_expiresAt{};

    // sign
    std::chrono::microseconds m_signDuration{};

    // relay
    SignedLogin m_login;
    std::optional<RelayedLogin> m_answer;
    std::string m_idempotencyKey;
    std::size_t m_retries = 0;
    Time m_retryUntil{};
};

}  // namespace signet
