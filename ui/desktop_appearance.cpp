// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/desktop_appearance.hpp"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QPalette>

namespace signet {
namespace {

constexpr auto kService = "org.freedesktop.portal.Desktop";
constexpr auto kPath = "/org/freedesktop/portal/desktop";
constexpr auto kInterface = "org.freedesktop.portal.Settings";
constexpr auto kSpace = "org.freedesktop.appearance";
constexpr auto kScheme = "color-scheme";
constexpr auto kContrast = "contrast";
constexpr uint kPreferDark = 1;
constexpr uint kHigherContrast = 1;

/// The answer of Read is a variant in a variant.
QVariant unwrapped(QVariant value) {
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value;
}

}  // namespace

DesktopAppearance::DesktopAppearance(QObject* parent)
    : QObject(parent), m_isDark(QApplication::palette().color(QPalette::Window).lightness() < 128) {
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    ask(kScheme);
    ask(kContrast);
}

void DesktopAppearance::ask(const QString& key) {
    auto call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << QString::fromLatin1(kSpace) << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        done->deleteLater();
        if (!reply.isError()) take(key, unwrapped(reply.value().variant()));
    });
}

void DesktopAppearance::onSettingChanged(const QString& space, const QString& key,
                                         const QDBusVariant& value) {
    if (space == QLatin1String(kSpace)) take(key, unwrapped(value.variant()));
}

void DesktopAppearance::take(const QString& key, const QVariant& value) {
    const auto before = current();
    if (key == QLatin1String(kScheme)) m_isDark = value.toUInt() == kPreferDark;
    if (key == QLatin1String(kContrast)) m_isHighContrast = value.toUInt() == kHigherContrast;
    if (current() != before) emit changed(current());
}

Appearance DesktopAppearance::current() const {
    if (m_isHighContrast) return Appearance::highContrast;
    return m_isDark ? Appearance::dark : Appearance::light;
}

}  // namespace signet
