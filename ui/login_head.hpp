// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"

#include <QWidget>

class QLabel;

namespace signet {

class ElidedLabel;

/// Who asks and for what: what stands at the top of the login window and is never pushed out of view. Thread:
/// main.
class LoginHead : public QWidget {
    Q_OBJECT

public:
    explicit LoginHead(QWidget* parent = nullptr);
    void setQuestion(const LoginQuestion& question);

private:
    ElidedLabel* m_host;
    QLabel* m_purpose;
    ElidedLabel* m_owner;
};

}  // namespace signet
