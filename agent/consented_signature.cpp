// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/consented_signature.hpp"

#include <algorithm>

namespace signet {
namespace {

/// With another token, another certificate or another try. Everything else is the same however often it is
/// tried.
bool canBeGotOver(ErrorCode code) {
    using enum ErrorCode;
    switch (code) {
        case noToken:
        case noCertificate:
        case tokenRemoved:
        case tokenError:
        case moduleFailed:
        case pinLocked:
        case signatureInvalid:
        case algNotAllowed:
        case certificateUntrusted:
        case certificateExpired:
        case certificateNotYetValid:
        case certificateRevoked:
        case certificateNotForLogin:
        case revocationUnknown:
        case identityMissing:
            return true;
        default:
            return false;
    }
}

}  // namespace

Error anotherCertificate() {
    return {.code = ErrorCode::userCancelled, .reason = "another_certificate"};
}

bool isAnotherCertificate(const Error& error) {
    return error.code == ErrorCode::userCancelled && error.reason == "another_certificate";
}

void ConsentedSignature::open(LoginQuestion question, CertificateDemand demand,
                              CertificateSelection selection) {
    m_question = std::move(question);
    m_demand = std::move(demand);
    m_selection = std::move(selection);
    m_step = LoginStep::choose;
    m_ports.ui.showStage(LoginStage::choose);
    if (m_listCommand == 0) return startListing();
    choose();
}

void ConsentedSignature::stop() {
    endTurn();
    m_listingTurn.reset();
    m_watchTurn.reset();
    for (const auto command : {m_listCommand, m_signCommand, m_watchCommand})
        if (command != 0) m_ports.tokens.cancel(command);
    if (m_checkCommand != 0) m_ports.checker.cancel(m_checkCommand);
}

void ConsentedSignature::startWatching() {
    if (m_watchCommand != 0) return;
    m_watchTurn = std::make_shared<int>(0);
    m_watchCommand =
        m_ports.tokens.watch([this, turn = std::weak_ptr<int>(m_watchTurn)](const TokensChange& change) {
            if (!turn.expired()) onTokensChanged(change);
        });
}

/// The first listing of a module tells of its tokens too. A removal may end the flow, and with it this
/// object.
void ConsentedSignature::onTokensChanged(const TokensChange& change) {
    const std::weak_ptr<int> turn = m_watchTurn;
    const bool wasWaiting = m_isWaiting;
    for (const auto& place : change.removed)
        if (!turn.expired()) onTokenRemoved(place);
    if (turn.expired()) return;
    if (m_isWaiting) {
        if (wasWaiting || !change.added.empty()) chooseAgain();
    } else if (std::ranges::any_of(change.added, [&](const auto& place) { return isNews(place); })) {
        onTokenAdded();
    }
}

void ConsentedSignature::onTokenAdded() {
    switch (m_step) {
        case LoginStep::fetch:
        case LoginStep::choose:
            if (!m_choices.empty()) return chooseAgain();
            m_ports.tokens.cancel(m_listCommand);
            return startListing();
        case LoginStep::check:
        case LoginStep::pin:
            if (!m_selection.isAny()) return;
            ++m_question.usableCertificates;
            if (m_step == LoginStep::pin) m_ports.ui.showArrival(m_question);
            return;
        case LoginStep::idle:
        case LoginStep::sign:
        case LoginStep::verify:
        case LoginStep::relay:
        case LoginStep::done:
            return;
    }
}

/// The listing that runs will tell of the tokens of a module that has not answered yet.
bool ConsentedSignature::isNews(const TokenPlace& place) const {
    const bool hasAnswered = std::ranges::any_of(
        m_inventory.modules, [&](const ModuleListing& module) { return module.module == place.module; });
    return (hasAnswered || !m_listingTurn) && !isListed(place);
}

bool ConsentedSignature::isListed(const TokenPlace& place) const {
    return std::ranges::any_of(m_inventory.modules, [&](const ModuleListing& module) {
        return module.result && module.module == place.module &&
               std::ranges::any_of(module.result->tokens, [&](const Token& token) {
                   return token.info.label == place.label && token.info.serial == place.serial;
               });
    });
}

bool ConsentedSignature::isOffered(const TokenPlace& place) const {
    return std::any_of(m_choices.begin(), m_choices.end(),
                       [&](const auto& choice) { return choice.place.isSameToken(place); });
}

void ConsentedSignature::onTokenRemoved(const TokenPlace& place) {
    switch (m_step) {
        case LoginStep::fetch:
        case LoginStep::choose:
            if (isOffered(place)) return onOfferRemoved(place);
            // What was listed before the removal is not offered after it.
            dropFromInventory(place);
            return;
        case LoginStep::check:
        case LoginStep::pin:
        case LoginStep::sign:
        case LoginStep::verify:
            if (m_chosen && m_chosen->place.isSameToken(place)) offerWayOn({.code = ErrorCode::tokenRemoved});
            return;
        case LoginStep::idle:
        case LoginStep::relay:
        case LoginStep::done:
            return;
    }
}

/// What is left is offered anew.
void ConsentedSignature::onOfferRemoved(const TokenPlace& place) {
    const bool isLast =
        std::ranges::all_of(m_choices, [&](const auto& choice) { return choice.place.isSameToken(place); });
    if (isLast) return offerWayOn({.code = ErrorCode::tokenRemoved});
    endTurn();
    dropFromInventory(place);
    m_choices.clear();
    choose();
}

void ConsentedSignature::dropFromInventory(const TokenPlace& place) {
    for (auto& module : m_inventory.modules)
        if (module.result && module.module == place.module)
            std::erase_if(module.result->tokens, [&](const Token& token) {
                return token.info.label == place.label && token.info.serial == place.serial;
            });
}

void ConsentedSignature::startListing() {
    startWatching();
    m_inventory = {};
    m_isListed = false;
    m_listingTurn = std::make_shared<int>(0);
    const std::weak_ptr<int> turn = m_listingTurn;
    m_listCommand = m_ports.tokens.list(
        [this, turn](const ModuleListing& listing) {
            if (!turn.expired()) onModule(listing);
        },
        [this, turn](TokenInventory inventory) {
            if (!turn.expired()) onInventory(std::move(inventory));
        });
}

void ConsentedSignature::onModule(const ModuleListing& listing) {
    auto& modules = m_inventory.modules;
    const auto place =
        std::find_if(modules.begin(), modules.end(), [&](const auto& m) { return m.order > listing.order; });
    modules.insert(place, listing);
    choose();
}

void ConsentedSignature::onInventory(TokenInventory inventory) {
    m_listingTurn.reset();
    // Kept as it was gathered where it is whole: a token that was removed meanwhile stays out.
    if (m_inventory.modules.size() != inventory.modules.size()) m_inventory = std::move(inventory);
    m_isListed = true;
    choose();
}

/// Goes on when the question and the tokens are there, in whichever order they come.
void ConsentedSignature::choose() {
    if (m_step != LoginStep::choose || !m_choices.empty()) return;
    if (!m_isListed) {
        if (auto early = earlyChoice()) {
            m_listingTurn.reset();
            onChoices({std::move(*early)});
        }
        return;
    }
    auto found = choices();
    if (found) return onChoices(std::move(*found));
    // The token was there a moment ago, when its PIN was wrong.
    if (m_isAskedAgain) found.error() = {.code = ErrorCode::tokenRemoved, .detail = found.error().detail};
    offerWayOn(found.error());
}

Result<std::vector<AssessedCertificate>> ConsentedSignature::choices() {
    auto certificates = assess(m_inventory, m_ports.trust, m_ports.clock.now(), m_demand);
    m_question.refusedCertificates.clear();
    for (const auto& each : certificates)
        if (!each.isUsable() && each.certificate && !each.certificate->isCa())
            m_question.refusedCertificates.push_back({cardFor(each), each.verdict.error()});
    auto found = choicesFor(m_inventory, std::move(certificates), m_selection);
    m_question.usableCertificates = found ? found->size() : 0;
    return found;
}

/// The one certificate that was asked for, or chosen before, needs no answer of slower modules.
std::optional<AssessedCertificate> ConsentedSignature::earlyChoice() {
    if (m_selection.fingerprintHex.empty() && !m_isAskedAgain) return std::nullopt;
    auto found = choices();
    if (!found) return std::nullopt;
    if (m_isAskedAgain) keepSame(*found);
    if (found->size() != 1) return std::nullopt;
    return std::move(found->front());
}

/// Leaves the certificate that was chosen before, where it still is.
void ConsentedSignature::keepSame(std::vector<AssessedCertificate>& choices) const {
    std::erase_if(choices, [&](const auto& choice) {
        return choice.place.serial != m_chosen->place.serial ||
               choice.place.module != m_chosen->place.module || choice.object.der != m_chosen->object.der;
    });
}

void ConsentedSignature::onChoices(std::vector<AssessedCertificate> choices) {
    if (m_isAskedAgain) {
        keepSame(choices);
        if (choices.empty()) return offerWayOn({.code = ErrorCode::tokenRemoved});
        m_chosen = std::move(choices.front());
        return enterPin();
    }
    if (choices.size() == 1) return onCertificate(std::move(choices.front()));
    m_choices = std::move(choices);
    std::vector<CertificateCard> cards;
    for (const auto& choice : m_choices) cards.push_back(cardFor(choice));
    m_ports.ui.chooseCertificate(m_question, cards, then(&ConsentedSignature::onCardChosen));
}

void ConsentedSignature::onCardChosen(std::size_t index) {
    if (index >= m_choices.size())
        return finishWith({.code = ErrorCode::internalError, .detail = "no such card"});
    auto chosen = std::move(m_choices[index]);
    m_choices.clear();
    onCertificate(std::move(chosen));
}

void ConsentedSignature::onCertificate(AssessedCertificate certificate) {
    m_chosen = std::move(certificate);
    m_question.certificate = cardFor(*m_chosen);
    m_step = LoginStep::check;
    m_checkCommand = m_ports.checker.check(
        *m_chosen->verdict, then(&ConsentedSignature::onChecked, &ConsentedSignature::offerWayOn));
}

void ConsentedSignature::onChecked(const RevocationProof&) {
    m_step = LoginStep::pin;
    m_owner.onCertificateReady();
}

/// Drops what is under way and asks the person; a face without one says no at once.
void ConsentedSignature::offerWayOn(const Error& error) {
    if (!canBeGotOver(error.code)) return finishWith(error);
    for (const auto command : {m_signCommand, m_listCommand})
        if (command != 0) m_ports.tokens.cancel(command);
    if (m_checkCommand != 0) m_ports.checker.cancel(m_checkCommand);
    m_listingTurn.reset();
    writeJournal(errorInfo(error.code).name);
    m_step = LoginStep::choose;
    m_choices.clear();
    m_isWaiting = true;
    m_lastError = error;
    m_ports.ui.offerRetry(m_question, error, then(&ConsentedSignature::onWayOnOffered));
}

void ConsentedSignature::onWayOnOffered(bool isWanted) {
    if (!isWanted) return finishWith(Error(*m_lastError));
    chooseAgain();
}

void ConsentedSignature::chooseAgain() {
    endTurn();
    m_isWaiting = false;
    m_isAskedAgain = false;
    m_wasFinalTryNews = false;
    m_choices.clear();
    m_chosen.reset();
    m_question.certificate.reset();
    m_lastError.reset();
    m_step = LoginStep::choose;
    m_ports.ui.showStage(LoginStage::choose);
    startListing();
}

/// The person said no, or wants to go back to the choice.
void ConsentedSignature::onRefused(const Error& error) {
    if (isAnotherCertificate(error)) return chooseAgain();
    finishWith(error);
}

}  // namespace signet
