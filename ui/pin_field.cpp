// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/pin_field.hpp"

#include <QDropEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <array>

namespace signet {
namespace {

constexpr std::size_t kMaxBytes = 256;  // longer than any token takes
constexpr char32_t kBullet = U'●';

/// Straight into `to`, without a string on the way. Gives the number of bytes. Source: RFC 3629, section 3.
std::size_t encodeUtf8(char32_t c, std::array<std::uint8_t, 4>& to) {
    const auto tail = [&](int shift) { return static_cast<std::uint8_t>(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) return to[0] = static_cast<std::uint8_t>(c), 1;
    if (c < 0x800) return to[0] = static_cast<std::uint8_t>(0xC0U | (c >> 6U)), to[1] = tail(0), 2;
    if (c < 0x10000)
        return to[0] = static_cast<std::uint8_t>(0xE0U | (c >> 12U)), to[1] = tail(6), to[2] = tail(0), 3;
    return to[0] = static_cast<std::uint8_t>(0xF0U | (c >> 18U)), to[1] = tail(12), to[2] = tail(6),
           to[3] = tail(0), 4;
}

}  // namespace

PinField::PinField(QWidget* parent) : QLineEdit(parent), m_bytes(kMaxBytes) {
    setEchoMode(QLineEdit::Password);  // screen readers then keep the keys to themselves
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                        Qt::ImhNoAutoUppercase);
    setAcceptDrops(false);
    setDragEnabled(false);
    setContextMenuPolicy(Qt::NoContextMenu);
}

PinField::~PinField() {
    wipe();
}

SecretBytes PinField::take() {
    SecretBytes taken(m_bytes.view().first(m_used));
    wipe();
    return taken;
}

void PinField::wipe() {
    std::fill_n(m_bytes.data(), m_bytes.size(), std::uint8_t{0});
    m_used = 0;
    m_ends.clear();
    showBullets();
}

void PinField::showBullets() {
    setText(QString(static_cast<qsizetype>(m_ends.size()), QChar(static_cast<char16_t>(kBullet))));
}

void PinField::append(const QString& text) {
    for (const auto c : text.toUcs4()) {
        std::array<std::uint8_t, 4> utf8{};
        const auto size = encodeUtf8(c, utf8);
        if (m_used + size <= m_bytes.size()) {
            std::copy_n(utf8.begin(), size, m_bytes.data() + m_used);
            m_ends.push_back(m_used += size);
        }
        utf8.fill(0);
    }
    showBullets();
    emit typed();
}

void PinField::removeLast() {
    if (m_ends.empty()) return;
    m_ends.pop_back();
    const auto end = m_ends.empty() ? 0 : m_ends.back();
    std::fill(m_bytes.data() + end, m_bytes.data() + m_used, std::uint8_t{0});
    m_used = end;
    showBullets();
    emit typed();
}

void PinField::keyPressEvent(QKeyEvent* event) {
    const auto key = event->key();
    const bool isCommand = (event->modifiers() & (Qt::ControlModifier | Qt::MetaModifier)) != 0;
    if (key == Qt::Key_Backspace && !isCommand) return removeLast();
    if (key == Qt::Key_Delete || key == Qt::Key_Backspace || (isCommand && key == Qt::Key_U)) {
        wipe();
        emit typed();
        return;
    }
    const bool isText = !isCommand && (event->modifiers() & Qt::AltModifier) == 0 &&
                        !event->text().isEmpty() && event->text().at(0).isPrint();
    if (isText) return append(event->text());
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        emit returnPressed();
        return;
    }
    // Escape and Tab are the window's; all else would move in, mark or paste a text that is not there.
    event->ignore();
}

void PinField::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    event->accept();
}

void PinField::inputMethodEvent(QInputMethodEvent* event) {
    event->ignore();
}

void PinField::dropEvent(QDropEvent* event) {
    event->ignore();
}

}  // namespace signet
