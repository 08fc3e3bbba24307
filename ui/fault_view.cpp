// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/fault_view.hpp"

#include "ui/first_run_page.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"
#include "ui/ways_on.hpp"

#include <QVBoxLayout>

namespace signet {

FaultView::FaultView(QWidget* parent)
    : QWidget(parent),
      m_cause(wordsLabel(this, "fault")),
      m_advice(wordsLabel(this)),
      m_code(wordsLabel(this, "code")) {
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    for (auto* label : {m_cause, m_advice, m_code}) layout->addWidget(label);
}

void FaultView::setError(const Error& error) {
    m_error = error;
    retranslate();
}

void FaultView::retranslate() {
    if (!m_error) return;
    const auto language = UiLanguage::current();
    m_cause->setText(faultText(*m_error, language));
    const auto advice = adviceText(*m_error, language);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_code->setText(codeText(*m_error));
}

}  // namespace signet
