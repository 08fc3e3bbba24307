// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/login_pages.hpp"

#include "agent/prompt_text.hpp"
#include "ui/fault_words.hpp"
#include "ui/icons.hpp"
#include "ui/literal_label.hpp"
#include "ui/pin_field.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"
#include "ui/ways_on.hpp"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace signet {
namespace {

constexpr int kIcon = 24;

QLabel* iconLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setFixedSize(kIcon, kIcon);
    return label;
}

void setIcon(QLabel& label, const char* name, const QColor& colour) {
    label.setPixmap(drawing(QString::fromLatin1(name), kIcon, colour, label.devicePixelRatioF()));
}

/// An icon, and beside it what `texts` holds.
QVBoxLayout* besideIcon(QWidget* page, QLabel* icon) {
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGrid + kGrid / 2);
    row->addWidget(icon, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout();
    column->setSpacing(kGrid / 2);
    row->addLayout(column, 1);
    return column;
}

}  // namespace

PinPage::PinPage(QWidget* parent)
    : QWidget(parent),
      m_label(literalLabel(this)),
      m_field(new PinField(this)),
      m_tries(literalLabel(this, "muted")) {
    m_label->setBuddy(m_field);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid / 2);
    layout->addWidget(m_label);
    layout->addWidget(m_field);
    layout->addWidget(m_tries);
    connect(m_field, &PinField::typed, this, &PinPage::changed);
    connect(m_field, &PinField::returnPressed, this, &PinPage::entered);
}

void PinPage::setQuestion(const PinQuestion& pin) {
    m_label->setText(tr("PIN"));
    QStringList notes;
    if (pin.triesLeft) notes << tr("%n tries left", "", *pin.triesLeft);
    if (!pin.triesLeft && pin.isCountLow) notes << tr("Few tries are left");
    m_field->setAccessibleName((QStringList{tr("PIN")} + notes).join(QStringLiteral(", ")));
    if (pin.mustChange)
        notes << tr(
            "This PIN is the one that the key was handed out with, or it has expired. Change it soon, in "
            "\"Keys and certificates\".");
    const bool isLow = pin.triesLeft ? *pin.triesLeft <= 2 : pin.isCountLow;
    setRole(*m_tries, isLow ? "warning" : "muted");
    m_tries->setText(notes.join(QLatin1Char('\n')));
    m_tries->setVisible(!notes.isEmpty());
}

bool PinPage::isComplete() const {
    return m_field->length() > 0;
}

ConfirmPage::ConfirmPage(QWidget* parent)
    : QWidget(parent), m_icon(iconLabel(this)), m_sentence(literalLabel(this, "strong")) {
    auto* column = besideIcon(this, m_icon);
    column->addWidget(m_sentence);
    m_boxLayout = new QVBoxLayout();
    m_boxLayout->setSpacing(kGrid / 2);
    column->addLayout(m_boxLayout);
}

void ConfirmPage::setQuestion(const LoginQuestion& question, Confirmation kind) {
    const bool isAgreement = kind == Confirmation::agreements || kind == Confirmation::changedAgreements;
    std::vector<AgreementCard> agreements;
    if (isAgreement)
        for (const auto& card : question.agreements)
            if (kind == Confirmation::agreements || card.acceptedVersion) agreements.push_back(card);
    setIcon(*m_icon, kind == Confirmation::pinPad ? "reader" : "alert", colours().accent);
    m_sentence->setText(kind == Confirmation::pinPad
                            ? tr("Go on, and enter the PIN on the reader where it has a keypad.")
                            : toQt(confirmationLine(question, kind, UiLanguage::current())));
    setBoxes(agreements);
}

