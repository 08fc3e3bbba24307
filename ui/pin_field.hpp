// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/secret.hpp"

#include <QLineEdit>

#include <cstddef>

namespace signet {

/// The field for a PIN. What is typed is kept in wiped memory as UTF-8 and nowhere else: the field itself
/// holds bullets only, so there is nothing in it to undo, to copy, to drag out, to be read by a screen reader
/// or by an input method. Nothing can be pasted. Thread: main.
class PinField : public QLineEdit {
    Q_OBJECT
    Q_DISABLE_COPY(PinField)

public:
    explicit PinField(QWidget* parent = nullptr);
    ~PinField() override;

    std::size_t length() const { return m_ends.size(); }  ///< characters
    std::size_t byteCount() const { return m_used; }      ///< of UTF-8: what a token counts
    /// Hands the PIN over; the field is empty afterwards.
    SecretBytes take();
    void wipe();

signals:
    void typed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent*) override {}
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent*) override {}  // which would paste what is marked elsewhere
    void mouseDoubleClickEvent(QMouseEvent*) override {}
    void mouseMoveEvent(QMouseEvent*) override {}
    void inputMethodEvent(QInputMethodEvent* event) override;
    QVariant inputMethodQuery(Qt::InputMethodQuery) const override { return {}; }
    void dropEvent(QDropEvent* event) override;

private:
    void append(const QString& text);
    void removeLast();
    void showBullets();

    SecretBytes m_bytes;  ///< of a fixed size, so that it never moves
    std::size_t m_used = 0;
    std::vector<std::size_t> m_ends{};  ///< where each character ends in it
};

}  // namespace signet
