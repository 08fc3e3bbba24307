// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/challenge_check.hpp"
#include "agent/login_flow.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signet {

/// What is behind LoginFlow: the data of one login and a function for each thing that can happen next.
/// Private to login_flow*.cpp.
///
/// Every command that is given carries a turn. A reply counts once, and only while its turn is the present
/// one: whatever comes late, twice or after the end finds its turn gone. A function that gives a command, or
/// ends the flow, does so as its last act, because the reply may come at once and may destroy this object.
class LoginFlow::Run {
public:
    Run(LoginPorts ports, LoginRequest request, LoginLimits limits);
    ~Run();
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    void start(Reply<LoginResult> reply);
    void cancel();
    void onTokenRemoved(const TokenPlace& place);
    LoginStep step() const { return m_step; }

private:
    using Time = std::chrono::steady_clock::time_point;

    // login_flow.cpp: begin and end
    Result<void> prepare();
    void finish(Result<LoginResult> result);
    void finishWith(const Error& error) { finish(fail(error)); }
    void stop();
    void writeJournal(std::string_view result);
    bool isOffered(const TokenPlace& place) const;

    /// The reply to the next command: an error ends the flow, a value goes to `handler`.
    template <class T>
    Reply<T> then(void (Run::*handler)(T)) {
        return then<T>(handler, &Run::finishWith);
    }
    template <class T>
    Reply<T> then(void (Run::*handler)(const T&)) {
        return replyTo<T>(handler, &Run::finishWith);
    }
    template <class T>
    Reply<T> then(void (Run::*handler)(T), void (Run::*onError)(const Error&)) {
        return replyTo<T>(handler, onError);
    }
    template <class T, class Handler>
    Reply<T> replyTo(Handler handler, void (Run::*onError)(const Error&)) {
        m_turn = std::make_shared<int>(0);
        return [this, turn = std::weak_ptr<int>(m_turn), handler, onError](Result<T> result) {
            if (turn.expired()) return;
            m_turn.reset();
            if (!result) return (this->*onError)(result.error());
            (this->*handler)(std::move(*result));
        };
    }

    // login_flow_fetch.cpp
    void onMetadata(IssuerMetadata platform);
    void onChallengeCreated(const std::string& challengeId);
    void fetchChallenge(const std::string& challengeId);
    void onChallenge(FetchedChallenge fetched);
    void startExpiry();
    void onExpiry();

    // login_flow_choose.cpp
    void startListing();
    void startWatching();
    void onTokensChanged(const TokensChange& change);
    void onModule(const ModuleListing& listing);
    void onInventory(TokenInventory inventory);
    void choose();
    std::optional<AssessedCertificate> earlyChoice() const;
    void keepSame(std::vector<AssessedCertificate>& choices) const;
    void onChoices(std::vector<AssessedCertificate> choices);
    void onCardChosen(std::size_t index);
    void onCertificate(AssessedCertificate certificate);
    void onChecked(const RevocationProof& proof);
    void confirmAgreements();
    void onAgreementsConfirmed(bool isAccepted);
    void confirmPurpose();
    void onPurposeConfirmed(bool isAccepted);
    bool hasPurposeToConfirm() const;

    // login_flow_sign.cpp
    void startPin();
    void onFinalTryConfirmed(bool isAccepted);
    void askPin();
    void onPinPadConfirmed(bool isAccepted);
    void onPin(SecretBytes pin);
    void sign(SecretBytes pin);
    SignRequest signRequest();
    void onSignFailed(const Error& error);
    void onRetryOffered(bool isWanted);
    void readTokenAgain();
    void onSigned(SignReply reply);
    Sm2Ways sm2Ways() const;
    void learnSm2(const std::string& strategy);
    void forgetSm2();
    Result<void> verify(const SignReply& reply) const;

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
    LoginStep m_step = LoginStep::idle;
    std::shared_ptr<int> m_turn;
    std::shared_ptr<int> m_listingTurn;  ///< the listing runs beside the fetch
    std::shared_ptr<int> m_watchTurn;    ///< removals are told beside everything
    Time m_startedAt{};

    CommandId m_platformCommand = 0;
    CommandId m_listCommand = 0;
    CommandId m_watchCommand = 0;
    CommandId m_signCommand = 0;
    CommandId m_checkCommand = 0;
    CommandId m_expiryTimer = 0;
    CommandId m_retryTimer = 0;

    // fetch
    SecretBytes m_secret;  ///< agent-started: its base64url text
    ChallengeExpectation m_expected;
    IssuerMetadata m_platform;
    std::optional<FetchedChallenge> m_fetched;
    Time m_expiresAt{};
    LoginQuestion m_question;

    // choose
    TokenInventory m_inventory;
    bool m_isListed = false;
    std::vector<AssessedCertificate> m_choices;
    std::optional<AssessedCertificate> m_chosen;
    bool m_wasFinalTryNews = false;  ///< the token was read again for it; once
    bool m_isAskedAgain = false;  ///< a person wants to enter the PIN once more; everything else was settled

    // pin, sign
    std::optional<Error> m_lastError;
    SignRequest m_signRequest;
    std::optional<JournalRecord> m_journal;  ///< of an attempt that has not ended
    std::chrono::microseconds m_signDuration{};
    bool m_hasFactoryPin = false;

    // relay
    SignedLogin m_login;
    std::optional<RelayedLogin> m_answer;
    std::string m_idempotencyKey;
    std::size_t m_retries = 0;
    Time m_retryUntil{};
};

}  // namespace signet
