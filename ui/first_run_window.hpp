// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/first_run.hpp"
#include "ui/first_run_page.hpp"
#include "ui/ui_services.hpp"
#include "ui/window.hpp"

#include <cstddef>
#include <vector>

class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace signet {

class AgreementsPage;
class RegisterPage;

FirstRunParts firstRunParts(const UiServices& services);

/// The way to an account, one step at a time: which platform, its agreements, the key, the registration.
/// Thread: main.
class FirstRunWindow : public Window {
    Q_OBJECT
    Q_DISABLE_COPY(FirstRunWindow)

public:
    /// `memory` outlives the window.
    FirstRunWindow(FirstRunParts parts, FirstRunFile& memory, QWidget* parent = nullptr);
    ~FirstRunWindow() override;

    /// Whether it should open by itself now.
    bool opensByItself() const { return m_memory.opensByItself(m_parts.configuration.issuers); }
    /// Shows it from its first step on, or where it is while a registration runs.
    void open();

protected:
    void retranslate() override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addPage(FirstRunPage* page, bool isScrolled);
    void addButtons(class QVBoxLayout& layout);
    FirstRunPage& page() const { return *m_pages[m_index]; }
    void goTo(std::size_t index);
    void goOn();
    void goBack();
    void readAgain();
    void refresh();
    void showNews();
    QScrollArea* scrollArea() const;
    void setOnwardEnabled(bool isEnabled);
    void focusPage();

    const FirstRunParts m_parts;
    FirstRunFile& m_memory;
    FirstRunFacts m_facts;
    std::size_t m_index = 0;
    bool m_isOpen = false;  ///< the page in view was entered

    QLabel* m_step;
    QLabel* m_title;
    QStackedWidget* m_stack;
    std::vector<FirstRunPage*> m_pages;
    AgreementsPage* m_agreements;
    RegisterPage* m_register;
    QPushButton* m_later;
    QPushButton* m_back;
    QPushButton* m_onward;
};

}  // namespace signet