/// What was ticked stays ticked while the same agreements are shown.
void ConfirmPage::setBoxes(const std::vector<AgreementCard>& agreements) {
    std::vector<AgreementRef> now;
    for (const auto& card : agreements) now.push_back(card.ref);
    std::vector<bool> ticks(agreements.size(), false);
    const auto isSame = [](const AgreementRef& a, const AgreementRef& b) {
        return a.id == b.id && a.version == b.version && a.sha256 == b.sha256;
    };
    if (std::equal(now.begin(), now.end(), m_shown.begin(), m_shown.end(), isSame))
        for (std::size_t i = 0; i < m_boxes.size(); ++i) ticks[i] = m_boxes[i]->isChecked();
    while (auto* item = m_boxLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_boxes.clear();
    m_shown = std::move(now);
    for (std::size_t i = 0; i < agreements.size(); ++i) addBox(agreements[i], ticks[i]);
}

void ConfirmPage::addBox(const AgreementCard& agreement, bool isTicked) {
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto title = shown(agreement.title.empty() ? agreement.ref.id : agreement.title, 32);
    auto* box = new QCheckBox(buttonText(tr("I have read and accept \"%1\"").arg(title)), row);
    box->setChecked(isTicked);
    box->setToolTip(toQt(agreementLine(agreement, UiLanguage::current())).toHtmlEscaped());
    layout->addWidget(box, 1);
    if (!agreement.url.empty()) {
        auto* read = new QPushButton(tr("Read"), row);
        read->setAccessibleName(tr("Read \"%1\" in the browser").arg(title));
        setRole(*read, "link");
        layout->addWidget(read);
        connect(read, &QPushButton::clicked, this,
                [this, url = toQt(agreement.url)] { emit linkWanted(url); });
    }
    connect(box, &QCheckBox::toggled, this, &ConfirmPage::changed);
    m_boxLayout->addWidget(row);
    row->show();
    m_boxes.push_back(box);
}

bool ConfirmPage::isComplete() const {
    return std::all_of(m_boxes.begin(), m_boxes.end(), [](const auto* box) { return box->isChecked(); });
}

FaultPage::FaultPage(QWidget* parent)
    : QWidget(parent),
      m_icon(iconLabel(this)),
      m_sentence(literalLabel(this, "fault")),
      m_advice(literalLabel(this)),
      m_code(literalLabel(this, "code")) {
    auto* column = besideIcon(this, m_icon);
    for (auto* label : {m_sentence, m_advice, m_code}) column->addWidget(label);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void FaultPage::setError(const Error& error, const QString& extra) {
    setRole(*m_sentence, "fault");
    setIcon(*m_icon, "alert", colours().accent);
    QStringList lines{adviceText(error, UiLanguage::current()), extra};
    lines.removeAll(QString());
    setTexts(faultText(error, UiLanguage::current()), lines.join(QLatin1Char('\n')), codeText(error));
}

void FaultPage::setHint(const QString& sentence, const QString& advice, const Error& error) {
    setRole(*m_sentence, "strong");
    setIcon(*m_icon, "key", colours().accent);
    setTexts(sentence, advice, codeText(error));
}

void FaultPage::setTexts(const QString& sentence, const QString& advice, const QString& code) {
    m_sentence->setText(breakable(sentence));
    m_advice->setText(breakable(advice));
    m_advice->setVisible(!advice.isEmpty());
    m_code->setText(code);
}

ProgressPage::ProgressPage(QWidget* parent)
    : QWidget(parent),
      m_icon(iconLabel(this)),
      m_sentence(literalLabel(this)),
      m_bar(new QProgressBar(this)) {
    auto* column = besideIcon(this, m_icon);
    column->addWidget(m_sentence);
    column->addWidget(m_bar);
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(kGrid / 2);
}

void ProgressPage::setBusy(const QString& sentence) {
    setIcon(*m_icon, "seal", colours().accent);
    setRole(*m_sentence, "strong");
    m_sentence->setText(sentence);
    m_bar->setAccessibleName(sentence);
    m_bar->show();
}

void ProgressPage::setDone(const QString& sentence) {
    setIcon(*m_icon, "check", colours().success);
    setRole(*m_sentence, "success");
    m_sentence->setText(sentence);
    m_bar->hide();
}

}  // namespace signet
