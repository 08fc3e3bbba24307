// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/agreement_documents.hpp"
#include "ui/first_run_page.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

class QCheckBox;
class QProgressBar;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace signet {

class AgreementView;
class FaultNote;

/// Step 2: the agreements of the platform, one after the other, each with a tick of its own. Thread: main.
class AgreementsPage : public FirstRunPage {
    Q_OBJECT

public:
    AgreementsPage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent = nullptr);

    /// Loads them, unless those of this platform are there; a page that is left keeps what was ticked.
    void enter() override;
    void leave() override;
    /// The one that is shown is ticked.
    bool isComplete() const override;
    bool goOn() override;
    bool goBack() override;
    void retranslate() override;
    QString title() const override;
    QWidget* firstField() const override;

    /// They may have changed: the next time all are loaded and ticked anew.
    void forget();

private:
    enum class State { loading, failed, none, reading };
    QWidget* makeReader();
    QWidget* makeWaiting();
    QWidget* makeFailed();
    void load();
    void onLoaded(Result<std::vector<AgreementDocument>> documents);
    void setState(State state);
    void showDocument(std::size_t index);
    void nameDocument();
    void onTicked(bool isTicked);

    AgreementDocuments m_loader;
    std::string m_issuer;  ///< whose they are
    std::vector<AgreementDocument> m_documents;
    std::set<std::size_t> m_ticked;
    std::size_t m_index = 0;
    State m_state = State::loading;

    QStackedLayout* m_stack;
    QLabel* m_wait;
    QProgressBar* m_bar;
    FaultNote* m_fault;
    QPushButton* m_again;
    QLabel* m_none;
    QLabel* m_version;
    QPushButton* m_web;
    AgreementView* m_text;
    QLabel* m_hint;
    QCheckBox* m_tick;
};

}  // namespace signet
