// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QLabel>
#include <QWidget>

namespace signet {

/// A label that shows its text literally and wraps it.
QLabel* literalLabel(QWidget* parent, const char* role = nullptr);
/// One whose text can be marked and copied.
QLabel* selectableLabel(QWidget* parent, const char* role = nullptr);

}  // namespace signet
