// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <QFrame>
#include <QPointer>
#include <QString>

#include <functional>

class QLabel;
class QPushButton;

namespace signet {

/// What a window has to say or to ask, in its own place: no window stands on another. Hidden while there is
/// nothing. Its words follow the language. Thread: main.
class Notice : public QFrame {
    Q_OBJECT

public:
    /// Gives a text in the language of now.
    using Words = std::function<QString()>;
    explicit Notice(QWidget* parent = nullptr);

    void tell(const char* role, Words words);
    /// Sentence, advice and code. `instead` of the error's own sentence and advice, where the window knows
    /// better what it is about.
    void tell(const Error& error);
    void tell(const Error& error, Words instead, Words way);
    /// Two buttons, named by what they do; the one that changes nothing has the focus, and Escape is it.
    void ask(Words question, Words act, Words keep, std::function<void()> onAct,
             std::function<void()> onKeep = {});
    /// One button beside a sentence that need not be answered.
    void offer(const char* role, Words words, Words act, std::function<void()> onAct);
    void clear();
    bool isAsking() const { return static_cast<bool>(m_keepWords); }

    QPushButton& actButton() { return *m_act; }
    QPushButton& keepButton() { return *m_keep; }

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void show(const char* role, Words words);
    void retell();
    void decide(bool isAct);

    QLabel* m_sentence;
    QLabel* m_advice;
    QLabel* m_code;
    QPushButton* m_keep;
    QPushButton* m_act;
    Words m_words{};
    Words m_adviceWords{};
    QString m_codeText{};
    Words m_actWords{};
    Words m_keepWords{};
    std::function<void()> m_onAct{};
    std::function<void()> m_onKeep{};
    QPointer<QWidget> m_focusBefore{};
};

}  // namespace signet
