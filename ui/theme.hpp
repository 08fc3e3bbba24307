// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

class QApplication;

namespace signet {

/// Everything is a multiple of it. Units: device-independent pixels.
inline constexpr int kGrid = 8;
inline constexpr int kRadius = 6;
inline constexpr int kBodyPixels = 14;

/// How the windows look; `automatic` follows the desktop.
enum class Appearance { automatic, light, dark, highContrast };

/// The colours of one appearance. Text on its ground has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3),
/// which a test computes.
struct Colours {
    QColor window;
    QColor surface;  ///< fields, cards, tables
    QColor text;
    QColor muted;     ///< what is read second
    QColor line;      ///< borders
    QColor accent;    ///< a seal's cinnabar
    QColor onAccent;  ///< text upon it
    QColor warning;
    QColor success;
    bool isDark;
};
const Colours& coloursOf(Appearance appearance);

/// Style, palette and font of the whole program; may be called again at any time. Thread: main.
void applyAppearance(QApplication& application, Appearance appearance);
/// Those of the last call.
const Colours& colours();

/// What a widget is to the reader; its looks follow. A label can be host, title, muted, code, warning, fault
/// or success; a button primary or link; a frame card.
void setRole(QWidget& widget, const char* role);

}  // namespace signet
