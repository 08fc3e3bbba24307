// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/asker.hpp"

#include <QWidget>

#include <variant>

class QLabel;
class QListWidget;
class QPushButton;

namespace signet {

class PinField;

/// Plain questions in the page of a window, one at a time: a choice, a yes or no, a PIN. It takes no room
/// while there is no question. Thread: main.
class WindowAsker : public QWidget, public Asker {
    Q_OBJECT

public:
    explicit WindowAsker(QWidget* parent = nullptr);

    /// What answering a PIN, or choosing, goes on to do: the words on the button.
    void setAction(const QString& action);

    void askSecret(const std::string& prompt, Reply<SecretBytes> reply) override;
    void confirm(const std::string& prompt, Reply<bool> reply) override;
    void confirmAction(const std::string& prompt, const std::string& action, Reply<bool> reply) override;
    void choose(const std::string& prompt, const std::vector<AskerChoice>& choices,
                Reply<std::size_t> reply) override;
    void tell(const std::string& text) override;
    bool isPerson() const override { return true; }
    void withdraw() override;

    bool isAsking() const { return !std::holds_alternative<std::monostate>(m_reply); }
    /// Answers with a no, where one is asked, and with Cancel otherwise.
    void decline();

signals:
    /// A question was opened or has gone.
    void changed();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    using Answer = std::variant<std::monostate, Reply<SecretBytes>, Reply<bool>, Reply<std::size_t>>;

    void open(const std::string& text, Answer answer);
    Answer take();
    void retranslate();
    void showButtons();
    void accept();

    Answer m_reply{};
    QString m_action{};
    QString m_yes{};  ///< of this question, in place of m_action
    QLabel* m_text;
    QLabel* m_pinLabel;
    PinField* m_pin;
    QListWidget* m_choices;
    QPushButton* m_cancel;
    QPushButton* m_accept;
};

}  // namespace signet
