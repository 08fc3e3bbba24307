// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/first_run_agreements.hpp"

#include "ui/agreement_view.hpp"
#include "ui/fault_note.hpp"
#include "ui/literal_label.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QCheckBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kTitleColumns = 48;

bool hasMaterialClauses(const AgreementText& text) {
    return std::any_of(text.paragraphs.begin(), text.paragraphs.end(), [](const auto& paragraph) {
        return std::any_of(paragraph.runs.begin(), paragraph.runs.end(),
                           [](const auto& run) { return run.isBold; });
    });
}

QVBoxLayout* columnOf(QWidget* widget) {
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    return layout;
}

}  // namespace

AgreementsPage::AgreementsPage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent)
    : FirstRunPage(parts, facts, parent), m_loader(parts.platform), m_stack(new QStackedLayout(this)) {
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(makeWaiting());
    m_stack->addWidget(makeFailed());
    m_none = literalLabel(this);
    m_none->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_stack->addWidget(m_none);
    m_stack->addWidget(makeReader());
    connect(m_again, &QPushButton::clicked, this, &AgreementsPage::load);
    connect(m_web, &QPushButton::clicked, this, [this] {
        if (m_index < m_documents.size()) m_parts.openInBrowser(m_documents[m_index].published.url);
    });
    connect(m_tick, &QCheckBox::toggled, this, &AgreementsPage::onTicked);
}

QWidget* AgreementsPage::makeWaiting() {
    auto* page = new QWidget(this);
    auto* column = columnOf(page);
    m_wait = literalLabel(page);
    m_bar = busyBar(page);
    column->addWidget(m_wait);
    column->addWidget(m_bar);
    column->addStretch(1);
    return page;
}

QWidget* AgreementsPage::makeFailed() {
    auto* page = new QWidget(this);
    auto* column = columnOf(page);
    m_fault = new FaultNote(page);
    m_again = new QPushButton(page);
    column->addWidget(m_fault);
    column->addSpacing(kGrid);
    column->addWidget(m_again, 0, Qt::AlignLeft);
    column->addStretch(1);
    return page;
}

QWidget* AgreementsPage::makeReader() {
    auto* page = new QWidget(this);
    auto* column = columnOf(page);
    m_version = literalLabel(page, "muted");
    m_web = new QPushButton(page);
    setRole(*m_web, "link");
    auto* head = new QHBoxLayout();
    head->addWidget(m_version, 1);
    head->addWidget(m_web);
    m_text = new AgreementView(page);
    m_hint = literalLabel(page, "muted");
    m_tick = new QCheckBox(page);
    column->addLayout(head);
    column->addWidget(m_text, 1);
    column->addWidget(m_hint);
    column->addWidget(m_tick);
    setTabOrder(m_web, m_text);
    setTabOrder(m_text, m_tick);
    return page;
}

void AgreementsPage::enter() {
    const bool isThere = m_issuer == m_facts.issuer && (m_state == State::reading || m_state == State::none);
    if (!isThere) load();
}

void AgreementsPage::leave() {
    m_loader.cancel();
}

void AgreementsPage::forget() {
    m_issuer.clear();
}

void AgreementsPage::load() {
    m_issuer = m_facts.issuer;
    m_documents.clear();
    m_ticked.clear();
    m_index = 0;
    m_facts.accepted.clear();
    setState(State::loading);
    m_loader.load(m_issuer, [this](Result<std::vector<AgreementDocument>> documents) {
        onLoaded(std::move(documents));
    });
}

void AgreementsPage::onLoaded(Result<std::vector<AgreementDocument>> documents) {
    if (!documents) {
        m_fault->setError(documents.error());
        return setState(State::failed);
    }
    m_documents = std::move(*documents);
    if (m_documents.empty()) return setState(State::none);
    setState(State::reading);
    showDocument(0);
}

void AgreementsPage::setState(State state) {
    m_state = state;
    m_stack->setCurrentIndex(static_cast<int>(state));
    retranslate();
    emit changed();
    auto* field = firstField();
    if (field != nullptr && isVisible()) field->setFocus();
}

void AgreementsPage::showDocument(std::size_t index) {
    m_index = index;
    const auto& document = m_documents[index];
    m_text->setAgreement(document.text, shown(document.published.title, kTitleColumns));
    {
        const QSignalBlocker blocker(m_tick);
        m_tick->setChecked(m_ticked.contains(index));
    }
    m_web->setVisible(!document.published.url.empty());
    m_hint->setVisible(hasMaterialClauses(document.text));
    nameDocument();
    if (isVisible()) m_text->setFocus();
    emit changed();
}

void AgreementsPage::nameDocument() {
    if (m_state != State::reading) return;
    const auto& document = m_documents[m_index];
    const auto title = shown(document.published.title, kTitleColumns);
    const auto version = shown(document.published.version, kTitleColumns);
    const auto date = shown(document.text.date, kTitleColumns);
    m_version->setText(date.isEmpty() ? tr("Version %1").arg(version)
                                      : tr("Version %1, published on %2").arg(version, date));
    m_tick->setText(tr("I have read and &accept \"%1\"").arg(buttonText(title)));
}

void AgreementsPage::onTicked(bool isTicked) {
    if (isTicked)
        m_ticked.insert(m_index);
    else
        m_ticked.erase(m_index);
    emit changed();
}

bool AgreementsPage::isComplete() const {
    return m_state == State::none || (m_state == State::reading && m_ticked.contains(m_index));
}

/// Each is ticked before the next one comes; the last way on needs them all.
bool AgreementsPage::goOn() {
    if (m_state == State::reading && m_index + 1 < m_documents.size()) {
        showDocument(m_index + 1);
        return true;
    }
    if (m_ticked.size() != m_documents.size()) return true;
    m_facts.accepted = m_documents;
    return false;
}

bool AgreementsPage::goBack() {
    if (m_state != State::reading || m_index == 0) return false;
    showDocument(m_index - 1);
    return true;
}

void AgreementsPage::retranslate() {
    m_wait->setText(tr("The agreements are being fetched from %1…").arg(platformName(m_issuer)));
    m_bar->setAccessibleName(m_wait->text());
    m_again->setText(tr("Try &again"));
    m_none->setText(tr("This platform has no agreements that you would have to accept."));
    m_web->setText(tr("&Open as a web page"));
    m_hint->setText(
        tr("The clauses in bold limit your rights or bind you in particular. Please read them with care."));
    nameDocument();
}

QString AgreementsPage::title() const {
    if (m_state != State::reading) return tr("Read the agreements");
    const auto title = shown(m_documents[m_index].published.title, kTitleColumns);
    if (m_documents.size() == 1) return title;
    return tr("%1 (%2 of %3)").arg(title).arg(m_index + 1).arg(m_documents.size());
}

QWidget* AgreementsPage::firstField() const {
    switch (m_state) {
        case State::failed:
            return m_again;
        case State::reading:
            return m_text;
        case State::loading:
        case State::none:
            break;
    }
    return nullptr;
}

}  // namespace signet
