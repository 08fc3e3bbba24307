// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "ui/icons.hpp"
#include "ui/window.hpp"

class QAction;
class QLabel;
class QVBoxLayout;

namespace signet {

/// What stands on the screen where the desktop has no tray: the state, and the menu's actions as buttons. Its
/// close button makes it small; the agent is never invisible. Thread: main.
class SmallWindow : public Window {
    Q_OBJECT

public:
    /// `actions` outlive this object.
    explicit SmallWindow(const QList<QAction*>& actions, QWidget* parent = nullptr);
    void setState(TrayState state, const QString& text);

protected:
    void retranslate() override;
    void closeEvent(QCloseEvent* event) override;

private:
    QLabel* m_icon;
    QLabel* m_text;
    TrayState m_state = TrayState::noToken;
};

}  // namespace signet
