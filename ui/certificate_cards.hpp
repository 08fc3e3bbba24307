// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"

#include <QFrame>
#include <QPushButton>

#include <vector>

class QButtonGroup;
class QVBoxLayout;

namespace signet {

class ElidedLabel;

/// The second line of a card: masked number, issuer, end of validity, key.
QString cardDetails(const CertificateCard& card);

/// A certificate to be read. Thread: main.
class CertificateCardView : public QFrame {
    Q_OBJECT

public:
    explicit CertificateCardView(QWidget* parent = nullptr);
    void setCard(const CertificateCard& card);

private:
    ElidedLabel* m_name;
    ElidedLabel* m_details;
};

/// Certificates of which one is chosen, with the mouse or the arrow keys; those that cannot be used are
/// below, on demand, with their reason. Thread: main.
class CertificateChoice : public QWidget {
    Q_OBJECT

public:
    explicit CertificateChoice(QWidget* parent = nullptr);
    void setCards(const std::vector<CertificateCard>& cards, const std::vector<RefusedCard>& refused);
    /// The same cards in the language of now.
    void retranslate();
    int chosen() const;  ///< -1: none
    void choose(int index);

signals:
    void changed();
    void resized();

private:
    void clear();
    void addCard(int index);
    void addRefused(const RefusedCard& refused);

    std::vector<CertificateCard> m_cards;
    std::vector<RefusedCard> m_refused;
    QVBoxLayout* m_layout;
    QButtonGroup* m_group;
    QPushButton* m_more;
    QWidget* m_others;
};

}  // namespace signet
