// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/tray.hpp"

#include "agent/canonical_url.hpp"
#include "ui/small_window.hpp"
#include "ui/ui_language.hpp"

#include <QApplication>
#include <QDBusConnection>
#include <QEvent>
#include <QTimer>

#include <utility>

namespace signet {
namespace {

/// At the start of a session the panel may come after us; there is not much to tell meanwhile.
constexpr std::size_t kMaxUnshown = 8;

/// The interface of trays on D-Bus. Source: freedesktop.org, StatusNotifierItem specification.
constexpr auto kTrayInterface = "org.kde.StatusNotifierWatcher";
constexpr auto kTrayPath = "/StatusNotifierWatcher";

/// Desktops take notes and tips for markup or for plain text as they like; so nothing that could be markup is
/// in them (attacks.md 38).
QString withoutMarkup(QString text) {
    return text.replace(QLatin1Char('<'), QChar(0x2039))
        .replace(QLatin1Char('>'), QChar(0x203A))
        .replace(QLatin1Char('&'), QChar(0xFF06));
}

}  // namespace

Tray::Tray(std::vector<std::string> issuers, QObject* parent)
    : QObject(parent), m_issuers(std::move(issuers)) {
    buildMenu();
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick) emit tokensWanted();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, [this] { openTopic(m_topic); });
    m_menu.installEventFilter(this);
    retranslate();
}

Tray::~Tray() = default;

void Tray::buildMenu() {
    for (const auto& issuer : m_issuers) {
        auto* login = m_menu.addAction(QString());
        connect(login, &QAction::triggered, this, [this, issuer] { emit loginWanted(issuer); });
        m_logins.push_back(login);
    }
    m_register = m_menu.addAction(QString(), this, &Tray::registerWanted);
    m_menu.addSeparator();
    m_keys = m_menu.addAction(QString(), this, &Tray::tokensWanted);
    m_activity = m_menu.addAction(QString(), this, &Tray::activityWanted);
    m_selfCheck = m_menu.addAction(QString(), this, &Tray::selfCheckWanted);
    m_menu.addSeparator();
    m_settings = m_menu.addAction(QString(), this, &Tray::settingsWanted);
    m_about = m_menu.addAction(QString(), this, &Tray::aboutWanted);
    m_menu.addSeparator();
    m_quit = m_menu.addAction(QString(), this, &Tray::quitWanted);
}

/// The host is ours to know (it is configured), yet "&" would mark a letter.
void Tray::retranslate() {
    for (std::size_t i = 0; i < m_logins.size(); ++i)
        m_logins[i]->setText(buttonText(tr("Log in to %1").arg(shown(hostOf(m_issuers[i]), 60))));
    m_register->setText(tr("Register a certificate…"));
    m_keys->setText(tr("Keys and certificates"));
    m_activity->setText(tr("Activity"));
    m_selfCheck->setText(tr("Self-check"));
    m_settings->setText(tr("Settings"));
    m_about->setText(tr("About Signet"));
    m_quit->setText(tr("Quit"));
    showState();
}

bool Tray::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_menu && event->type() == QEvent::LanguageChange) retranslate();
    return QObject::eventFilter(watched, event);
}

TrayState Tray::state() const {
    return trayStateOf(!m_issuers.empty(), m_isBusy, m_tokens);
}

QString Tray::stateText() const {
    if (m_issuers.empty())
        return tr("Signet is not set up yet: no platform is configured. Ask your administrator.");
    if (m_isBusy) return tr("A login is waiting for you");
    if (!m_tokens.isKnown) return tr("Looking for USB keys…");
    if (!m_tokens.hasToken) return tr("No USB key is plugged in");
    if (m_tokens.names.empty())
        return tr("The USB key has no certificate that can be used. Open \"Keys and certificates\".");
    QStringList names;
    for (const auto& name : m_tokens.names) names << shown(name, 40);
    return tr("Ready: %1")
        .arg(names.join(UiLanguage::current() == Language::zh ? QStringLiteral("、") : QStringLiteral(", ")));
}

void Tray::showState() {
    if (m_window) leaveSmallWindow();
    const auto now = state();
    m_icon.setIcon(trayIcon(now));
    m_icon.setToolTip(withoutMarkup(tr("Signet") + QLatin1Char('\n') + stateText()));
    for (auto* login : m_logins) login->setEnabled(!m_isBusy);
    m_register->setEnabled(!m_isBusy && !m_issuers.empty());
    if (m_window) m_window->setState(now, stateText());
}

void Tray::setTokens(const TokensState& tokens) {
    m_tokens = tokens;
    showState();
}

void Tray::setBusy(bool isBusy) {
    m_isBusy = isBusy;
    showState();
}

void Tray::show(int gracePeriod) {
    m_icon.show();
    m_hasTray = QSystemTrayIcon::isSystemTrayAvailable();
    if (m_hasTray) return onPlaceFound();
    watchForTray();
    QTimer::singleShot(gracePeriod, this, [this] {
        m_hasTray = QSystemTrayIcon::isSystemTrayAvailable();
        if (!m_hasTray) openSmallWindow();
        onPlaceFound();
    });
}

void Tray::onPlaceFound() {
    showNotes();
    emit placeFound();
}

/// The icon is put into a late tray of X11 by Qt, which does not say so. It may be asked from a button of the
/// window.
void Tray::leaveSmallWindow() {
    m_hasTray = m_hasTray || QSystemTrayIcon::isSystemTrayAvailable();
    if (m_hasTray && m_window) m_window.release()->deleteLater();
}

void Tray::watchForTray() {
    auto bus = QDBusConnection::sessionBus();
    if (bus.isConnected())
        bus.connect(QString(), kTrayPath, kTrayInterface, QStringLiteral("StatusNotifierHostRegistered"),
                    this, SLOT(onTrayHost()));
}

void Tray::onTrayHost() {
    if (!m_hasTray) emit trayArrived();
}

void Tray::openSmallWindow() {
    m_window = std::make_unique<SmallWindow>(m_menu.actions());
    showState();
    m_window->showMinimized();
    m_window->showNormal();
}

void Tray::notify(const QString& title, const QString& text, Topic topic, bool isWarning) {
    m_unshown.push_back({title, text, topic, isWarning});
    if (m_unshown.size() > kMaxUnshown) m_unshown.pop_front();
    if (m_window) leaveSmallWindow();
    if (hasPlace()) showNotes();
}

void Tray::showNotes() {
    for (const auto& note : std::exchange(m_unshown, {})) show(note);
}

void Tray::show(const Note& note) {
    if (m_window) {
        const auto open = [this, topic = note.topic] { openTopic(topic); };
        return m_window->showNote(note.title, note.text, note.isWarning,
                                  note.topic == Topic::none ? std::function<void()>() : open);
    }
    m_topic = note.topic;
    m_icon.showMessage(withoutMarkup(note.title), withoutMarkup(note.text),
                       note.isWarning ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
}

void Tray::openTopic(Topic topic) {
    if (topic == Topic::tokens) emit tokensWanted();
    if (topic == Topic::selfCheck) emit selfCheckWanted();
}

}  // namespace signet
