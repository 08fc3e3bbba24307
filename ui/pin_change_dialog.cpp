// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/pin_change_dialog.hpp"

#include "agent/pin_change_rules.hpp"
#include "ui/fault_note.hpp"
#include "ui/literal_label.hpp"
#include "ui/pin_field.hpp"
#include "ui/theme.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr int kColumnWidth = 55 * kGrid;

}  // namespace

PinChangeDialog::PinChangeDialog(Tokens& tokens, bool usePinPad, QWidget* parent)
    : QWidget(parent),
      m_tokens(tokens),
      m_usePinPad(usePinPad),
      m_title(literalLabel(this, "title")),
      m_name(literalLabel(this)),
      m_tries(literalLabel(this, "muted")),
      m_lengths(literalLabel(this, "muted")),
      m_message(literalLabel(this)),
      m_progress(new QProgressBar(this)),
      m_fault(new FaultNote(this)),
      m_cancel(new QPushButton(this)),
      m_primary(new QPushButton(this)) {
    build();
    retranslate();
}

PinChangeDialog::~PinChangeDialog() {
    if (m_command != 0) m_tokens.cancel(m_command);
}

void PinChangeDialog::build() {
    auto* column = new QVBoxLayout;
    column->setSpacing(kGrid);
    for (auto* label : {m_title, m_name, m_tries}) column->addWidget(label);
    column->addSpacing(kGrid);
    for (int i = 0; i < 3; ++i) {
        m_labels[i] = literalLabel(this);
        m_fields[i] = new PinField(this);
        m_labels[i]->setBuddy(m_fields[i]);
        column->addWidget(m_labels[i]);
        column->addWidget(m_fields[i]);
        if (i == oldPin) column->addSpacing(kGrid);
        connect(m_fields[i], &PinField::typed, this, &PinChangeDialog::onTyped);
        connect(m_fields[i], &QLineEdit::returnPressed, this, [this, i] { focusNext(m_fields[i]); });
    }
    for (auto* widget : std::initializer_list<QWidget*>{m_lengths, m_fault, m_message, m_progress})
        column->addWidget(widget);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(kGrid);
    column->addSpacing(kGrid);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_primary);
    column->addLayout(buttons);
    column->addStretch();
    setRole(*m_primary, "primary");
    for (auto* button : {m_cancel, m_primary}) button->setAutoDefault(true);  // Enter presses it.
    connect(m_cancel, &QPushButton::clicked, this, &PinChangeDialog::onCancel);
    connect(m_primary, &QPushButton::clicked, this, &PinChangeDialog::onPrimary);

    auto* middle = new QWidget(this);
    middle->setMaximumWidth(kColumnWidth);
    column->setContentsMargins(0, 0, 0, 0);
    middle->setLayout(column);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(middle, 100);
    layout->addStretch(1);
}

// ---- what happens ----

void PinChangeDialog::start(const TokenChoice& token) {
    stop();
    m_token = token;
    m_isPresent = true;
    m_isFinalTryAccepted = false;
    m_wasStopped = false;
    m_fault->clear();
    begin();
}

void PinChangeDialog::stop() {
    if (m_command != 0) m_tokens.cancel(std::exchange(m_command, 0));
    wipeFields();
}

/// The first of the questions that is still to be asked.
void PinChangeDialog::begin() {
    const auto& info = m_token.info;
    if (!m_isPresent) {
        m_fault->setError(Error{.code = ErrorCode::tokenRemoved});
        return enter(Stage::removed);
    }
    if (const auto possible = checkPinCanChange(info); !possible) {
        m_fault->setError(possible.error());
        return enter(Stage::refused);
    }
    if (info.isPinFinalTry && !m_isFinalTryAccepted) return enter(Stage::finalTry);
    enter(isPinEnteredOnReader(info, m_usePinPad) ? Stage::reader : Stage::fields);
}

void PinChangeDialog::setToken(const TokenInfo* info) {
    const bool wasPresent = std::exchange(m_isPresent, info != nullptr);
    if (info != nullptr) {
        m_token.info = *info;
        m_token.place.slot = info->slot;
    }
    // What runs says by itself how it ends, and what was done stays done.
    if (m_stage == Stage::running || m_stage == Stage::done) return;
    if (wasPresent == m_isPresent) return showTries();
    wipeFields();
    m_fault->clear();
    begin();
}

