// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QString>

#include <filesystem>
#include <functional>

class QWidget;

namespace signet {

/// Which file is asked for.
struct FileQuestion {
    QString title{};
    bool isNew = false;  ///< one to be written, else one that is there
    QString suggestion{};
    QString nameFilter{};
};

/// Asks for a file without blocking; the answer does not come when the user cancels or `parent` is gone.
using FileChooser = std::function<void(QWidget& parent, const FileQuestion& question,
                                       std::function<void(const std::filesystem::path&)> chosen)>;

/// The desktop's own dialog.
void chooseFile(QWidget& parent, const FileQuestion& question,
                std::function<void(const std::filesystem::path&)> chosen);

}  // namespace signet
