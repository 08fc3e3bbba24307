// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"
#include "ui/login_window.hpp"

#include <QObject>
#include <QTimer>

#include <memory>
#include <string>

namespace signet {

/// The tray's face of the login: puts the flow's questions into the login window and its buttons into
/// replies. The window is made with the first question and kept, so that the next one is there at once.
/// Thread: main.
class LoginFace final : public QObject, public Ui {
    Q_OBJECT
    Q_DISABLE_COPY(LoginFace)

public:
    explicit LoginFace(QObject* parent = nullptr);
    ~LoginFace() override;

    /// A login of the person's own begins: the window comes at once, and stays to show how it ends.
    /// `mayTakeFocus`: the person has just asked for it here.
    void beginOwn(const std::string& host, Purpose purpose, bool mayTakeFocus = true);
    /// Nullptr before the first question.
    LoginWindow* window() { return m_window.get(); }
    bool isVisible() const { return m_window && m_window->isVisible(); }

    void chooseCertificate(const LoginQuestion& question, const std::vector<CertificateCard>& cards,
                           Reply<std::size_t> reply) override;
    void confirm(const LoginQuestion& question, Confirmation kind, Reply<bool> reply) override;
    void askPin(const LoginQuestion& question, const PinQuestion& pin, Reply<SecretBytes> reply) override;
    void offerRetry(const LoginQuestion& question, const Error& error, Reply<bool> reply) override;
    void showStage(LoginStage stage) override;
    void showArrival(const LoginQuestion& question) override;
    void showEnd(const Error* error) override;
    void close() override;

    /// How long the good end is shown. Units: milliseconds. Tests set it.
    void setDoneTime(int milliseconds) { m_doneTime = milliseconds; }

signals:
    /// A login stands before the person, or does not any more.
    void busyChanged(bool isBusy);
    /// The login that runs is not wanted any more.
    void cancelWanted();
    void selfCheckWanted();
    void tokensWanted();
    void registerWanted();
    void startAgainWanted();
    void linkWanted(const QString& url);
    void languageWanted(signet::Language language);
    void pinTriesLow(const QString& token, int tries);
    void noticeSeen(const QString& host, const QString& notice);

private:
    LoginWindow& open();
    void show(LoginView view);
    void dropReplies();
    void onAccepted();
    void onCancelled();
    void onWay(WayOn way);
    void replyAnother();
    void showWorking();
    void hide();

    std::unique_ptr<LoginWindow> m_window;
    QTimer m_closing;
    int m_doneTime = 1200;
    bool m_isOwn = false;
    bool m_mayTakeFocus = false;
    bool m_hasEnded = true;
    Reply<std::size_t> m_choose;
    Reply<bool> m_yes;
    Reply<SecretBytes> m_pin;
    Reply<bool> m_retry;
};

}  // namespace signet
