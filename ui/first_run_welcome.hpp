// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "ui/first_run_page.hpp"

#include <vector>

class QButtonGroup;
class QRadioButton;
class QVBoxLayout;

namespace signet {

class ElidedLabel;

/// Step 1: what Signet does, and for which platform. Thread: main.
class WelcomePage : public FirstRunPage {
    Q_OBJECT

public:
    WelcomePage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent = nullptr);

    void enter() override;
    bool isComplete() const override;
    bool canGoBack() const override { return false; }
    bool goOn() override;
    void retranslate() override;
    QString title() const override;
    QWidget* firstField() const override;

private:
    void setIssuers();
    std::string chosen() const;

    QLabel* m_what;
    QLabel* m_question;
    ElidedLabel* m_host;
    QVBoxLayout* m_choices;
    QButtonGroup* m_group;
    QLabel* m_hint;
    QLabel* m_missing;
    QLabel* m_missingAdvice;
    std::vector<std::string> m_issuers;
};

}  // namespace signet
