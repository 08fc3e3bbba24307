// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/challenge_service.hpp"

#include "base/encoding.hpp"
#include "certs/certificate.hpp"

#include <algorithm>

namespace signet {

Result<void> ChallengeService::checkInService() const {
    if (m_core.settings.maintenance.empty()) return {};
    Error error;
    error.code = ErrorCode::maintenance;
    error.detail = m_core.settings.maintenance;
    if (!m_core.settings.maintenanceUntil.empty()) error.params["date"] = m_core.settings.maintenanceUntil;
    return fail(std::move(error));
}

Result<Challenge> ChallengeService::draft(Purpose purpose) const {
    auto id = randomId();
    auto nonce = randomToken();
    if (!id || !nonce) return fail(ErrorCode::internalError, "no random numbers", "random");
    Challenge challenge;
    challenge.purpose = purpose;
    challenge.audience = m_core.settings.issuer;
    challenge.id = std::move(*id);
    challenge.nonce = std::move(*nonce);
    challenge.issuedAt = m_core.clock.now();
    challenge.expiresAt = challenge.issuedAt + m_core.settings.challengeLifetime;
    challenge.agreements = m_core.documents.references();
    challenge.algorithms = m_core.settings.algorithms;
    return challenge;
}

Result<StartedChallenge> ChallengeService::save(const ChallengeRecord& record) {
    auto saved = m_core.storage.saveChallenge(record, record.challenge.issuedAt);
    if (!saved) return fail(std::move(saved.error()));
    return StartedChallenge{record.challenge.id, m_core.settings.challengeLifetime};
}

Result<StartedChallenge> ChallengeService::startForPage(const PageStart& start) {
    if (auto open = checkInService(); !open) return fail(std::move(open.error()));
    const auto& origins = m_core.settings.origins;
    const std::string origin = start.origin.value_or(origins.front());
    if (std::find(origins.begin(), origins.end(), origin) == origins.end())
        return fail(ErrorCode::badRequest, "the Origin is not one of this platform's", "origin_not_allowed");
    auto secret = start.cookie ? Result<std::string>(*start.cookie) : randomToken();
    auto challenge = draft(start.purpose);
    if (!secret || !challenge) return fail(ErrorCode::internalError, "no random numbers", "random");
    challenge->request = start.request;
    challenge->sessionBinding = s256(*secret);
    auto started = save({std::move(*challenge), origin, false});
    if (started) started->cookie = std::move(*secret);
    return started;
}

Result<StartedChallenge> ChallengeService::startForAgent(const AgentStart& start) {
    if (auto open = checkInService(); !open) return fail(std::move(open.error()));
    auto challenge = draft(start.purpose);
    if (!challenge) return fail(std::move(challenge.error()));
    challenge->sessionBinding = start.sessionBinding;
    challenge->act = start.act;
    if (start.target) {
        auto text = rebindText(*start.target);
        if (!text) return fail(std::move(text.error()));
        challenge->text = std::move(*text);
    }
    return save({std::move(*challenge), std::string(kAgentOrigin), true, start.target});
}

/// What the user reads before the old certificate signs for the new one (R27).
Result<std::string> ChallengeService::rebindText(const Bytes& target) {
    auto record = m_core.storage.certificate(target);
    if (!record) return fail(std::move(record.error()));
    if (!*record || (**record).state != BindingState::pending)
        return fail(ErrorCode::certificateNotBound, "no such certificate waits for approval",
                    "nothing_pending");
    auto der = m_core.vault.unseal((**record).sealedDer, certificateContext(target));
    if (!der) return fail(std::move(der.error()));
    auto certificate = Certificate::fromDer(*der);
    if (!certificate) return fail(ErrorCode::internalError, "a stored certificate cannot be read", "storage");
    return "将新证书绑定到本账户:持有人 " + certificate->subjectCommonName() + ",有效期 " +
           dateText(certificate->notBefore()) + " 至 " + dateText(certificate->notAfter()) +
           ",证书指纹(SHA-256)" + certificate->fingerprintHex() + "。签名后,该证书可以登录本账户。";
}

Result<Challenge> ChallengeService::read(const std::string& id) {
    auto view = m_core.storage.challenge(id);
    if (!view) return fail(std::move(view.error()));
    if (!*view) return fail(ErrorCode::challengeUnknown, "no such challenge");
    auto& record = (**view).record;
    if ((**view).consumed) return fail(ErrorCode::challengeUsed, "the challenge has been used");
    if ((**view).state != LoginState::issued || record.challenge.expiresAt <= m_core.clock.now())
        return fail(ErrorCode::challengeExpired, "the challenge has expired");
    return std::move(record.challenge);
}

}  // namespace signet
