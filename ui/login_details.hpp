// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"

#include <QWidget>

class QLabel;
class QPushButton;

namespace signet {

class CertificateCardView;
class ElidedLabel;

/// As whom, with which certificate, what is passed on, what is accepted. What does not apply is not there.
/// Thread: main.
class LoginDetails : public QWidget {
    Q_OBJECT

public:
    explicit LoginDetails(QWidget* parent = nullptr);
    /// `hasCard`: the chosen certificate is shown here (else it is being chosen below).
    void setQuestion(const LoginQuestion& question, bool hasCard);

signals:
    void linkWanted(const QString& url);

private:
    void setAct(const LoginQuestion& question);
    void setAgreements(const LoginQuestion& question);

    CertificateCardView* m_card;
    QLabel* m_capacity;
    ElidedLabel* m_enterprise;
    QLabel* m_text;
    QLabel* m_claims;
    QLabel* m_agreements;
};

}  // namespace signet
