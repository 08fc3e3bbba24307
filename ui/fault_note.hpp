// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <QString>
#include <QWidget>

#include <optional>

class QLabel;

namespace signet {

/// An error in its place: the cause, the way out, and the code for the help desk. It follows the language and
/// takes no room while there is none. Thread: main.
class FaultNote : public QWidget {
    Q_OBJECT

public:
    explicit FaultNote(QWidget* parent = nullptr);

    /// `subject` stands beside the code: what failed, for example a module's path.
    void setError(const Error& error, const QString& subject = {});
    void clear();
    const std::optional<Error>& error() const { return m_error; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void showTexts();

    QLabel* m_cause;
    QLabel* m_way;
    QLabel* m_code;
    std::optional<Error> m_error{};
    QString m_subject{};
};

}  // namespace signet
