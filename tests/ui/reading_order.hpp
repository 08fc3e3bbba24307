// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QStringList>
#include <QWidget>

namespace signet {

/// The places where the Tab key goes against the reading order (down, and to the right in a row); empty:
/// none.
inline QStringList againstReading(QWidget& window) {
    constexpr int kSameRow = 16;
    QStringList found;
    QPoint before(-1, -1);
    for (auto* widget = window.nextInFocusChain(); widget != &window; widget = widget->nextInFocusChain()) {
        const bool isReached = widget->isVisible() && widget->isEnabled() && !widget->isWindow() &&
                               widget->focusProxy() == nullptr &&
                               (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->window() == &window;
        if (!isReached) continue;
        const auto place = widget->mapTo(&window, QPoint(0, 0));
        const bool isSameRow = qAbs(place.y() - before.y()) < kSameRow;
        if (isSameRow ? place.x() < before.x() : place.y() < before.y())
            found << QString("%1 at %2,%3")
                         .arg(widget->metaObject()->className())
                         .arg(place.x())
                         .arg(place.y());
        before = place;
    }
    return found;
}

}  // namespace signet
