// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/file_chooser.hpp"

#include <QFile>
#include <QFileDialog>
#include <QStandardPaths>

#include <utility>

namespace signet {

void chooseFile(QWidget& parent, const FileQuestion& question,
                std::function<void(const std::filesystem::path&)> chosen) {
    auto* dialog = new QFileDialog(&parent, question.title,
                                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation),
                                   question.nameFilter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(question.isNew ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(question.isNew ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    // A file that is there is never overwritten; to be asked whether it may be would be a lie.
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    if (!question.suggestion.isEmpty()) dialog->selectFile(question.suggestion);
    QObject::connect(dialog, &QFileDialog::fileSelected, &parent,
                     [chosen = std::move(chosen)](const QString& file) {
                         chosen(std::filesystem::path(QFile::encodeName(file).toStdString()));
                     });
    dialog->open();
}

}  // namespace signet
