// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/renewal_choice.hpp"
#include "agent/tokens.hpp"
#include "base/secret.hpp"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace signet {

class FaultNote;
class PinField;

/// The page on which the PIN of one token is changed: old, new, new again, or all of it on the reader. A PIN
/// of impossible length and two new ones that differ are never sent; nothing is sent twice by itself, and a
/// last try only after a yes. Thread: main.
class PinChangeDialog : public QWidget {
    Q_OBJECT
    Q_DISABLE_COPY(PinChangeDialog)

public:
    /// `tokens` outlives this object.
    PinChangeDialog(Tokens& tokens, bool usePinPad, QWidget* parent = nullptr);
    ~PinChangeDialog() override;

    void start(const TokenChoice& token);
    /// Wipes what was typed and ends what runs.
    void stop();
    const TokenChoice& token() const { return m_token; }
    /// What a listing says of this token now; null: it is not there.
    void setToken(const TokenInfo* info);

signals:
    /// The user has done with it.
    void ended();
    /// The token was asked to change the PIN: its state may be another.
    void tried();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum Field { oldPin, newPin, newPinAgain };
    enum class Stage { refused, removed, finalTry, fields, reader, running, done };

    void build();
    void retranslate();
    void begin();
    void enter(Stage stage);
    void showTexts();
    void showTries();
    void showButtons();
    void onPrimary();
    void onCancel();
    void onTyped();
    void submitTyped();
    bool checkLengths();
    void send(SecretBytes old, SecretBytes fresh);
    void onReply(const Result<void>& result);
    void wipeFields();
    void focusNext(PinField* field);
    QString triesText() const;

    Tokens& m_tokens;
    const bool m_usePinPad;
    TokenChoice m_token{};
    CommandId m_command = 0;
    Stage m_stage = Stage::done;
    bool m_isFinalTryAccepted = false;
    bool m_isPresent = true;
    bool m_wasStopped = false;

    QLabel* m_title;
    QLabel* m_name;
    QLabel* m_tries;
    QLabel* m_lengths;
    QLabel* m_message;  ///< what is to be done, is being done or was done
    QLabel* m_labels[3];
    PinField* m_fields[3];  ///< old, new, new again
    QProgressBar* m_progress;
    FaultNote* m_fault;
    QPushButton* m_cancel;
    QPushButton* m_primary;
};

}  // namespace signet
