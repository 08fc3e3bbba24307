// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/notice.hpp"

#include "ui/fault_words.hpp"
#include "ui/literal_label.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace signet {
namespace {

void setOrHide(QLabel& label, const QString& text) {
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

}  // namespace

Notice::Notice(QWidget* parent)
    : QFrame(parent),
      m_sentence(literalLabel(this)),
      m_advice(literalLabel(this)),
      m_code(literalLabel(this)),
      m_keep(new QPushButton(this)),
      m_act(new QPushButton(this)) {
    setRole(*this, "card");
    setRole(*m_code, "code");
    for (auto* label : {m_sentence, m_advice, m_code})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(kGrid / 2);
    for (auto* label : {m_sentence, m_advice, m_code}) texts->addWidget(label);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2 * kGrid, kGrid, 2 * kGrid, kGrid);
    layout->setSpacing(kGrid);
    layout->addLayout(texts, 1);
    layout->addWidget(m_keep);
    layout->addWidget(m_act);
    for (auto* button : {m_keep, m_act}) button->setAutoDefault(true);
    connect(m_keep, &QPushButton::clicked, this, [this] { decide(false); });
    connect(m_act, &QPushButton::clicked, this, [this] { decide(true); });
    clear();
}

void Notice::tell(const char* role, Words words) {
    clear();
    show(role, std::move(words));
}

void Notice::tell(const Error& error) {
    tell(
        error, [error] { return faultText(error, UiLanguage::current()); },
        [error] { return adviceText(error, UiLanguage::current()); });
}

void Notice::tell(const Error& error, Words instead, Words way) {
    clear();
    m_codeText = codeText(error);
    m_adviceWords = std::move(way);
    show("fault", std::move(instead));
}

void Notice::ask(Words question, Words act, Words keep, std::function<void()> onAct,
                 std::function<void()> onKeep) {
    clear();
    m_focusBefore = QApplication::focusWidget();
    m_actWords = std::move(act);
    m_keepWords = std::move(keep);
    m_onAct = std::move(onAct);
    m_onKeep = std::move(onKeep);
    show("strong", std::move(question));
    m_keep->setFocus(Qt::OtherFocusReason);
}

void Notice::offer(const char* role, Words words, Words act, std::function<void()> onAct) {
    clear();
    m_actWords = std::move(act);
    m_onAct = std::move(onAct);
    show(role, std::move(words));
}

void Notice::clear() {
    m_words = m_adviceWords = m_actWords = m_keepWords = {};
    m_onAct = m_onKeep = {};
    m_codeText.clear();
    m_focusBefore.clear();
    hide();
}

void Notice::show(const char* role, Words words) {
    m_words = std::move(words);
    setRole(*m_sentence, role);
    retell();
    setVisible(true);
    QAccessibleEvent alert(m_sentence, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Notice::retell() {
    if (!m_words) return;
    setOrHide(*m_sentence, m_words());
    setOrHide(*m_advice, m_adviceWords ? m_adviceWords() : QString());
    setOrHide(*m_code, m_codeText);
    m_act->setText(m_actWords ? m_actWords() : QString());
    m_act->setVisible(static_cast<bool>(m_actWords));
    m_keep->setText(m_keepWords ? m_keepWords() : QString());
    m_keep->setVisible(static_cast<bool>(m_keepWords));
    setAccessibleName(m_sentence->text());
    m_sentence->setAccessibleName(m_sentence->text());
}

void Notice::decide(bool isAct) {
    const auto then = isAct ? m_onAct : m_onKeep;
    const auto focus = m_focusBefore;
    clear();
    if (focus) focus->setFocus(Qt::OtherFocusReason);
    if (then) then();
}

void Notice::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retell();
    QFrame::changeEvent(event);
}

void Notice::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && isAsking()) {
        decide(false);
        return;
    }
    QFrame::keyPressEvent(event);
}

}  // namespace signet
