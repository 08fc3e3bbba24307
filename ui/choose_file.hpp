// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace signet {

/// What a file is wanted for.
struct FileWish {
    QString title;
    QString name;         ///< proposed; empty: none
    QStringList filters;  ///< "Spreadsheet (*.csv)"
    bool isToSave = true;
};

/// Asks for a file without blocking and calls `chosen` with its path, or never. A file that is there already
/// is asked about by the caller, in its own words. Thread: main. Tests put another in its place.
using ChooseFile = std::function<void(QWidget& owner, const FileWish& wish,
                                      std::function<void(const QString& path)> chosen)>;
void chooseFile(QWidget& owner, const FileWish& wish, std::function<void(const QString& path)> chosen);

}  // namespace signet
