// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/canonical_url.hpp"
#include "agent/login_flow_run.hpp"

#include <algorithm>

namespace signet {
namespace {

constexpr std::chrono::seconds kLookAgainAfter{5};

Error maintenanceOf(const IssuerMetadata& platform) {
    Error error{.code = ErrorCode::maintenance, .isFromPlatform = true};
    if (!platform.maintenanceUntil.empty()) error.params["date"] = platform.maintenanceUntil;
    if (!platform.notice.empty()) error.params["notice"] = platform.notice;
    return error;
}

}  // namespace

Error LoginFlow::Run::tooSlow() {
    return {.code = ErrorCode::challengeExpired, .detail = "the time of the challenge ran out"};
}

void LoginFlow::Run::onMetadata(IssuerMetadata platform) {
    m_platform = std::move(platform);
    if (m_platform.isInMaintenance) return finishWith(maintenanceOf(m_platform));
    if (!m_request.isAgentStarted()) {
        const auto& origins = m_platform.origins;
        if (std::find(origins.begin(), origins.end(), m_request.origin) == origins.end())
            return finish(fail(ErrorCode::originNotAllowed, "not in the issuer's origins", "not_of_issuer"));
        return fetchChallenge(*m_request.challengeId);
    }
    const ChallengeWish wish{m_request.purpose, m_expected.sessionBinding, m_request.act,
                             m_request.newCertificate};
    m_platformCommand = m_ports.platform.createChallenge(m_platform, wish, then(&Run::onChallengeCreated));
}

void LoginFlow::Run::onChallengeCreated(const std::string& challengeId) {
    fetchChallenge(challengeId);
}

void LoginFlow::Run::fetchChallenge(const std::string& challengeId) {
    m_expected.challengeId = challengeId;
    m_platformCommand = m_ports.platform.fetchChallenge(m_platform, challengeId, then(&Run::onChallenge));
}

void LoginFlow::Run::onChallenge(FetchedChallenge fetched) {
    if (auto checked = checkChallenge(fetched.challenge, m_request, m_expected); !checked) {
        auto error = checked.error();
        error.params["host"] = hostOf(m_request.issuer);
        return finishWith(error);
    }
    m_fetched = std::move(fetched);
    startExpiry();
    m_step = LoginStep::choose;
    const auto& challenge = m_fetched->challenge;
    m_signature.open(questionFor(m_request, m_platform, challenge), {challenge.issuers, challenge.algorithms},
                     m_request.selection);
}

void LoginFlow::Run::startExpiry() {
    const auto life = lifeOf(m_fetched->challenge);
    m_expiresAt = m_ports.timers.now() + life;
    m_expiryTimer = m_ports.timers.after(life, [this] { onExpiry(); });
}

/// A person was too slow. Once the token signs, the platform's word counts.
void LoginFlow::Run::onExpiry() {
    m_expiryTimer = 0;
    const auto now = step();
    // What the token has begun it may end; a person who is asked again after it must not be waited for.
    if (now == LoginStep::sign || now == LoginStep::verify) {
        m_expiryTimer = m_ports.timers.after(kLookAgainAfter, [this] { onExpiry(); });
        return;
    }
    if (now == LoginStep::choose || now == LoginStep::check || now == LoginStep::pin) finishWith(tooSlow());
}

}  // namespace signet
