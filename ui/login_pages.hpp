// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"

#include <QWidget>

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QLabel;
class QProgressBar;
class QVBoxLayout;

namespace signet {

class PinField;

/// The parts of the login window that change with what is asked. Each takes its words anew with every set…()
/// call, so that the window only has to say again what it shows when the language changes. Thread: main.

/// The PIN field and the tries that are left, or that the PIN is entered on the reader.
class PinPage : public QWidget {
    Q_OBJECT

public:
    explicit PinPage(QWidget* parent = nullptr);
    void setQuestion(const PinQuestion& pin);
    PinField& field() { return *m_field; }
    /// Something is typed. A length that the token does not take costs no try, and is told by the flow.
    bool isComplete() const;

signals:
    void changed();
    void entered();

private:
    QLabel* m_label;
    PinField* m_field;
    QLabel* m_tries;
};

/// A yes that is asked for. Agreements each have a box to tick, and a way to be read.
class ConfirmPage : public QWidget {
    Q_OBJECT

public:
    explicit ConfirmPage(QWidget* parent = nullptr);
    void setQuestion(const LoginQuestion& question, Confirmation kind);
    /// Another question: what was ticked before does not count for it (R63).
    void forgetTicks() { m_shown.clear(); }
    /// All boxes are ticked.
    bool isComplete() const;

signals:
    void changed();
    void linkWanted(const QString& url);

private:
    void setBoxes(const std::vector<AgreementCard>& agreements);
    void addBox(const AgreementCard& agreement, bool isTicked);

    QLabel* m_icon;
    QLabel* m_sentence;
    QVBoxLayout* m_boxLayout;
    std::vector<QCheckBox*> m_boxes;
    std::vector<AgreementRef> m_shown;
};

/// Cause, way out and code.
class FaultPage : public QWidget {
    Q_OBJECT

public:
    explicit FaultPage(QWidget* parent = nullptr);
    /// `extra` is said below the advice; may be empty.
    void setError(const Error& error, const QString& extra);
    /// Nothing is wrong: something is waited for.
    void setHint(const QString& sentence, const QString& advice, const Error& error);

private:
    void setTexts(const QString& sentence, const QString& advice, const QString& code);

    QLabel* m_icon;
    QLabel* m_sentence;
    QLabel* m_advice;
    QLabel* m_code;
};

/// What is being done, or that it is done.
class ProgressPage : public QWidget {
    Q_OBJECT

public:
    explicit ProgressPage(QWidget* parent = nullptr);
    void setBusy(const QString& sentence);
    void setDone(const QString& sentence);

private:
    QLabel* m_icon;
    QLabel* m_sentence;
    QProgressBar* m_bar;
};

}  // namespace signet
