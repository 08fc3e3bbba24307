// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace signet {

/// One of our drawings (ui/icons), in the colour and size wanted. Units: device-independent pixels.
QPixmap drawing(const QString& name, int size, const QColor& colour, qreal pixelRatio = 1.0);
/// The seal, for title bars, menus and the window list.
QIcon sealIcon();

/// What the icon in the tray says, by its shape and not by colour alone.
enum class TrayState {
    notConfigured,  ///< hollow and broken: no platform is configured
    noToken,        ///< hollow
    token,          ///< filled
    busy,           ///< with an arc: a login is under way
    attention,      ///< with a dot: something wants to be looked at
};
QIcon trayIcon(TrayState state);

}  // namespace signet
