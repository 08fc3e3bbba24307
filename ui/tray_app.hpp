// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/agent_program.hpp"
#include "agent/expiry_notices.hpp"
#include "agent/first_run.hpp"
#include "ui/desktop_appearance.hpp"
#include "ui/login_face.hpp"
#include "ui/token_status.hpp"
#include "ui/tray.hpp"
#include "ui/ui_language.hpp"
#include "ui/ui_services.hpp"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace signet {

class AboutWindow;
class ActivityWindow;
class DoctorWindow;
class FirstRunWindow;
class Resident;
class SettingsWindow;
class TokensWindow;

/// The agent's face on a desktop: puts tray, login window and the other windows together with the agent
/// behind them. A window is made when it is wanted and goes when it is closed. Thread: main, with a
/// QApplication.
class TrayApp final : public QObject, public AgentFace {
    Q_OBJECT
    Q_DISABLE_COPY(TrayApp)

public:
    /// `wantsRestart` outlives it, and becomes true where the user wants the agent to start anew when it has
    /// ended.
    TrayApp(const FaceSetting& setting, bool& wantsRestart);
    ~TrayApp() override;

    Ui& ui() override { return m_face; }
    void onOpened(Resident& resident, LoginParts& parts) override;
    void onClosing() override;
    void onShow() override;
    void onOwnLogin(const LoginRequest& request) override;
    void onLinkRefused(const Error& error) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectFace();
    void connectTray();
    void onNews(const TokenStatus::News& news);
    void tellOfChange(const TokenStatus::News& news);
    void tellOfExpiry();
    void logIn(const std::string& issuer);
    void setLanguage(Language language);
    void quit();
    void moveIntoTray();
    bool hasWindows() const;
    void restart();
    void revoke(const std::string& origin);

    void openTokens();
    void openActivity();
    void openSelfCheck();
    void openSettings();
    void openAbout();
    void openRegistration();
    template <class W, class Make>
    void open(QPointer<W>& window, const Make& make);
    void closeWindows();

    const FaceSetting m_setting;
    bool& m_wantsRestart;
    UiLanguage m_language;
    DesktopAppearance m_appearance;
    LoginFace m_face;
    Tray m_tray;
    ExpiryNotices m_expiry;
    Resident* m_resident = nullptr;
    LoginParts* m_parts = nullptr;
    std::unique_ptr<TokenStatus> m_status;
    std::string m_lastIssuer;
    std::set<QString> m_noticesSeen;
    QElapsedTimer m_sinceLinkNote;  ///< invalid: there was none
    std::optional<TokensReport> m_lastReport;
    bool m_hasTrayCome = false;
    QTimer m_quiet;  ///< since a window went, before the move into the tray
    FirstRunFile m_firstRunMemory;
    std::optional<UiServices> m_services;
    QPointer<TokensWindow> m_tokens;
    QPointer<ActivityWindow> m_activity;
    QPointer<DoctorWindow> m_doctor;
    QPointer<SettingsWindow> m_settings;
    QPointer<AboutWindow> m_about;
    QPointer<FirstRunWindow> m_firstRun;
};

}  // namespace signet
