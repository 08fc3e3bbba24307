// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/consented_signature.hpp"
#include "agent/factory_pin.hpp"
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

void ConsentedSignature::enterPin() {
    m_step = LoginStep::pin;
    m_ports.ui.showStage(LoginStage::pin);
    const auto& token = m_chosen->token;
    if (token.isPinLocked) return offerWayOn(pinError(token, ErrorCode::pinLocked));
    if (token.isLoginRequired && !token.isUserPinSet)
        return offerWayOn(pinError(token, ErrorCode::tokenError, "pin_not_set"));
    if (!token.isPinFinalTry) return askPin();
    m_ports.ui.confirm(m_question, Confirmation::finalPinTry,
                       then(&ConsentedSignature::onFinalTryConfirmed, &ConsentedSignature::onRefused));
}

void ConsentedSignature::onFinalTryConfirmed(bool isAccepted) {
    if (!isAccepted) return finishWith(pinError(m_chosen->token, ErrorCode::pinFinalTryDeclined));
    askPin();
}

void ConsentedSignature::askPin() {
    const auto& token = m_chosen->token;
    const bool isTyped = token.isLoginRequired && !(token.hasProtectedPath && m_ports.usePinPad);
    if (!isTyped)
        return m_ports.ui.confirm(
            m_question, Confirmation::pinPad,
            then(&ConsentedSignature::onPinPadConfirmed, &ConsentedSignature::onRefused));
    const PinQuestion question{.tokenLabel = token.label,
                               .triesLeft = token.triesLeft,
                               .isCountLow = token.isPinCountLow,
                               .isFinalTry = token.isPinFinalTry,
                               .mustChange = token.mustChangePin,
                               .minPinBytes = token.minPinBytes,
                               .maxPinBytes = token.maxPinBytes,
                               .lastError = m_lastError};
    m_ports.ui.askPin(m_question, question, then(&ConsentedSignature::onPin, &ConsentedSignature::onRefused));
}

void ConsentedSignature::onPinPadConfirmed(bool isAccepted) {
    if (!isAccepted) return finishWith({.code = ErrorCode::userCancelled});
    sign(SecretBytes());
}

/// A PIN of impossible length costs no try: it is not sent. An empty one must never be, the host would take
/// it for "on the reader".
void ConsentedSignature::onPin(SecretBytes pin) {
    const auto& token = m_chosen->token;
    if (!acceptsPinLength(token, pin.size()))
        return onSignFailed(withPinLengths(pinError(token, ErrorCode::pinIncorrect, "pin_length"), token));
    m_hasFactoryPin = isFactoryPin(pin.view());
    sign(std::move(pin));
}

SignRequest ConsentedSignature::signRequest(SigningOrder& order) const {
    const auto& place = m_chosen->place;
    SignRequest request;
    request.key = {place.slot, place.label, place.serial, m_chosen->object.id, m_chosen->object.der};
    request.kind = order.kind;
    request.isFinalTryAccepted = m_chosen->token.isPinFinalTry;
    if (chain().leaf().keyType() == KeyType::sm2) request.sm2 = sm2Ways();
    request.algorithms = std::move(order.algorithms);
    request.statements = std::move(order.messages);
    return request;
}

Sm2Ways ConsentedSignature::sm2Ways() const {
    const auto& module = m_chosen->place.module;
    if (m_ports.sm2 != nullptr) return m_ports.sm2->ways(module, m_chosen->token);
    return signet::sm2Ways(builtInSm2Profiles(), module.filename().string(), m_chosen->token.manufacturer,
                           {});
}

/// The host's word counts only for a way that it was asked to try.
void ConsentedSignature::learnSm2(const std::string& strategy) {
    const auto& asked = m_signRequest.sm2.strategies;
    if (m_ports.sm2 == nullptr || std::ranges::find(asked, strategy, &Sm2Strategy::name) == asked.end())
        return;
    m_ports.sm2->learn(m_chosen->place.module, m_chosen->token, strategy);
}

void ConsentedSignature::forgetSm2() {
    if (m_ports.sm2 == nullptr || m_signRequest.sm2.strategies.empty()) return;
    m_ports.sm2->forget(m_chosen->place.module, m_chosen->token);
}

void ConsentedSignature::sign(SecretBytes pin) {
    auto order = m_owner.order();
    if (!order) return finishWith(order.error());
    m_step = LoginStep::sign;
    m_ports.ui.showStage(LoginStage::signing);
    m_signRequest = signRequest(*order);
    openJournal(std::move(order->journal));
    m_signCommand =
        m_ports.tokens.sign(m_chosen->place.module, m_signRequest, std::move(pin),
                            then(&ConsentedSignature::onSigned, &ConsentedSignature::onSignFailed));
}

void ConsentedSignature::openJournal(JournalRecord record) {
    const auto& card = *m_question.certificate;
    record.time = m_ports.clock.now();
    record.certificate = card.fingerprintHex;
    record.subjectName = card.name;
    record.subjectNumber = card.number;
    m_journal = std::move(record);
}

void ConsentedSignature::writeJournal(std::string_view result) {
    auto record = std::exchange(m_journal, std::nullopt);
    if (!record || m_ports.journal == nullptr) return;
    record->result = result;
    m_ports.journal->record(*record);
}

/// A wrong PIN may be entered again, if a person says so; anything else ends the login. Where tries were used
/// up elsewhere since the token was read, nothing was sent: the person is asked about the last one.
void ConsentedSignature::onSignFailed(const Error& error) {
    if (error.code == ErrorCode::signatureInvalid) forgetSm2();
    const bool isFinalTryNews = error.code == ErrorCode::pinFinalTryDeclined && error.reason == "not_asked";
    if (isFinalTryNews && !std::exchange(m_wasFinalTryNews, true)) {
        writeJournal(errorInfo(error.code).name);
        return readTokenAgain();
    }
    if (error.code != ErrorCode::pinIncorrect || error.triesLeft == 0) return offerWayOn(error);
    m_step = LoginStep::pin;
    writeJournal(errorInfo(error.code).name);
    m_lastError = error;
    m_ports.ui.offerRetry(m_question, error, then(&ConsentedSignature::onRetryOffered));
}

void ConsentedSignature::onRetryOffered(bool isWanted) {
    if (!isWanted) return finishWith(Error(*m_lastError));
    readTokenAgain();
}

/// Its flags have changed.
void ConsentedSignature::readTokenAgain() {
    m_isAskedAgain = true;
    m_step = LoginStep::choose;
    startListing();
}

Result<void> ConsentedSignature::verify(const SignReply& reply) const {
    if (reply.chosen >= m_signRequest.algorithms.size())
        return fail(ErrorCode::signatureInvalid, "an algorithm that was not asked for", "algorithm");
    const auto& leaf = chain().leaf();
    const auto verified = verifySignature(m_signRequest.algorithms[reply.chosen], leaf.key(),
                                          bytesOf(m_signRequest.statements[reply.chosen]), reply.signature);
    if (!verified) return fail(ErrorCode::signatureInvalid, verified.error().detail, "does_not_verify");
    return {};
}

void ConsentedSignature::onSigned(SignReply reply) {
    m_step = LoginStep::verify;
    if (auto verified = verify(reply); !verified) {
        forgetSm2();
        return offerWayOn(verified.error());
    }
    learnSm2(reply.sm2Strategy);
    m_step = LoginStep::relay;
    m_owner.onSigned({.algorithm = m_signRequest.algorithms[reply.chosen],
                      .message = std::move(m_signRequest.statements[reply.chosen]),
                      .signature = std::move(reply.signature),
                      .duration = reply.signDuration});
}

}  // namespace signet
