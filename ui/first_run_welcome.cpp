// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/first_run_welcome.hpp"

#include "ui/elided_label.hpp"
#include "ui/literal_label.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QButtonGroup>
#include <QRadioButton>
#include <QVBoxLayout>

namespace signet {

WelcomePage::WelcomePage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent)
    : FirstRunPage(parts, facts, parent),
      m_what(literalLabel(this)),
      m_question(literalLabel(this, "muted")),
      m_host(new ElidedLabel(this)),
      m_choices(new QVBoxLayout()),
      m_group(new QButtonGroup(this)),
      m_hint(literalLabel(this, "muted")),
      m_missing(literalLabel(this, "fault")),
      m_missingAdvice(literalLabel(this)) {
    setRole(*m_host, "host");
    m_choices->setSpacing(kGrid);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    layout->addWidget(m_what);
    layout->addSpacing(2 * kGrid);
    for (auto* label : {m_missing, m_missingAdvice, m_question}) layout->addWidget(label);
    layout->addWidget(m_host);
    layout->addLayout(m_choices);
    layout->addWidget(m_hint);
    layout->addStretch(1);
    connect(m_group, &QButtonGroup::idToggled, this, &FirstRunPage::changed);
}

void WelcomePage::enter() {
    if (m_issuers != m_parts.configuration.issuers || m_facts.issuer.empty()) setIssuers();
}

/// One platform is shown; of several none is chosen beforehand.
void WelcomePage::setIssuers() {
    m_issuers = m_parts.configuration.issuers;
    for (auto* button : m_group->buttons()) delete button;
    const bool isOne = m_issuers.size() == 1;
    m_host->setVisible(isOne);
    if (isOne) m_host->setWholeText(platformName(m_issuers.front()));
    if (m_issuers.size() > 1)
        for (std::size_t i = 0; i < m_issuers.size(); ++i) {
            auto* button = new QRadioButton(buttonText(platformName(m_issuers[i])), this);
            m_group->addButton(button, static_cast<int>(i));
            m_choices->addWidget(button);
        }
    for (auto* label : {m_question, m_hint}) label->setVisible(!m_issuers.empty());
    m_missing->setVisible(m_issuers.empty());
    m_missingAdvice->setVisible(m_issuers.empty());
    retranslate();
}

std::string WelcomePage::chosen() const {
    if (m_issuers.size() == 1) return m_issuers.front();
    const auto index = m_group->checkedId();
    return index < 0 ? std::string() : m_issuers[static_cast<std::size_t>(index)];
}

bool WelcomePage::isComplete() const {
    return !chosen().empty();
}

bool WelcomePage::goOn() {
    m_facts.issuer = chosen();
    return false;
}

void WelcomePage::retranslate() {
    m_what->setText(
        tr("Signet logs you in to websites with the certificate on your USB key. You need no website "
           "password, and the PIN of your key never leaves this computer."));
    m_question->setText(m_issuers.size() > 1 ? tr("Which platform do you want to register at?")
                                             : tr("You register once, in a few minutes, at this platform:"));
    m_hint->setText(tr("Have your USB key and its PIN at hand."));
    m_missing->setText(tr("This computer does not know yet which platform you log in to."));
    m_missingAdvice->setText(
        tr("Ask your administrator to set the address of the platform in Signet's "
           "configuration (setting: issuer). Then open \"Register a certificate…\" in Signet's menu."));
}

QString WelcomePage::title() const {
    return tr("Welcome to Signet");
}

QWidget* WelcomePage::firstField() const {
    return m_group->buttons().isEmpty() ? nullptr : m_group->buttons().front();
}

}  // namespace signet
