// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/tray_app.hpp"

#include "agent/canonical_url.hpp"
#include "agent/language.hpp"
#include "agent/resident.hpp"
#include "ui/about_window.hpp"
#include "ui/activity_window.hpp"
#include "ui/doctor_window.hpp"
#include "ui/fault_words.hpp"
#include "ui/first_run_window.hpp"
#include "ui/settings_window.hpp"
#include "ui/small_window.hpp"
#include "ui/tokens_window.hpp"

#include <QApplication>
#include <QEvent>
#include <QSessionManager>

#include <chrono>
#include <utility>

namespace signet {
namespace {

constexpr std::chrono::seconds kQuietTime{15};
constexpr std::chrono::milliseconds kLinkNotePause{60'000};

}  // namespace

TrayApp::TrayApp(const FaceSetting& setting, bool& wantsRestart)
    : m_setting(setting),
      m_wantsRestart(wantsRestart),
      m_language(setting.language),
      m_tray(setting.configuration.issuers),
      m_expiry(defaultExpiryFile()),
      m_firstRunMemory(defaultFirstRunFile(), {}) {
    auto& application = *qobject_cast<QApplication*>(QCoreApplication::instance());
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(sealIcon());
    applyAppearance(application, m_appearance.current());
    connect(&m_appearance, &DesktopAppearance::changed, this,
            [&application](Appearance appearance) { applyAppearance(application, appearance); });
    application.installEventFilter(this);
    // The end of the session waits for nobody: a login that stands before the person is cancelled.
    connect(&application, &QGuiApplication::commitDataRequest, this, [this](QSessionManager& manager) {
        manager.setRestartHint(QSessionManager::RestartNever);
        if (m_resident != nullptr) m_resident->cancelLogin();
    });
    connectFace();
    connectTray();
}

/// The desktop's word that the session is over. Qt asks every window first, and ours do not close for a click
/// beside them.
bool TrayApp::eventFilter(QObject* watched, QEvent* event) {
    if (m_hasTrayCome && event->type() == QEvent::Hide && watched->isWidgetType()) m_quiet.start();
    if (event->type() != QEvent::Quit || watched != QCoreApplication::instance())
        return QObject::eventFilter(watched, event);
    quit();
    return true;
}

TrayApp::~TrayApp() {
    closeWindows();
}

void TrayApp::connectFace() {
    connect(&m_face, &LoginFace::busyChanged, &m_tray, &Tray::setBusy);
    connect(&m_face, &LoginFace::cancelWanted, this, [this] {
        if (m_resident != nullptr) m_resident->cancelLogin();
    });
    connect(&m_face, &LoginFace::selfCheckWanted, this, &TrayApp::openSelfCheck);
    connect(&m_face, &LoginFace::tokensWanted, this, &TrayApp::openTokens);
    connect(&m_face, &LoginFace::registerWanted, this, &TrayApp::openRegistration);
    connect(&m_face, &LoginFace::startAgainWanted, this, [this] { logIn(m_lastIssuer); });
    connect(&m_face, &LoginFace::linkWanted, this, [](const QString& url) { openInBrowser(fromQt(url)); });
    connect(&m_face, &LoginFace::languageWanted, this, &TrayApp::setLanguage);
    connect(&m_face, &LoginFace::pinTriesLow, this, [this](const QString& token, int tries) {
        m_tray.notify(tr("Few PIN tries are left"), tr("%1: %n tries left", "", tries).arg(token),
                      Tray::Topic::tokens, true);
    });
    connect(&m_face, &LoginFace::noticeSeen, this, [this](const QString& host, const QString& notice) {
        if (m_noticesSeen.insert(host + notice).second)
            m_tray.notify(tr("Notice from %1").arg(host), notice, Tray::Topic::none);
    });
}

void TrayApp::connectTray() {
    connect(&m_tray, &Tray::loginWanted, this, &TrayApp::logIn);
    connect(&m_tray, &Tray::registerWanted, this, &TrayApp::openRegistration);
    connect(&m_tray, &Tray::tokensWanted, this, &TrayApp::openTokens);
    connect(&m_tray, &Tray::activityWanted, this, &TrayApp::openActivity);
    connect(&m_tray, &Tray::selfCheckWanted, this, &TrayApp::openSelfCheck);
    connect(&m_tray, &Tray::settingsWanted, this, &TrayApp::openSettings);
    connect(&m_tray, &Tray::aboutWanted, this, &TrayApp::openAbout);
    connect(&m_tray, &Tray::quitWanted, this, &TrayApp::quit);
    connect(&m_tray, &Tray::trayArrived, this, [this] {
        m_hasTrayCome = true;
        moveIntoTray();
    });
    connect(&m_tray, &Tray::placeFound, this, &TrayApp::tellOfExpiry);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(kQuietTime);
    connect(&m_quiet, &QTimer::timeout, this, &TrayApp::moveIntoTray);
}

void TrayApp::onOpened(Resident& resident, LoginParts& parts) {
    m_resident = &resident;
    m_parts = &parts;
    m_services.emplace(UiServices{.configuration = m_setting.configuration,
                                  .paths = m_setting.paths,
                                  .configFile = m_setting.options.configFile,
                                  .parts = parts,
                                  .version = m_setting.version,
                                  .login =
                                      [&resident](LoginRequest request, Reply<LoginResult> reply) {
                                          resident.login(std::move(request), std::move(reply));
                                      },
                                  .openInBrowser = &openInBrowser});
    m_tray.show();
    m_status = std::make_unique<TokenStatus>(parts.tokens(), parts.trust(), parts.clock(),
                                             [this](const TokenStatus::News& news) { onNews(news); });
    if (m_firstRunMemory.opensByItself(m_setting.configuration.issuers)) openRegistration();
}

void TrayApp::onClosing() {
    m_status.reset();
    closeWindows();
    m_resident = nullptr;
    m_parts = nullptr;
}

void TrayApp::onShow() {
    openTokens();
}

void TrayApp::onOwnLogin(const LoginRequest& request) {
    m_lastIssuer = request.issuer;
    m_face.beginOwn(std::string(hostOf(request.issuer)), request.purpose, request.isByUser);
}

/// Any page can open links, so it says so once in a while only.
void TrayApp::onLinkRefused(const Error& error) {
    if (m_sinceLinkNote.isValid() && !m_sinceLinkNote.hasExpired(kLinkNotePause.count())) return;
    m_sinceLinkNote.start();
    m_tray.notify(tr("Signet"), faultText(error, UiLanguage::current()), Tray::Topic::none);
}

void TrayApp::logIn(const std::string& issuer) {
    if (m_resident == nullptr) return;
    if (auto begun = m_resident->logIn(issuer); !begun)
        m_tray.notify(tr("Signet"), faultText(begun.error(), UiLanguage::current()), Tray::Topic::none);
}

void TrayApp::onNews(const TokenStatus::News& news) {
    m_tray.setTokens(news.state);
    tellOfChange(news);
    m_lastReport = news.report;
    tellOfExpiry();
}

/// A login window that is open says so itself.
void TrayApp::tellOfChange(const TokenStatus::News& news) {
    if (m_resident->isBusy()) return;
    for (const auto& place : news.change.added) {
        const auto names = news.state.names.empty() ? QString() : shown(news.state.names.front(), 60);
        m_tray.notify(tr("USB key found"), names.isEmpty() ? shown(place.label, 60) : names,
                      Tray::Topic::tokens);
    }
    for (const auto& place : news.change.removed)
        m_tray.notify(tr("USB key removed"), shown(place.label, 60), Tray::Topic::tokens);
}

/// What is told counts as told, so there must be a place for it.
void TrayApp::tellOfExpiry() {
    if (!m_lastReport || m_parts == nullptr || !m_tray.hasPlace()) return;
    for (const auto& notice : m_expiry.due(*m_lastReport, m_parts->clock().now()))
        m_tray.notify(tr("A certificate expires soon"),
                      tr("%1: %n days left. Ask your certificate issuer to renew it.", "", notice.days)
                          .arg(shown(notice.name, 60)),
                      Tray::Topic::tokens, notice.days <= 7);
}

void TrayApp::setLanguage(Language language) {
    m_language.set(language);
}

/// exit() and not quit(), which every window could refuse.
void TrayApp::quit() {
    if (m_resident != nullptr) m_resident->cancelLogin();
    QCoreApplication::exit(0);
}

/// Not while the person has anything before them, or a browser may still fetch the end of a login: the small
/// window does as well until then.
void TrayApp::moveIntoTray() {
    if (!m_hasTrayCome || m_resident == nullptr || m_resident->isBusy() || hasWindows()) return;
    if (m_tray.smallWindow() != nullptr && m_tray.smallWindow()->hasNote()) return;
    restart();
}

bool TrayApp::hasWindows() const {
    return m_tokens || m_activity || m_doctor || m_settings || m_about || m_firstRun || m_face.isVisible();
}

void TrayApp::restart() {
    m_wantsRestart = true;
    quit();
}

/// attacks.md 56: its connections close with it.
void TrayApp::revoke(const std::string& origin) {
    if (auto revoked = m_resident->revokeSite(origin); !revoked)
        m_tray.notify(tr("Signet"), faultText(revoked.error(), UiLanguage::current()), Tray::Topic::none,
                      true);
}

template <class W, class Make>
void TrayApp::open(QPointer<W>& window, const Make& make) {
    if (m_resident == nullptr) return;
    if (!window) {
        window = make();
        window->setAttribute(Qt::WA_DeleteOnClose);
    }
    window->present();
}

void TrayApp::closeWindows() {
    delete m_tokens;
    delete m_activity;
    delete m_doctor;
    delete m_settings;
    delete m_about;
    delete m_firstRun;
}

void TrayApp::openTokens() {
    open(m_tokens, [this] {
        auto* window = new TokensWindow({.tokens = m_parts->tokens(),
                                         .trust = m_parts->trust(),
                                         .clock = m_parts->clock(),
                                         .usePinPad = m_setting.configuration.usePinPad});
        connect(window, &TokensWindow::selfCheckWanted, this, &TrayApp::openSelfCheck);
        return window;
    });
}

void TrayApp::openActivity() {
    open(m_activity, [] { return new ActivityWindow(); });
}

void TrayApp::openSelfCheck() {
    open(m_doctor, [this] { return new DoctorWindow(*m_services); });
}

void TrayApp::openSettings() {
    open(m_settings, [this] {
        auto* window = new SettingsWindow(*m_services);
        connect(window, &SettingsWindow::languageChanged, this, &TrayApp::setLanguage);
        connect(window, &SettingsWindow::revokeWanted, this, &TrayApp::revoke);
        connect(window, &SettingsWindow::restartWanted, this, &TrayApp::restart);
        return window;
    });
}

void TrayApp::openAbout() {
    open(m_about, [this] { return new AboutWindow(m_setting.version); });
}

void TrayApp::openRegistration() {
    if (m_resident == nullptr) return;
    if (!m_firstRun) {
        m_firstRun = new FirstRunWindow(firstRunParts(*m_services), m_firstRunMemory);
        m_firstRun->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_firstRun->open();
}

}  // namespace signet
