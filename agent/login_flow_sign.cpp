// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/factory_pin.hpp"
#include "agent/login_flow_run.hpp"
#include "base/encoding.hpp"
#include "certs/signature.hpp"

#include <algorithm>

namespace signet {
namespace {

Error pinError(const TokenInfo& token, ErrorCode code, std::string reason = {}) {
    Error error{.code = code, .reason = std::move(reason)};
    error.triesLeft = token.triesLeft;
    return error;
}

}  // namespace

void LoginFlow::Run::startPin() {
    m_step = LoginStep::pin;
    m_ports.ui.showStage(LoginStage::pin);
    const auto& token = m_chosen->token;
    if (token.isPinLocked) return finishWith(pinError(token, ErrorCode::pinLocked));
    if (token.isLoginRequired && !token.isUserPinSet)
        return finishWith(pinError(token, ErrorCode::tokenError, "pin_not_set"));
    if (!token.isPinFinalTry) return askPin();
    m_ports.ui.confirm(m_question, Confirmation::finalPinTry, then(&Run::onFinalTryConfirmed));
}

void LoginFlow::Run::onFinalTryConfirmed(bool isAccepted) {
    if (!isAccepted) return finishWith(pinError(m_chosen->token, ErrorCode::pinFinalTryDeclined));
    askPin();
}

void LoginFlow::Run::askPin() {
    const auto& token = m_chosen->token;
    const bool isTyped = token.isLoginRequired && !(token.hasProtectedPath && m_ports.usePinPad);
    if (!isTyped) return m_ports.ui.confirm(m_question, Confirmation::pinPad, then(&Run::onPinPadConfirmed));
    const PinQuestion question{.tokenLabel = token.label,
                               .triesLeft = token.triesLeft,
                               .isCountLow = token.isPinCountLow,
                               .isFinalTry = token.isPinFinalTry,
                               .mustChange = token.mustChangePin,
                               .minPinBytes = token.minPinBytes,
                               .maxPinBytes = token.maxPinBytes,
                               .lastError = m_lastError};
    m_ports.ui.askPin(m_question, question, then(&Run::onPin));
}

void LoginFlow::Run::onPinPadConfirmed(bool isAccepted) {
    if (!isAccepted) return finish(fail(ErrorCode::userCancelled));
    sign(SecretBytes());
}

/// A PIN of impossible length costs no try: it is not sent. An empty one must never be, the host would take
/// it for "on the reader".
void LoginFlow::Run::onPin(SecretBytes pin) {
    const auto& token = m_chosen->token;
    if (!acceptsPinLength(token, pin.size()))
        return onSignFailed(withPinLengths(pinError(token, ErrorCode::pinIncorrect, "pin_length"), token));
    m_hasFactoryPin = isFactoryPin(pin.view());
    sign(std::move(pin));
}

SignRequest LoginFlow::Run::signRequest() {
    const auto& chain = *m_chosen->verdict;
    const auto& challenge = m_fetched->challenge;
    const auto& place = m_chosen->place;
    SignRequest request;
    request.key = {place.slot, place.label, place.serial, m_chosen->object.id, m_chosen->object.der};
    request.isFinalTryAccepted = m_chosen->token.isPinFinalTry;
    if (chain.leaf().keyType() == KeyType::sm2) request.sm2 = sm2Ways();
    const auto payload = statementPayload(challenge, m_request.origin, m_login.binding, chain.leaf());
    for (const auto algorithm : challenge.algorithms) {
        if (!fits(algorithm, chain.leaf().keyType())) continue;
        request.algorithms.push_back(algorithm);
        request.statements.push_back(signingInput(encodeProtected(algorithm, chain.forHeader()), payload));
    }
    return request;
}

Sm2Ways LoginFlow::Run::sm2Ways() const {
    const auto& module = m_chosen->place.module;
    if (m_ports.sm2 != nullptr) return m_ports.sm2->ways(module, m_chosen->token);
    return signet::sm2Ways(builtInSm2Profiles(), module.filename().string(), m_chosen->token.manufacturer,
                           {});
}

/// The host's word counts only for a way that it was asked to try.
void LoginFlow::Run::learnSm2(const std::string& strategy) {
    const auto& asked = m_signRequest.sm2.strategies;
    if (m_ports.sm2 == nullptr || std::ranges::find(asked, strategy, &Sm2Strategy::name) == asked.end())
        return;
    m_ports.sm2->learn(m_chosen->place.module, m_chosen->token, strategy);
}

void LoginFlow::Run::forgetSm2() {
    if (m_ports.sm2 == nullptr || m_signRequest.sm2.strategies.empty()) return;
    m_ports.sm2->forget(m_chosen->place.module, m_chosen->token);
}

void LoginFlow::Run::sign(SecretBytes pin) {
    if (m_ports.timers.now() >= m_expiresAt) return onExpiry();
    m_step = LoginStep::sign;
    m_ports.ui.showStage(LoginStage::signing);
    m_login.challengeId = m_fetched->challenge.id;
    m_login.binding = {"tls-server-end-point", toBase64Url(m_fetched->peerCertificate)};
    m_login.peerCertificate = m_fetched->peerCertificate;
    m_signRequest = signRequest();
    const auto& card = *m_question.certificate;
    m_journal = JournalRecord{.time = m_ports.clock.now(),
                              .issuer = m_request.issuer,
                              .origin = m_request.origin,
                              .purpose = m_question.purpose,
                              .client = m_question.client,
                              .act = m_question.act,
                              .certificate = card.fingerprintHex,
                              .subjectName = card.name,
                              .subjectNumber = card.number,
                              .challengeId = m_login.challengeId};
    m_signCommand = m_ports.tokens.sign(m_chosen->place.module, m_signRequest, std::move(pin),
                                        then(&Run::onSigned, &Run::onSignFailed));
}

/// A wrong PIN may be entered again, if a person says so; anything else ends the login. Where tries were used
/// up elsewhere since the token was read, nothing was sent: the person is asked about the last one.
void LoginFlow::Run::onSignFailed(const Error& error) {
    if (error.code == ErrorCode::signatureInvalid) forgetSm2();
    const bool isFinalTryNews = error.code == ErrorCode::pinFinalTryDeclined && error.reason == "not_asked";
    if (isFinalTryNews && !std::exchange(m_wasFinalTryNews, true)) {
        writeJournal(errorInfo(error.code).name);
        return readTokenAgain();
    }
    if (error.code != ErrorCode::pinIncorrect || error.triesLeft == 0) return finishWith(error);
    m_step = LoginStep::pin;
    writeJournal(errorInfo(error.code).name);
    m_lastError = error;
    m_ports.ui.offerRetry(m_question, error, then(&Run::onRetryOffered));
}

void LoginFlow::Run::onRetryOffered(bool isWanted) {
    if (!isWanted) return finishWith(Error(*m_lastError));
    readTokenAgain();
}

/// Its flags have changed.
void LoginFlow::Run::readTokenAgain() {
    m_isAskedAgain = true;
    m_step = LoginStep::choose;
    startListing();
}

Result<void> LoginFlow::Run::verify(const SignReply& reply) const {
    if (reply.chosen >= m_signRequest.algorithms.size())
        return fail(ErrorCode::signatureInvalid, "an algorithm that was not asked for", "algorithm");
    const auto& leaf = m_chosen->verdict->leaf();
    const auto verified = verifySignature(m_signRequest.algorithms[reply.chosen], leaf.key(),
                                          bytesOf(m_signRequest.statements[reply.chosen]), reply.signature);
    if (!verified) return fail(ErrorCode::signatureInvalid, verified.error().detail, "does_not_verify");
    return {};
}

void LoginFlow::Run::onSigned(SignReply reply) {
    m_step = LoginStep::verify;
    if (auto verified = verify(reply); !verified) {
        forgetSm2();
        return finishWith(verified.error());
    }
    learnSm2(reply.sm2Strategy);
    const auto& statement = m_signRequest.statements[reply.chosen];
    m_login.protectedHeader = statement.substr(0, statement.find('.'));
    m_login.signature = std::move(reply.signature);
    m_signDuration = reply.signDuration;
    m_step = LoginStep::relay;
    m_ports.ui.showStage(LoginStage::relaying);
    startRetries(m_expiresAt);
    postLogin();
}

}  // namespace signet