void PinChangeDialog::enter(Stage stage) {
    m_stage = stage;
    const bool isTyped = stage == Stage::fields;
    for (int i = 0; i < 3; ++i) {
        m_labels[i]->setVisible(isTyped);
        m_fields[i]->setVisible(isTyped);
    }
    m_lengths->setVisible(isTyped);
    m_progress->setVisible(stage == Stage::running);
    showTexts();
    if (isTyped)
        m_fields[oldPin]->setFocus();
    else if (stage == Stage::done)
        m_primary->setFocus();
    else
        m_cancel->setFocus();  // Nothing that counts is done by an Enter too many.
}

void PinChangeDialog::onPrimary() {
    switch (m_stage) {
        case Stage::finalTry:
            m_isFinalTryAccepted = true;
            m_fault->clear();
            return begin();
        case Stage::fields:
            return submitTyped();
        case Stage::reader:
            return send(SecretBytes(), SecretBytes());
        case Stage::done:
            return emit ended();
        case Stage::refused:
        case Stage::removed:
        case Stage::running:
            return;
    }
}

void PinChangeDialog::onCancel() {
    if (m_stage != Stage::running) {
        stop();
        return emit ended();
    }
    m_tokens.cancel(std::exchange(m_command, 0));
    wipeFields();
    m_isFinalTryAccepted = false;
    m_wasStopped = true;
    begin();
    emit tried();
}

void PinChangeDialog::onTyped() {
    if (m_stage != Stage::fields) return;
    m_fault->clear();
    showButtons();
}

void PinChangeDialog::focusNext(PinField* field) {
    const auto* at = std::find(std::begin(m_fields), std::end(m_fields), field);
    if (at != std::end(m_fields) - 1)
        (*(at + 1))->setFocus();
    else if (m_primary->isEnabled())
        submitTyped();
}

bool PinChangeDialog::checkLengths() {
    if (const auto checked = checkOldPin(m_token.info, m_fields[oldPin]->byteCount()); !checked) {
        m_fields[oldPin]->wipe();
        m_fields[oldPin]->setFocus();
        m_fault->setError(checked.error());
        return false;
    }
    if (const auto checked = checkNewPin(m_token.info, m_fields[newPin]->byteCount()); !checked) {
        for (const auto field : {newPin, newPinAgain}) m_fields[field]->wipe();
        m_fields[newPin]->setFocus();
        m_fault->setError(checked.error());
        return false;
    }
    return true;
}

void PinChangeDialog::submitTyped() {
    m_fault->clear();
    if (!checkLengths()) return showButtons();
    auto fresh = m_fields[newPin]->take();
    const auto again = m_fields[newPinAgain]->take();
    if (const auto checked = checkNewPinAgain(fresh.view(), again.view()); !checked) {
        m_fields[newPin]->setFocus();
        m_fault->setError(checked.error());
        return showButtons();
    }
    send(m_fields[oldPin]->take(), std::move(fresh));
}

void PinChangeDialog::send(SecretBytes old, SecretBytes fresh) {
    m_fault->clear();
    m_wasStopped = false;
    enter(Stage::running);
    m_command = m_tokens.changePin(m_token.place.module, pinChangeRequest(m_token.info), std::move(old),
                                   std::move(fresh), [this](const Result<void>& result) {
                                       m_command = 0;
                                       onReply(result);
                                   });
}

void PinChangeDialog::onReply(const Result<void>& result) {
    wipeFields();
    m_isFinalTryAccepted = false;
    if (result) {
        enter(Stage::done);
    } else {
        learnFromPinError(m_token.info, result.error());
        if (result.error().code == ErrorCode::tokenRemoved) m_isPresent = false;
        m_fault->setError(result.error());
        begin();
    }
    emit tried();
}

void PinChangeDialog::wipeFields() {
    for (auto* field : m_fields) field->wipe();
}

void PinChangeDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void PinChangeDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return m_cancel->isVisibleTo(this) ? onCancel() : emit ended();
    QWidget::keyPressEvent(event);
}

}  // namespace signet
