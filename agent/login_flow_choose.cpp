// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/login_flow_run.hpp"

#include <algorithm>

namespace signet {

void LoginFlow::Run::startWatching() {
    if (m_watchCommand != 0) return;
    m_watchTurn = std::make_shared<int>(0);
    m_watchCommand =
        m_ports.tokens.watch([this, turn = std::weak_ptr<int>(m_watchTurn)](const TokensChange& change) {
            if (!turn.expired()) onTokensChanged(change);
        });
}

/// A removal may end the flow, and with it this object.
void LoginFlow::Run::onTokensChanged(const TokensChange& change) {
    const std::weak_ptr<int> turn = m_watchTurn;
    for (const auto& place : change.removed)
        if (!turn.expired()) onTokenRemoved(place);
}

void LoginFlow::Run::startListing() {
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

void LoginFlow::Run::onModule(const ModuleListing& listing) {
    auto& modules = m_inventory.modules;
    const auto place =
        std::find_if(modules.begin(), modules.end(), [&](const auto& m) { return m.order > listing.order; });
    modules.insert(place, listing);
    choose();
}

void LoginFlow::Run::onInventory(TokenInventory inventory) {
    m_listingTurn.reset();
    // Kept as it was gathered where it is whole: a token that was removed meanwhile stays out.
    if (m_inventory.modules.size() != inventory.modules.size()) m_inventory = std::move(inventory);
    m_isListed = true;
    choose();
}

/// Goes on when the challenge and the tokens are there, in whichever order they come.
void LoginFlow::Run::choose() {
    if (m_step != LoginStep::choose || !m_choices.empty()) return;
    if (!m_isListed) {
        if (auto early = earlyChoice()) {
            m_listingTurn.reset();
            onChoices({std::move(*early)});
        }
        return;
    }
    const auto& challenge = m_fetched->challenge;
    auto certificates =
        assess(m_inventory, m_ports.trust, m_ports.clock.now(), {challenge.issuers, challenge.algorithms});
    auto choices = choicesFor(m_inventory, std::move(certificates), m_request.selection);
    if (!choices) {
        // The token was there a moment ago, when its PIN was wrong.
        if (m_isAskedAgain) return finish(fail(ErrorCode::tokenRemoved, choices.error().detail));
        return finishWith(choices.error());
    }
    onChoices(std::move(*choices));
}

/// The one certificate that was asked for, or chosen before, needs no answer of slower modules.
std::optional<AssessedCertificate> LoginFlow::Run::earlyChoice() const {
    if (m_request.selection.fingerprintHex.empty() && !m_isAskedAgain) return std::nullopt;
    const auto& challenge = m_fetched->challenge;
    auto certificates =
        assess(m_inventory, m_ports.trust, m_ports.clock.now(), {challenge.issuers, challenge.algorithms});
    auto choices = choicesFor(m_inventory, std::move(certificates), m_request.selection);
    if (!choices) return std::nullopt;
    if (m_isAskedAgain) keepSame(*choices);
    if (choices->size() != 1) return std::nullopt;
    return std::move(choices->front());
}

/// Leaves the certificate that was chosen before, where it still is.
void LoginFlow::Run::keepSame(std::vector<AssessedCertificate>& choices) const {
    std::erase_if(choices, [&](const auto& choice) {
        return choice.place.serial != m_chosen->place.serial ||
               choice.place.module != m_chosen->place.module || choice.object.der != m_chosen->object.der;
    });
}

void LoginFlow::Run::onChoices(std::vector<AssessedCertificate> choices) {
    if (m_isAskedAgain) {
        keepSame(choices);
        if (choices.empty()) return finish(fail(ErrorCode::tokenRemoved));
        m_chosen = std::move(choices.front());
        return startPin();
    }
    if (choices.size() == 1) return onCertificate(std::move(choices.front()));
    m_choices = std::move(choices);
    std::vector<CertificateCard> cards;
    for (const auto& choice : m_choices) cards.push_back(cardFor(choice));
    m_ports.ui.chooseCertificate(m_question, cards, then(&Run::onCardChosen));
}

void LoginFlow::Run::onCardChosen(std::size_t index) {
    if (index >= m_choices.size()) return finish(fail(ErrorCode::internalError, "no such card"));
    auto chosen = std::move(m_choices[index]);
    m_choices.clear();
    onCertificate(std::move(chosen));
}

void LoginFlow::Run::onCertificate(AssessedCertificate certificate) {
    m_chosen = std::move(certificate);
    m_question.certificate = cardFor(*m_chosen);
    m_step = LoginStep::check;
    m_checkCommand = m_ports.checker.check(*m_chosen->verdict, then(&Run::onChecked));
}

void LoginFlow::Run::onChecked(const RevocationProof&) {
    m_step = LoginStep::pin;
    confirmAgreements();
}

/// Registering accepts the agreements, a login only says so again, unless they have changed since this user
/// accepted them (R63).
void LoginFlow::Run::confirmAgreements() {
    if (m_request.hasAcceptedAgreements || m_question.agreements.empty()) return confirmPurpose();
    const auto reply = then(&Run::onAgreementsConfirmed);
    if (m_question.purpose == Purpose::bind)
        return m_ports.ui.confirm(m_question, Confirmation::agreements, reply);
    const auto& certificate = m_question.certificate->fingerprintHex;
    const bool hasChanged =
        m_ports.agreements != nullptr &&
        markChanged(m_question.agreements, m_ports.agreements->accepted(m_request.issuer, certificate));
    if (!hasChanged) return confirmPurpose();
    m_ports.ui.confirm(m_question, Confirmation::changedAgreements, reply);
}

void LoginFlow::Run::onAgreementsConfirmed(bool isAccepted) {
    if (isAccepted) return confirmPurpose();
    if (m_question.purpose == Purpose::bind)
        return finish(fail(ErrorCode::userCancelled, "agreements not accepted", "agreements_declined"));
    finish(fail(ErrorCode::agreementOutdated, "new version not accepted", "agreements_declined"));
}

/// What cannot be taken back, and every text of the platform, is confirmed by itself before a PIN is asked
/// for it.
bool LoginFlow::Run::hasPurposeToConfirm() const {
    const auto purpose = m_question.purpose;
    return m_question.text.has_value() || purpose == Purpose::cancel || purpose == Purpose::freeze;
}

void LoginFlow::Run::confirmPurpose() {
    if (!hasPurposeToConfirm()) return startPin();
    m_ports.ui.confirm(m_question, Confirmation::purposeText, then(&Run::onPurposeConfirmed));
}

void LoginFlow::Run::onPurposeConfirmed(bool isAccepted) {
    if (!isAccepted) return finish(fail(ErrorCode::userCancelled));
    startPin();
}

}  // namespace signet
