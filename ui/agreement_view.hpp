// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/agreement_text.hpp"

#include <QTextBrowser>

namespace signet {

/// The text of an agreement to be read: headings, paragraphs, items; material clauses bold. Every text is
/// shown literally, nothing in it is a link. Thread: main.
class AgreementView : public QTextBrowser {
    Q_OBJECT

public:
    explicit AgreementView(QWidget* parent = nullptr);
    void setAgreement(const AgreementText& agreement, const QString& name);
};

}  // namespace signet
