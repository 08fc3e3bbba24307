// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/login_flow_run.hpp"

#include <algorithm>

namespace signet {
namespace {

/// Whether the platform may have acted without our knowing it, or was away for a moment: the same bytes give
/// the same answer, so asking again never logs in twice (R55).
bool isAnswerLost(const Error& error) {
    if (error.code == ErrorCode::platformUnreachable || error.code == ErrorCode::timeout) return true;
    if (error.code != ErrorCode::platformError) return false;
    // A front says this while the platform behind it starts.
    return error.reason == "http_502" || error.reason == "http_503" || error.reason == "http_504";
}

SecretBytes browserTarget(std::string_view page, std::string_view challenge, const SecretBytes& handoff,
                          const SecretBytes& secret) {
    const auto start = std::string(page) + "#" + std::string(challenge) + ".";
    SecretBytes target(start.size() + handoff.size() + 1 + secret.size());
    auto* end = std::copy(start.begin(), start.end(), target.data());
    end = std::copy_n(handoff.data(), handoff.size(), end);
    *end++ = '.';
    std::copy_n(secret.data(), secret.size(), end);
    return target;
}

}  // namespace

void LoginFlow::Run::startRetries(Time until) {
    m_retries = 0;
    m_retryUntil = std::min(until, m_ports.timers.now() + m_limits.retryFor);
}

void LoginFlow::Run::retryOr(const Error& error, void (Run::*again)()) {
    if (!isAnswerLost(error) || m_limits.pauses.empty()) return finishWith(error);
    const auto pause = m_limits.pauses[std::min(m_retries, m_limits.pauses.size() - 1)];
    if (m_ports.timers.now() + pause >= m_retryUntil) return finishWith(error);
    ++m_retries;
    m_retryTimer = m_ports.timers.after(pause, [this, again, turn = beginTurn()] {
        if (!turn.expired()) (this->*again)();
    });
}

void LoginFlow::Run::postLogin() {
    m_platformCommand =
        m_ports.platform.postLogin(m_platform, m_login, then(&Run::onLoginAnswer, &Run::onPostFailed));
}

void LoginFlow::Run::onPostFailed(const Error& error) {
    retryOr(error, &Run::postLogin);
}

void LoginFlow::Run::onLoginAnswer(RelayedLogin answer) {
    if (m_ports.agreements != nullptr && !m_fetched->challenge.agreements.empty())
        m_ports.agreements->accept(m_request.issuer, m_signature.question().certificate->fingerprintHex,
                                   m_fetched->challenge.agreements);
    m_answer = std::move(answer);
    const bool isRedeemedHere =
        m_request.isAgentStarted() && m_request.wantsSession && !m_request.isForBrowser;
    if (!isRedeemedHere) return succeed(SecretBytes());
    startRetries(m_ports.timers.now() + m_answer->expiresIn);
    complete();
}

void LoginFlow::Run::complete() {
    const Completion completion{.challengeId = m_login.challengeId,
                                .handoff = m_answer->handoff.view(),
                                .secret = m_secret.view(),
                                .idempotencyKey = m_idempotencyKey,
                                .peerCertificate = m_login.peerCertificate};
    m_platformCommand =
        m_ports.platform.complete(m_platform, completion, then(&Run::onCompleted, &Run::onCompleteFailed));
}

void LoginFlow::Run::onCompleteFailed(const Error& error) {
    retryOr(error, &Run::complete);
}

void LoginFlow::Run::onCompleted(CompletionAnswer answer) {
    if (answer.account) m_answer->account = std::move(*answer.account);
    succeed(std::move(answer.session));
}

void LoginFlow::Run::succeed(SecretBytes session) {
    const auto total = m_ports.timers.now() - m_startedAt;
    LoginResult result{.account = std::move(m_answer->account),
                       .session = std::move(session),
                       .handoff = std::move(m_answer->handoff),
                       .challengeId = m_login.challengeId,
                       .certificate = m_signature.chain().leaf()};
    if (m_request.isForBrowser)
        result.browserTarget =
            browserTarget(m_platform.browserHandoff, m_login.challengeId, result.handoff, m_secret);
    result.hasFactoryPin = m_signature.hasFactoryPin();
    result.durations = {std::chrono::duration_cast<std::chrono::milliseconds>(total), m_signDuration};
    finish(std::move(result));
}

}  // namespace signet
