// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/first_run_keys.hpp"

#include "ui/certificate_cards.hpp"
#include "ui/fault_note.hpp"
#include "ui/literal_label.hpp"
#include "ui/theme.hpp"

#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

/// Nothing is wrong: a key is waited for.
bool isMissing(const RegistrationKeys& keys) {
    return keys.fault && keys.fault->code == ErrorCode::noToken;
}

bool isSame(const RegistrationKeys& a, const RegistrationKeys& b) {
    const auto sameCard = [](const CertificateCard& x, const CertificateCard& y) {
        return x.fingerprintHex == y.fingerprintHex && x.tokenLabel == y.tokenLabel;
    };
    const auto sameRefused = [&](const RefusedCard& x, const RefusedCard& y) {
        return sameCard(x.card, y.card) && x.reason.code == y.reason.code &&
               x.reason.reason == y.reason.reason;
    };
    return std::equal(a.usable.begin(), a.usable.end(), b.usable.begin(), b.usable.end(), sameCard) &&
           std::equal(a.refused.begin(), a.refused.end(), b.refused.begin(), b.refused.end(), sameRefused);
}

}  // namespace

KeysPage::KeysPage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent)
    : FirstRunPage(parts, facts, parent),
      m_say(literalLabel(this)),
      m_advice(literalLabel(this, "muted")),
      m_bar(busyBar(this)),
      m_fault(new FaultNote(this)),
      m_choice(new CertificateChoice(this)),
      m_again(new QPushButton(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    for (auto* label : {m_say, m_advice}) layout->addWidget(label);
    layout->addWidget(m_bar);
    layout->addWidget(m_fault);
    layout->addWidget(m_choice);
    layout->addWidget(m_again, 0, Qt::AlignLeft);
    layout->addStretch(1);
    connect(m_choice, &CertificateChoice::changed, this, &FirstRunPage::changed);
    connect(m_again, &QPushButton::clicked, this, &KeysPage::look);
    showKeys();
}

KeysPage::~KeysPage() {
    leave();
}

void KeysPage::enter() {
    m_keys.reset();
    showKeys();
    m_watch = m_parts.tokens.watch([this](const TokensChange&) { look(); });
    look();
}

void KeysPage::leave() {
    for (auto* command : {&m_watch, &m_listing})
        if (*command != 0) m_parts.tokens.cancel(std::exchange(*command, 0));
}

/// What is shown stays until the new listing is there.
void KeysPage::look() {
    if (m_listing != 0) m_parts.tokens.cancel(m_listing);
    m_again->setEnabled(false);
    m_listing = m_parts.tokens.list({}, [this](const TokenInventory& inventory) { onListed(inventory); });
}

void KeysPage::onListed(const TokenInventory& inventory) {
    m_listing = 0;
    m_again->setEnabled(true);
    const auto before = chosenFingerprint();
    auto keys = registrationKeys(inventory, m_parts.trust, m_parts.clock.now());
    const bool hasChanged = !m_keys || !isSame(*m_keys, keys);
    m_keys = std::move(keys);
    if (hasChanged) setCards(before);
    showKeys();
    emit changed();
}

/// The only one is chosen, and the one that was.
void KeysPage::setCards(const std::string& chosenBefore) {
    m_choice->setCards(m_keys->usable, m_keys->refused);
    const bool isOnly = m_keys->usable.size() == 1;
    for (std::size_t i = 0; i < m_keys->usable.size(); ++i)
        if (isOnly || m_keys->usable[i].fingerprintHex == chosenBefore) m_choice->choose(static_cast<int>(i));
}

void KeysPage::showKeys() {
    const bool isWaiting = !m_keys || isMissing(*m_keys);
    const bool hasFault = m_keys && m_keys->fault && !isMissing(*m_keys);
    if (hasFault) m_fault->setError(*m_keys->fault);
    m_say->setVisible(!hasFault);
    m_advice->setVisible(isWaiting);
    m_bar->setVisible(!m_keys);
    m_fault->setVisible(hasFault);
    m_choice->setVisible(m_keys && m_keys->usable.size() + m_keys->refused.size() > (m_keys->fault ? 1 : 0));
    m_again->setVisible(m_keys && m_keys->fault);
    nameAll();
}

std::string KeysPage::chosenFingerprint() const {
    const int index = m_choice->chosen();
    if (!m_keys || index < 0 || static_cast<std::size_t>(index) >= m_keys->usable.size()) return {};
    return m_keys->usable[static_cast<std::size_t>(index)].fingerprintHex;
}

bool KeysPage::isComplete() const {
    return !chosenFingerprint().empty();
}

bool KeysPage::goOn() {
    if (!isComplete()) return true;
    m_facts.certificate = m_keys->usable[static_cast<std::size_t>(m_choice->chosen())];
    return false;
}

void KeysPage::retranslate() {
    m_choice->retranslate();
    nameAll();
}

void KeysPage::nameAll() {
    if (!m_keys)
        m_say->setText(tr("Looking for USB keys…"));
    else if (m_keys->usable.size() > 1)
        m_say->setText(
            tr("With which certificate do you want to register? Choose that of your own company."));
    else if (!m_keys->usable.empty())
        m_say->setText(tr("You register with this certificate:"));
    else
        m_say->setText(tr("Plug in your USB key now."));
    m_advice->setText(m_keys ? tr("It appears here by itself after a few seconds.") : QString());
    m_bar->setAccessibleName(m_say->text());
    m_again->setText(tr("Look &again"));
}

QString KeysPage::title() const {
    return tr("Your USB key");
}

}  // namespace signet
