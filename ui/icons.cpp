// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/icons.hpp"

#include "ui/theme.hpp"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace signet {
namespace {

/// Readable on light and on dark panels: at least 3:1 on white and on black (WCAG 2.2, 1.4.11).
const QColor kTrayColour("#d9534a");

const char* fileOf(TrayState state) {
    switch (state) {
        case TrayState::notConfigured:
            return "tray-unconfigured";
        case TrayState::noToken:
            return "tray-empty";
        case TrayState::token:
            return "tray-token";
        case TrayState::busy:
            return "tray-busy";
        case TrayState::attention:
            return "tray-attention";
    }
    return "tray-empty";
}

QIcon iconOf(const QString& name, const QColor& colour) {
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64}) icon.addPixmap(drawing(name, size, colour));
    return icon;
}

}  // namespace

QPixmap drawing(const QString& name, int size, const QColor& colour, qreal pixelRatio) {
    QFile file(QStringLiteral(":/signet/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    auto svg = file.readAll();
    svg.replace("currentColor", colour.name().toLatin1());
    QPixmap pixmap(QSizeF(size * pixelRatio, size * pixelRatio).toSize());
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(pixelRatio);
    return pixmap;
}

QIcon sealIcon() {
    return iconOf(QStringLiteral("seal"), kTrayColour);
}

QIcon trayIcon(TrayState state) {
    return iconOf(QString::fromLatin1(fileOf(state)), kTrayColour);
}

}  // namespace signet
