// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/token_rows.hpp"

#include <QFrame>

class QLabel;

namespace signet {

/// Everything about the chosen line of the table of tokens. Thread: main.
class TokenDetails : public QFrame {
    Q_OBJECT

public:
    explicit TokenDetails(QWidget* parent = nullptr);

    /// `row` null: none is chosen, and nothing is shown.
    void setRow(const TokenRow* row, TimePoint now);

    /// "2027-03-01 (12 days left)"
    static QString expiryText(TimePoint notAfter, TimePoint now);

protected:
    void changeEvent(QEvent* event) override;

private:
    enum Line { identity, issuer, validity, purpose, pin, token, fingerprint, lineCount };

    void retranslate();
    void alignNames();
    void showRow();
    void showState();
    void showCertificate(const CertificateReport& report);
    QString identityText(const CertificateReport& report) const;
    QString purposeText(const Certificate& certificate) const;
    QString tokenText() const;
    QString pinText() const;
    void setLine(Line line, const QString& text);

    std::optional<TokenRow> m_row{};
    TimePoint m_now{};
    QLabel* m_name;
    QLabel* m_state;
    QLabel* m_way;
    QLabel* m_code;
    QLabel* m_names[lineCount];
    QLabel* m_values[lineCount];
};

}  // namespace signet
