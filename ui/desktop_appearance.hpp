// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "ui/theme.hpp"

#include <QDBusVariant>
#include <QObject>

namespace signet {

/// What the desktop wants: light, dark or high contrast. Asks its settings portal without waiting for it, and
/// hears of changes; where there is none, the palette of the platform's theme says it.
/// Source: XDG Desktop Portal, org.freedesktop.portal.Settings, namespace org.freedesktop.appearance.
/// Thread: main, with a QApplication whose palette has not been set yet.
class DesktopAppearance : public QObject {
    Q_OBJECT

public:
    explicit DesktopAppearance(QObject* parent = nullptr);

    Appearance current() const;

signals:
    void changed(signet::Appearance appearance);

private slots:
    void onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& key);
    void take(const QString& key, const QVariant& value);

    bool m_isDark = false;
    bool m_isHighContrast = false;
};

}  // namespace signet
