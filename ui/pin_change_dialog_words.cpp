// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/pin_change_rules.hpp"
#include "agent/prompt_text.hpp"
#include "agent/token_rows.hpp"
#include "ui/pin_change_dialog.hpp"
#include "ui/pin_field.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace signet {
namespace {

constexpr int kFewTries = 2;

}  // namespace

void PinChangeDialog::retranslate() {
    m_title->setText(tr("Change the PIN"));
    m_labels[oldPin]->setText(tr("&Old PIN"));
    m_labels[newPin]->setText(tr("&New PIN"));
    m_labels[newPinAgain]->setText(tr("New PIN &again"));
    m_fields[newPinAgain]->setAccessibleName(tr("New PIN again"));
    m_progress->setAccessibleName(tr("The PIN is being changed"));
    showTexts();
}

void PinChangeDialog::showTexts() {
    const auto language = UiLanguage::current();
    const auto& info = m_token.info;
    m_name->setText(shown(info.label) + "  " + shown(maskedSerial(info.serial)));
    m_lengths->setText(toQt(newPinLengthText(info, language)));
    m_fields[newPin]->setAccessibleName(tr("New PIN") + ", " + m_lengths->text());
    QString message;
    switch (m_stage) {
        case Stage::finalTry:
            message = toQt(confirmationLine({}, Confirmation::finalPinTry, language));
            break;
        case Stage::reader:
            message = tr("The PINs are entered on the reader: first the old one, then the new one.");
            break;
        case Stage::running:
            message = isPinEnteredOnReader(info, m_usePinPad)
                          ? tr("Now enter the old PIN and then the new one on the reader.")
                          : tr("The PIN is being changed. Leave the USB key plugged in.");
            break;
        case Stage::done:
            message = tr("The PIN was changed. Use the new one from now on.");
            break;
        case Stage::fields:
            if (m_wasStopped)
                message = tr("Stopped. Either PIN may be the right one now: try the new one first.");
            break;
        case Stage::refused:
        case Stage::removed:
            break;
    }
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    setRole(*m_message, m_stage == Stage::done ? "success" : m_stage == Stage::finalTry ? "warning" : "");
    showTries();
    showButtons();
}

QString PinChangeDialog::triesText() const {
    const auto& info = m_token.info;
    if (info.isPinLocked || m_stage == Stage::done || m_stage == Stage::removed) return {};
    if (info.triesLeft) return tr("%n try(ies) left for the old PIN", "", *info.triesLeft);
    return info.isPinCountLow ? tr("Few tries are left for the old PIN") : QString();
}

void PinChangeDialog::showTries() {
    const auto text = triesText();
    const auto& info = m_token.info;
    m_tries->setText(text);
    m_tries->setVisible(!text.isEmpty());
    const bool isFew = info.triesLeft ? *info.triesLeft <= kFewTries : info.isPinCountLow;
    setRole(*m_tries, isFew ? "warning" : "muted");
    m_fields[oldPin]->setAccessibleName(text.isEmpty() ? tr("Old PIN") : tr("Old PIN") + ", " + text);
}

void PinChangeDialog::showButtons() {
    const bool isQuestion = m_stage == Stage::fields || m_stage == Stage::reader;
    m_cancel->setText(isQuestion                  ? tr("Cancel")
                      : m_stage == Stage::running ? tr("Stop")
                                                  : tr("Back to the list"));
    m_cancel->setVisible(m_stage != Stage::done);
    m_primary->setText(m_stage == Stage::finalTry ? tr("Use the last try")
                       : m_stage == Stage::done   ? tr("Back to the list")
                                                  : tr("Change the PIN"));
    m_primary->setVisible(m_stage != Stage::refused && m_stage != Stage::removed);
    const bool isFilled =
        std::all_of(std::begin(m_fields), std::end(m_fields), [](auto* f) { return f->length() > 0; });
    m_primary->setEnabled(m_stage != Stage::running && (m_stage != Stage::fields || isFilled));
}

}  // namespace signet
