// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/registration_keys.hpp"
#include "ui/first_run_page.hpp"

#include <optional>
#include <string>

class QProgressBar;
class QPushButton;

namespace signet {

class CertificateChoice;
class FaultNote;

/// Step 3: the USB key and the certificate on it; follows what is plugged in and out. Thread: main.
class KeysPage : public FirstRunPage {
    Q_OBJECT
    Q_DISABLE_COPY(KeysPage)

public:
    KeysPage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent = nullptr);
    ~KeysPage() override;

    void enter() override;
    void leave() override;
    bool isComplete() const override;
    bool goOn() override;
    void retranslate() override;
    QString title() const override;

private:
    void look();
    void onListed(const TokenInventory& inventory);
    void setCards(const std::string& chosenBefore);
    void showKeys();
    void nameAll();
    std::string chosenFingerprint() const;

    CommandId m_watch = 0;
    CommandId m_listing = 0;
    std::optional<RegistrationKeys> m_keys;  ///< nullopt: not known yet

    QLabel* m_say;
    QLabel* m_advice;
    QProgressBar* m_bar;
    FaultNote* m_fault;
    CertificateChoice* m_choice;
    QPushButton* m_again;
};

}  // namespace signet
