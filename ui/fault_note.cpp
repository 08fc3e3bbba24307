// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/fault_note.hpp"

#include "ui/fault_words.hpp"
#include "ui/literal_label.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace signet {
FaultNote::FaultNote(QWidget* parent)
    : QWidget(parent),
      m_cause(literalLabel(this, "fault")),
      m_way(literalLabel(this)),
      m_code(selectableLabel(this, "code")) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid / 2);
    for (auto* label : {m_cause, m_way, m_code}) layout->addWidget(label);
    hide();
}

void FaultNote::setError(const Error& error, const QString& subject) {
    m_error = error;
    m_subject = subject;
    showTexts();
    show();
}

void FaultNote::clear() {
    m_error.reset();
    hide();
}

void FaultNote::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) showTexts();
    QWidget::changeEvent(event);
}

void FaultNote::showTexts() {
    if (!m_error) return;
    m_cause->setText(faultText(*m_error, UiLanguage::current()));
    m_way->setText(adviceText(*m_error, UiLanguage::current()));
    m_way->setVisible(!m_way->text().isEmpty());
    auto code = codeText(*m_error);
    if (!m_subject.isEmpty()) code += "  " + m_subject;
    m_code->setText(code);
    setAccessibleName(m_cause->text() + " " + m_way->text());
}

}  // namespace signet
