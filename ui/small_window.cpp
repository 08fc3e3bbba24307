// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/small_window.hpp"

#include "ui/notice.hpp"
#include "ui/theme.hpp"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace signet {

SmallWindow::SmallWindow(const QList<QAction*>& actions, QWidget* parent)
    : Window(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_note(new Notice(this)) {
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 3 * kGrid);
    layout->setSpacing(kGrid);
    auto* row = new QHBoxLayout();
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    layout->addLayout(row);
    layout->addWidget(m_note);
    for (auto* action : actions) {
        if (action->isSeparator()) {
            layout->addSpacing(kGrid);
            continue;
        }
        auto* button = new QPushButton(action->text(), this);
        button->setVisible(action->isVisible());
        button->setEnabled(action->isEnabled());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button, action] {
            button->setText(action->text());
            button->setEnabled(action->isEnabled());
            button->setVisible(action->isVisible());
        });
        layout->addWidget(button);
    }
    layout->addStretch(1);
    setMinimumWidth(40 * kGrid);
}

void SmallWindow::setState(TrayState state, const QString& text) {
    m_state = state;
    m_icon->setPixmap(trayIcon(state).pixmap(32));
    m_text->setText(text);
    grow();
}

bool SmallWindow::hasNote() const {
    return m_note->isVisibleTo(this);
}

/// To what its words need; a person may have made it larger.
void SmallWindow::grow() {
    layout()->activate();
    const int wanted = layout()->totalHeightForWidth(width());
    if (height() < wanted) resize(width(), wanted);
}

void SmallWindow::showNote(const QString& title, const QString& text, bool isWarning,
                           std::function<void()> onOpen) {
    const bool opens = static_cast<bool>(onOpen);
    m_note->offer(
        isWarning ? "warning" : "strong", [words = title + QLatin1Char('\n') + text] { return words; },
        [opens] { return opens ? tr("Show") : tr("OK"); }, std::move(onOpen));
    grow();
    QApplication::alert(this);
}

void SmallWindow::retranslate() {
    setWindowTitle(tr("Signet"));
}

void SmallWindow::closeEvent(QCloseEvent* event) {
    event->ignore();
    showMinimized();
}

}  // namespace signet
