// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/token_report.hpp"
#include "ui/icons.hpp"
#include "ui/token_status.hpp"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace signet {

class SmallWindow;

/// The icon in the tray with its menu and its notices, or a small window where there is no tray. It shows and
/// asks for; others do. Thread: main.
class Tray : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY(Tray)

public:
    /// `issuers`: configured platforms, each with a login of its own in the menu.
    explicit Tray(std::vector<std::string> issuers, QObject* parent = nullptr);
    ~Tray() override;

    /// Puts the icon up; `gracePeriod` later, where there is still no tray, the small window comes. Units:
    /// milliseconds.
    void show(int gracePeriod = 4000);
    void setTokens(const TokensState& tokens);
    void setBusy(bool isBusy);
    /// A short note; a click on it opens what it is about. It waits until there is a tray or a window to show
    /// it.
    enum class Topic { tokens, selfCheck, none };
    void notify(const QString& title, const QString& text, Topic topic, bool isWarning = false);

    /// There is a tray, or the small window.
    bool hasPlace() const { return m_hasTray || m_window; }
    TrayState state() const;
    QMenu& menu() { return m_menu; }
    /// Nullptr where there is a tray.
    SmallWindow* smallWindow() { return m_window.get(); }

signals:
    void loginWanted(const std::string& issuer);
    void registerWanted();
    void tokensWanted();
    void activityWanted();
    void selfCheckWanted();
    void settingsWanted();
    void aboutWanted();
    void quitWanted();
    /// A tray is there that was not when the icon was put up. Qt asks for one once in a process' life, so
    /// only one that is started anew can stand in it.
    void trayArrived();
    /// hasPlace() is true from now on.
    void placeFound();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private slots:
    void onTrayHost();

private:
    struct Note {
        QString title{};
        QString text{};
        Topic topic = Topic::none;
        bool isWarning = false;
    };

    void buildMenu();
    void watchForTray();
    void onPlaceFound();
    void leaveSmallWindow();
    void show(const Note& note);
    void showNotes();
    void openTopic(Topic topic);
    void retranslate();
    void showState();
    QString stateText() const;
    void openSmallWindow();

    const std::vector<std::string> m_issuers;
    TokensState m_tokens;
    bool m_isBusy = false;
    Topic m_topic = Topic::none;
    QMenu m_menu;
    std::vector<QAction*> m_logins;
    QAction* m_register = nullptr;
    QAction* m_keys = nullptr;
    QAction* m_activity = nullptr;
    QAction* m_selfCheck = nullptr;
    QAction* m_settings = nullptr;
    QAction* m_about = nullptr;
    QAction* m_quit = nullptr;
    QSystemTrayIcon m_icon;
    bool m_hasTray = false;
    std::deque<Note> m_unshown;
    std::unique_ptr<SmallWindow> m_window;
};

}  // namespace signet
