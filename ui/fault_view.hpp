// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <QWidget>

#include <optional>

class QLabel;

namespace signet {

/// An error in the place where it came up: cause, way out, and the code for the help desk. Thread: main.
class FaultView : public QWidget {
    Q_OBJECT

public:
    explicit FaultView(QWidget* parent = nullptr);
    void setError(const Error& error);
    /// The same in the language of now.
    void retranslate();

private:
    QLabel* m_cause;
    QLabel* m_advice;
    QLabel* m_code;
    std::optional<Error> m_error;
};

}  // namespace signet
