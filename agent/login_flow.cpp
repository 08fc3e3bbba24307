// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/login_flow.hpp"

#include "agent/canonical_url.hpp"
#include "agent/login_flow_run.hpp"
#include "base/encoding.hpp"
#include "certs/challenge_id.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace signet {
namespace {

constexpr std::size_t kSecretBytes = 32;

/// 256 random bits as base64url text. The standard library's string for it is wiped.
Result<SecretBytes> randomText() {
    SecretBytes bytes(kSecretBytes);
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return fail(ErrorCode::internalError, "RAND_bytes", "no_randomness");
    auto text = toBase64Url(bytes.view());
    SecretBytes secret(bytesOf(text));
    wipe(text.data(), text.size());
    return secret;
}

}  // namespace

LoginFlow::Run::Run(LoginPorts ports, LoginRequest request, LoginLimits limits)
    : m_ports(std::move(ports)), m_request(std::move(request)), m_limits(std::move(limits)) {
}

LoginFlow::Run::~Run() {
    if (m_step != LoginStep::idle && m_step != LoginStep::done) stop();
    m_signature.writeJournal(errorInfo(ErrorCode::userCancelled).name);
}

void LoginFlow::Run::start(Reply<LoginResult> reply) {
    assert(m_step == LoginStep::idle);
    m_reply = std::move(reply);
    m_step = LoginStep::fetch;
    m_startedAt = m_ports.timers.now();
    if (auto ready = prepare(); !ready) return finishWith(ready.error());
    // The user's own login may look at the tokens meanwhile; for a page nothing is touched before its
    // challenge has passed.
    if (m_request.isAgentStarted()) m_signature.startListing();
    m_platformCommand = m_ports.platform.fetchMetadata(m_request.issuer, then(&Run::onMetadata));
}

Result<void> LoginFlow::Run::prepare() {
    const auto& known = m_ports.issuers;
    if (std::find(known.begin(), known.end(), m_request.issuer) == known.end()) {
        Error error{.code = ErrorCode::issuerNotAllowed};
        if (isCanonicalIssuer(m_request.issuer)) error.params["host"] = hostOf(m_request.issuer);
        return fail(std::move(error));
    }
    auto key = randomText();
    auto secret = randomText();
    if (!key || !secret) return fail((key ? secret : key).error());
    m_idempotencyKey = textOf(key->view());
    if (m_request.isAgentStarted()) {
        m_secret = std::move(*secret);
        m_expected.sessionBinding = toBase64Url(sha256(m_secret.view()));
        return {};
    }
    if (m_request.origin == kAgentOrigin || !isCanonicalOrigin(m_request.origin))
        return fail(ErrorCode::originNotAllowed, "not a page's origin");
    if (!isChallengeId(*m_request.challengeId)) return fail(ErrorCode::invalidRequest, "challenge_id");
    return {};
}

void LoginFlow::Run::cancel() {
    if (m_step == LoginStep::idle || m_step == LoginStep::done) return;
    finish(fail(ErrorCode::userCancelled));
}

/// The last thing that happens: the reply may destroy this object.
void LoginFlow::Run::finish(Result<LoginResult> result) {
    m_ports.ui.showEnd(result ? nullptr : &result.error());
    stop();
    m_step = LoginStep::done;
    m_signature.writeJournal(result ? "ok" : errorInfo(result.error().code).name);
    const auto reply = std::exchange(m_reply, nullptr);
    reply(std::move(result));
}

/// Drops whatever is under way and every secret.
void LoginFlow::Run::stop() {
    endTurn();
    m_signature.stop();
    if (m_platformCommand != 0) m_ports.platform.cancel(m_platformCommand);
    for (const auto timer : {m_expiryTimer, m_retryTimer})
        if (timer != 0) m_ports.timers.cancel(timer);
    m_secret.clear();
    m_answer.reset();
    m_ports.ui.close();
}

LoginFlow::LoginFlow(LoginPorts ports, LoginRequest request, LoginLimits limits)
    : m_run(std::make_unique<Run>(std::move(ports), std::move(request), std::move(limits))) {
}

LoginFlow::~LoginFlow() = default;

void LoginFlow::start(Reply<LoginResult> reply) {
    m_run->start(std::move(reply));
}

void LoginFlow::cancel() {
    m_run->cancel();
}

LoginStep LoginFlow::step() const {
    return m_run->step();
}

}  // namespace signet
