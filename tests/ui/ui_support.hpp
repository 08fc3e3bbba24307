// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QString>
#include <QWidget>

#include <functional>

namespace signet {

/// Lets events pass until `isTrue`, for at most five seconds. Gives whether it came true.
bool waitUntil(const std::function<bool()>& isTrue);

/// A picture of the window in the folder SIGNET_SHOTS, where that is set: to be looked at.
void shoot(QWidget& window, const QString& name);

/// The visible widgets whose text is cut off: a label or a button that is smaller than its text needs, or
/// that stands out of its window. Empty: everything can be read.
QStringList cutOff(QWidget& window);

/// The visible text of a window, for searching.
QString visibleText(QWidget& window);

}  // namespace signet
