// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/login_flow_run.hpp"
#include "base/encoding.hpp"

#include <algorithm>

namespace signet {
namespace {

/// Every agreement that is signed is among them, the very text.
bool areAmong(const std::vector<AgreementCard>& signedOnes, const std::vector<AgreementRef>& accepted) {
    return std::all_of(signedOnes.begin(), signedOnes.end(), [&](const AgreementCard& card) {
        return std::any_of(accepted.begin(), accepted.end(), [&](const AgreementRef& known) {
            return known.id == card.ref.id && known.version == card.ref.version &&
                   known.sha256 == card.ref.sha256;
        });
    });
}

}  // namespace

void LoginFlow::Run::onCertificateReady() {
    confirmAgreements();
}

/// Registering accepts the agreements, a login only says so again, unless they have changed since this user
/// accepted them (R63).
void LoginFlow::Run::confirmAgreements() {
    auto& question = m_signature.question();
    if (m_request.hasAcceptedAgreements || areAmong(question.agreements, m_request.acceptedAgreements))
        return confirmPurpose();
    const auto reply = then(&Run::onAgreementsConfirmed);
    if (question.purpose == Purpose::bind)
        return m_ports.ui.confirm(question, Confirmation::agreements, reply);
    const auto& certificate = question.certificate->fingerprintHex;
    const bool hasChanged =
        m_ports.agreements != nullptr &&
        markChanged(question.agreements, m_ports.agreements->accepted(m_request.issuer, certificate));
    if (!hasChanged) return confirmPurpose();
    m_ports.ui.confirm(question, Confirmation::changedAgreements, reply);
}

void LoginFlow::Run::onAgreementsConfirmed(bool isAccepted) {
    if (isAccepted) return confirmPurpose();
    if (m_signature.question().purpose == Purpose::bind)
        return finish(fail(ErrorCode::userCancelled, "agreements not accepted", "agreements_declined"));
    finish(fail(ErrorCode::agreementOutdated, "new version not accepted", "agreements_declined"));
}

/// What cannot be taken back, and every text of the platform, is confirmed by itself before a PIN is asked
/// for it.
bool LoginFlow::Run::hasPurposeToConfirm() const {
    const auto& question = m_signature.question();
    const auto purpose = question.purpose;
    return question.text.has_value() || purpose == Purpose::cancel || purpose == Purpose::freeze;
}

void LoginFlow::Run::confirmPurpose() {
    if (!hasPurposeToConfirm()) return m_signature.enterPin();
    m_ports.ui.confirm(m_signature.question(), Confirmation::purposeText, then(&Run::onPurposeConfirmed));
}

void LoginFlow::Run::onPurposeConfirmed(bool isAccepted) {
    if (!isAccepted) return finish(fail(ErrorCode::userCancelled));
    m_signature.enterPin();
}

Result<SigningOrder> LoginFlow::Run::order() {
    if (m_ports.timers.now() >= m_expiresAt) return fail(tooSlow());
    const auto& challenge = m_fetched->challenge;
    const auto& chain = m_signature.chain();
    m_login.challengeId = challenge.id;
    m_login.binding = {"tls-server-end-point", toBase64Url(m_fetched->peerCertificate)};
    m_login.peerCertificate = m_fetched->peerCertificate;
    const auto& question = m_signature.question();
    SigningOrder order;
    order.journal = {.issuer = m_request.issuer,
                     .origin = m_request.origin,
                     .purpose = question.purpose,
                     .client = question.client,
                     .act = question.act,
                     .challengeId = challenge.id};
    const auto payload = statementPayload(challenge, m_request.origin, m_login.binding, chain.leaf());
    for (const auto algorithm : challenge.algorithms) {
        if (!fits(algorithm, chain.leaf().keyType())) continue;
        order.algorithms.push_back(algorithm);
        order.messages.push_back(signingInput(encodeProtected(algorithm, chain.forHeader()), payload));
    }
    return order;
}

void LoginFlow::Run::onSigned(MadeSignature signature) {
    m_login.protectedHeader = signature.message.substr(0, signature.message.find('.'));
    m_login.signature = std::move(signature.signature);
    m_signDuration = signature.duration;
    m_step = LoginStep::relay;
    m_ports.ui.showStage(LoginStage::relaying);
    startRetries(m_expiresAt);
    postLogin();
}

}  // namespace signet
