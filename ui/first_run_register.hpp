// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "ui/first_run_page.hpp"

#include <memory>
#include <optional>

class QProgressBar;
class QPushButton;

namespace signet {

class CertificateCardView;
class ElidedLabel;
class FaultNote;

/// Step 4: the registration itself; its questions come in the login window. Thread: main.
class RegisterPage : public FirstRunPage {
    Q_OBJECT

public:
    RegisterPage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent = nullptr);

    /// What went before is forgotten, unless it still runs.
    void enter() override;
    bool isComplete() const override { return m_state != State::running; }
    bool canGoBack() const override { return m_state == State::ready || m_state == State::failed; }
    /// Registers, or tries again; false once it is done.
    bool goOn() override;
    void retranslate() override;
    QString title() const override;
    QString onwardText() const override;
    QWidget* news() const override;

    bool isRunning() const { return m_state == State::running; }
    bool isDone() const { return m_state == State::done; }

signals:
    /// The agreements are others than those that were read.
    void agreementsChanged();

private:
    enum class State { ready, running, failed, done };
    void start();
    void onEnded(Result<LoginResult> result);
    void setState(State state);
    bool mustReadAgain() const;
    QString acceptedText() const;
    void nameResult();

    State m_state = State::ready;
    std::optional<Error> m_error;
    AccountSummary m_account;
    std::shared_ptr<int> m_life = std::make_shared<int>();  ///< the reply may come after the end

    QLabel* m_where;
    ElidedLabel* m_host;
    QLabel* m_whom;
    CertificateCardView* m_card;
    QLabel* m_accepted;
    QLabel* m_say;
    QProgressBar* m_bar;
    FaultNote* m_fault;
    QLabel* m_done;
    QLabel* m_doneAccount;
    QLabel* m_next;
    QPushButton* m_open;
};

}  // namespace signet
