// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"
#include "ui/ways_on.hpp"
#include "ui/window.hpp"

#include <QElapsedTimer>

#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace signet {

class CertificateChoice;
class ConfirmPage;
class FaultPage;
class FittingScrollArea;
class LoginDetails;
class LoginHead;
class PinPage;
class ProgressPage;

/// Everything that the login window shows at one time.
struct LoginView {
    enum class Page { connecting, choose, working, pin, confirm, reader, fault, signing, relaying, done };

    Page page = Page::connecting;
    LoginQuestion question{};
    std::vector<CertificateCard> cards{};  ///< choose
    Confirmation confirmation{};           ///< confirm
    PinQuestion pin{};
    Error error{};  ///< fault
    bool hasEnded = false;
    bool isOwn = false;  ///< the person started it in the tray
};

/// The login window: who asks, for what, as whom, what now. It shows one question at a time and decides
/// nothing. Keys and clicks in the first half second of a question do nothing, Cancel holds the focus until
/// the field does, and it comes up without taking the focus from where the person types (attacks.md 37-39).
/// Thread: main.
class LoginWindow : public Window {
    Q_OBJECT

public:
    explicit LoginWindow(QWidget* parent = nullptr);

    void setView(LoginView view);
    const LoginView& view() const { return m_view; }
    /// Comes to the front without taking the keyboard, unless the person has just asked for it here.
    void comeUp(bool mayTakeFocus);

    /// A question with a reply stands there.
    bool isAsking() const;
    /// The way back to the choice appears; everything else stays as it is.
    void offerAnother(std::size_t usableCertificates);

    SecretBytes takePin();
    int chosenCard() const;

    /// How long keys and clicks do nothing. Units: milliseconds. Tests set it.
    void setGuardTime(int milliseconds) { m_guardTime = milliseconds; }

signals:
    /// The main button of choose, pin and confirm.
    void accepted();
    void cancelled();
    void wayChosen(signet::WayOn way);
    void linkWanted(const QString& url);
    void languageWanted(signet::Language language);

protected:
    void retranslate() override { render(); }
    void recolour() override { render(); }
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLayout();
    void render();
    void renderPage();
    void renderButtons();
    void addWay(WayOn way, bool isMain);
    QString wayWords(WayOn way) const;
    void updatePrimary();
    void onPrimary();
    void startGuard();
    void endGuard();
    bool isGuarded() const;
    void fit();
    bool mayGoBack() const;

    LoginView m_view;
    int m_guardTime = 500;
    QElapsedTimer m_guard;
    bool m_isRendering = false;

    QWidget* m_top;
    QLabel* m_seal;
    QLabel* m_brand;
    QPushButton* m_language;
    LoginHead* m_head;
    FittingScrollArea* m_scroll;
    LoginDetails* m_details;
    QStackedWidget* m_stack;
    CertificateChoice* m_choice;
    PinPage* m_pin;
    ConfirmPage* m_confirm;
    FaultPage* m_fault;
    ProgressPage* m_progress;
    QHBoxLayout* m_buttons;
    QPushButton* m_cancel;
    QPushButton* m_primary;
    QPushButton* m_another;
    std::vector<QPushButton*> m_ways;
};

}  // namespace signet
