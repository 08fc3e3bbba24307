// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "ui/icons.hpp"
#include "ui/window.hpp"

#include <functional>

class QAction;
class QLabel;

namespace signet {

class Notice;

/// What stands on the screen where the desktop has no tray: the state, the last note, and the menu's actions
/// as buttons. Its close button makes it small; the agent is never invisible. Thread: main.
class SmallWindow : public Window {
    Q_OBJECT

public:
    /// `actions` outlive this object.
    explicit SmallWindow(const QList<QAction*>& actions, QWidget* parent = nullptr);
    void setState(TrayState state, const QString& text);
    /// Takes the place of the one before. Calls for attention without the keyboard. `onOpen` opens what it is
    /// about; empty where it is about nothing else.
    void showNote(const QString& title, const QString& text, bool isWarning, std::function<void()> onOpen);
    /// One that the person has not put away.
    bool hasNote() const;

protected:
    void retranslate() override;
    void closeEvent(QCloseEvent* event) override;

private:
    void grow();

    QLabel* m_icon;
    QLabel* m_text;
    Notice* m_note;
    TrayState m_state = TrayState::noToken;
};

}  // namespace signet
