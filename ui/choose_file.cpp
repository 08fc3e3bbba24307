// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/choose_file.hpp"

#include <QFileDialog>
#include <QStandardPaths>

#include <utility>

namespace signet {
namespace {

/// "csv" of "Spreadsheet (*.csv)".
QString suffixOf(const QString& filter) {
    const auto begin = filter.lastIndexOf(QStringLiteral("*."));
    if (begin < 0) return {};
    return filter.mid(begin + 2).remove(QLatin1Char(')')).trimmed();
}

}  // namespace

void chooseFile(QWidget& owner, const FileWish& wish, std::function<void(const QString& path)> chosen) {
    auto* dialog = new QFileDialog(&owner, wish.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters(wish.filters);
    if (wish.isToSave) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
        dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
        dialog->setDefaultSuffix(suffixOf(wish.filters.value(0)));
        QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                         [dialog](const QString& filter) { dialog->setDefaultSuffix(suffixOf(filter)); });
        if (!wish.name.isEmpty()) dialog->selectFile(wish.name);
    } else {
        dialog->setFileMode(QFileDialog::ExistingFile);
    }
    QObject::connect(dialog, &QFileDialog::fileSelected, &owner,
                     [chosen = std::move(chosen)](const QString& path) { chosen(path); });
    dialog->open();
}

}  // namespace signet
