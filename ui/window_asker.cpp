// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/window_asker.hpp"

#include "ui/literal_label.hpp"
#include "ui/pin_field.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace signet {
namespace {

constexpr int kListHeight = 16 * kGrid;

}  // namespace

WindowAsker::WindowAsker(QWidget* parent)
    : QWidget(parent),
      m_text(literalLabel(this)),
      m_pinLabel(literalLabel(this)),
      m_pin(new PinField(this)),
      m_choices(new QListWidget(this)),
      m_cancel(new QPushButton(this)),
      m_accept(new QPushButton(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    layout->addWidget(m_text);
    m_choices->setFixedHeight(kListHeight);
    m_choices->setWordWrap(true);
    layout->addWidget(m_choices);
    layout->addWidget(m_pinLabel);
    layout->addWidget(m_pin);
    layout->addSpacing(kGrid);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_accept);
    layout->addLayout(buttons);
    setRole(*m_accept, "primary");
    for (auto* button : {m_cancel, m_accept}) button->setAutoDefault(true);  // Enter presses it.
    connect(m_cancel, &QPushButton::clicked, this, &WindowAsker::decline);
    connect(m_accept, &QPushButton::clicked, this, &WindowAsker::accept);
    connect(m_pin, &PinField::typed, this, &WindowAsker::showButtons);
    connect(m_pin, &QLineEdit::returnPressed, this, &WindowAsker::accept);
    connect(m_choices, &QListWidget::itemActivated, this, &WindowAsker::accept);
    retranslate();
    hide();
}

void WindowAsker::setAction(const QString& action) {
    m_action = action;
    showButtons();
}

// ---- questions ----

void WindowAsker::open(const std::string& text, Answer answer) {
    m_reply = std::move(answer);
    const bool isSecret = std::holds_alternative<Reply<SecretBytes>>(m_reply);
    // The last line of a question for a PIN is the name of the field.
    const auto at = isSecret ? text.rfind('\n') : std::string::npos;
    m_text->setText(toQt(text.substr(0, at)));
    auto field = at == std::string::npos ? QString() : toQt(text.substr(at + 1)).trimmed();
    while (field.endsWith(':') || field.endsWith(QChar(0xFF1A))) field.chop(1);
    m_pinLabel->setText(field);
    m_pin->setAccessibleName(field);
    for (auto* widget : std::initializer_list<QWidget*>{m_pinLabel, m_pin}) widget->setVisible(isSecret);
    m_choices->setVisible(std::holds_alternative<Reply<std::size_t>>(m_reply));
    m_choices->setAccessibleName(m_text->text());
    showButtons();
    show();
    emit changed();
    if (isSecret)
        m_pin->setFocus();
    else if (m_choices->isVisibleTo(this))
        m_choices->setFocus();
    else
        m_cancel->setFocus();  // An Enter too many is a no.
}

void WindowAsker::askSecret(const std::string& prompt, Reply<SecretBytes> reply) {
    m_yes.clear();
    open(prompt, std::move(reply));
}

void WindowAsker::confirm(const std::string& prompt, Reply<bool> reply) {
    m_yes.clear();
    open(prompt, std::move(reply));
}

void WindowAsker::confirmAction(const std::string& prompt, const std::string& action, Reply<bool> reply) {
    m_yes = toQt(action);
    open(prompt, std::move(reply));
}

void WindowAsker::choose(const std::string& prompt, const std::vector<AskerChoice>& choices,
                         Reply<std::size_t> reply) {
    m_yes = tr("Choose");
    m_choices->clear();
    for (const auto& choice : choices) m_choices->addItem(toQt(choice.text));
    m_choices->setCurrentRow(0);
    open(prompt, std::move(reply));
}

void WindowAsker::tell(const std::string& text) {
    m_text->setText(toQt(text));
}

// ---- answers ----

/// The question is closed before its answer goes out, for the next one may come in it.
WindowAsker::Answer WindowAsker::take() {
    auto reply = std::exchange(m_reply, {});
    hide();
    emit changed();
    return reply;
}

void WindowAsker::withdraw() {
    m_pin->wipe();
    if (isAsking()) take();
}

void WindowAsker::accept() {
    if (!isAsking() || !m_accept->isEnabled()) return;
    const auto row = static_cast<std::size_t>(std::max(0, m_choices->currentRow()));
    auto pin = m_pin->take();
    const auto reply = take();
    if (const auto* secret = std::get_if<Reply<SecretBytes>>(&reply)) (*secret)(std::move(pin));
    if (const auto* yes = std::get_if<Reply<bool>>(&reply)) (*yes)(true);
    if (const auto* choice = std::get_if<Reply<std::size_t>>(&reply)) (*choice)(row);
}

void WindowAsker::decline() {
    if (!isAsking()) return;
    m_pin->wipe();
    const auto reply = take();
    if (const auto* secret = std::get_if<Reply<SecretBytes>>(&reply))
        (*secret)(fail(ErrorCode::userCancelled));
    if (const auto* yes = std::get_if<Reply<bool>>(&reply)) (*yes)(false);
    if (const auto* choice = std::get_if<Reply<std::size_t>>(&reply))
        (*choice)(fail(ErrorCode::userCancelled));
}

// ---- what is shown ----

void WindowAsker::retranslate() {
    m_cancel->setText(tr("Cancel"));
    showButtons();
}

void WindowAsker::showButtons() {
    m_accept->setText(m_yes.isEmpty() ? m_action : m_yes);
    m_accept->setEnabled(!std::holds_alternative<Reply<SecretBytes>>(m_reply) || m_pin->length() > 0);
}

void WindowAsker::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void WindowAsker::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && isAsking()) return decline();
    QWidget::keyPressEvent(event);
}

}  // namespace signet
