// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QString>
#include <QTextBrowser>

#include <utility>
#include <vector>

namespace signet {

/// Names and their values, one pair a line, to be read and copied. Every text is shown literally.
/// Thread: main.
class DetailsView : public QTextBrowser {
    Q_OBJECT

public:
    using Rows = std::vector<std::pair<QString, QString>>;  ///< name, value
    explicit DetailsView(QWidget* parent = nullptr);

    /// Rows without a value are left out.
    void setRows(Rows rows);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();

    Rows m_rows;
};

}  // namespace signet
