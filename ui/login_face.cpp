// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/login_face.hpp"

#include "ui/ui_language.hpp"

#include <utility>

namespace signet {
namespace {

/// The person said so a moment ago, and need not be told.
bool isOwnWord(const Error& error) {
    return error.code == ErrorCode::userCancelled || error.code == ErrorCode::pinFinalTryDeclined ||
           error.reason == "agreements_declined";
}

}  // namespace

LoginFace::LoginFace(QObject* parent) : QObject(parent) {
    m_closing.setSingleShot(true);
    connect(&m_closing, &QTimer::timeout, this, &LoginFace::hide);
}

LoginFace::~LoginFace() = default;

LoginWindow& LoginFace::open() {
    if (m_window) return *m_window;
    m_window = std::make_unique<LoginWindow>();
    auto* window = m_window.get();
    connect(window, &LoginWindow::accepted, this, &LoginFace::onAccepted);
    connect(window, &LoginWindow::cancelled, this, &LoginFace::onCancelled);
    connect(window, &LoginWindow::wayChosen, this, &LoginFace::onWay);
    connect(window, &LoginWindow::linkWanted, this, &LoginFace::linkWanted);
    connect(window, &LoginWindow::languageWanted, this, &LoginFace::languageWanted);
    return *window;
}

void LoginFace::show(LoginView view) {
    m_closing.stop();
    if (std::exchange(m_hasEnded, view.hasEnded) && !view.hasEnded) emit busyChanged(true);
    view.isOwn = m_isOwn;
    if (!view.question.notice.empty())
        emit noticeSeen(shown(view.question.host, 60), shown(view.question.notice, 400));
    auto& window = open();
    window.setView(std::move(view));
    window.comeUp(m_isOwn && m_mayTakeFocus);
}

void LoginFace::beginOwn(const std::string& host, Purpose purpose, bool mayTakeFocus) {
    m_isOwn = true;
    m_mayTakeFocus = mayTakeFocus;
    LoginView view;
    view.question.host = host;
    view.question.origin = kAgentOrigin;
    view.question.purpose = purpose;
    show(std::move(view));
}

void LoginFace::chooseCertificate(const LoginQuestion& question, const std::vector<CertificateCard>& cards,
                                  Reply<std::size_t> reply) {
    dropReplies();
    m_choose = std::move(reply);
    show({.page = LoginView::Page::choose, .question = question, .cards = cards});
}

void LoginFace::confirm(const LoginQuestion& question, Confirmation kind, Reply<bool> reply) {
    dropReplies();
    m_yes = std::move(reply);
    show({.page = LoginView::Page::confirm, .question = question, .confirmation = kind});
}

void LoginFace::askPin(const LoginQuestion& question, const PinQuestion& pin, Reply<SecretBytes> reply) {
    dropReplies();
    m_pin = std::move(reply);
    if (pin.triesLeft && *pin.triesLeft <= 2) emit pinTriesLow(shown(pin.tokenLabel, 60), *pin.triesLeft);
    show({.page = LoginView::Page::pin, .question = question, .pin = pin});
}

void LoginFace::offerRetry(const LoginQuestion& question, const Error& error, Reply<bool> reply) {
    dropReplies();
    m_retry = std::move(reply);
    show({.page = LoginView::Page::fault, .question = question, .error = error});
}

void LoginFace::showArrival(const LoginQuestion& question) {
    if (!m_hasEnded && m_window) m_window->offerAnother(question.usableCertificates);
}

/// Stages of a login that nobody has been asked about stay unseen.
void LoginFace::showStage(LoginStage stage) {
    if (m_hasEnded || !m_window) return;
    // A question that stands there does not count any more.
    if (stage == LoginStage::choose && m_window->isAsking()) {
        dropReplies();
        return showWorking();
    }
    if (stage != LoginStage::signing && stage != LoginStage::relaying) return;
    auto view = m_window->view();
    const bool isOnReader =
        view.page == LoginView::Page::confirm && view.confirmation == Confirmation::pinPad;
    view.page = stage == LoginStage::relaying ? LoginView::Page::relaying
                : isOnReader                  ? LoginView::Page::reader
                                              : LoginView::Page::signing;
    m_window->setView(std::move(view));
}

void LoginFace::showEnd(const Error* error) {
    dropReplies();
    if (m_hasEnded || !m_window) return;
    m_hasEnded = true;
    if (error != nullptr && isOwnWord(*error)) {
        hide();
    } else {
        auto view = m_window->view();
        view.page = error == nullptr ? LoginView::Page::done : LoginView::Page::fault;
        view.hasEnded = true;
        if (error != nullptr) view.error = *error;
        m_window->setView(std::move(view));
        if (error == nullptr) m_closing.start(m_doneTime);
        m_isOwn = false;  // what comes next is another's
    }
    emit busyChanged(false);
}

/// After showEnd() the window stays for the person to read; else the login was withdrawn.
void LoginFace::close() {
    dropReplies();
    if (!std::exchange(m_hasEnded, true)) {
        hide();
        emit busyChanged(false);
    }
}

void LoginFace::dropReplies() {
    m_choose = nullptr;
    m_yes = nullptr;
    m_pin = nullptr;
    m_retry = nullptr;
}

void LoginFace::hide() {
    m_isOwn = false;
    m_closing.stop();
    if (!m_window) return;
    m_window->setView({});
    m_window->hide();
}

/// A reply may bring the next question before it returns, so it is taken out first.
void LoginFace::onAccepted() {
    if (m_choose) {
        const auto card = static_cast<std::size_t>(m_window->chosenCard());
        const auto reply = std::exchange(m_choose, nullptr);
        showWorking();
        return reply(card);
    }
    if (m_yes) return std::exchange(m_yes, nullptr)(true);
    if (m_pin) return std::exchange(m_pin, nullptr)(m_window->takePin());
}

void LoginFace::onCancelled() {
    if (m_hasEnded) return hide();
    const Error cancelled{.code = ErrorCode::userCancelled};
    if (m_choose) return std::exchange(m_choose, nullptr)(fail(cancelled));
    if (m_yes) return std::exchange(m_yes, nullptr)(false);
    if (m_pin) return std::exchange(m_pin, nullptr)(fail(cancelled));
    if (m_retry) return std::exchange(m_retry, nullptr)(fail(cancelled));
    emit cancelWanted();
}

/// Between two questions nothing stands there that can be clicked in vain.
void LoginFace::showWorking() {
    auto view = m_window->view();
    view.page = LoginView::Page::working;
    m_window->setView(std::move(view));
}

void LoginFace::replyAnother() {
    const auto yes = std::exchange(m_yes, nullptr);
    const auto pin = std::exchange(m_pin, nullptr);
    const auto retry = std::exchange(m_retry, nullptr);
    showWorking();
    if (yes) return yes(fail(anotherCertificate()));
    if (pin) return pin(fail(anotherCertificate()));
    if (retry) return retry(true);
}

void LoginFace::onWay(WayOn way) {
    switch (way) {
        case WayOn::enterPinAgain:
        case WayOn::lookAgain:
            if (const auto retry = std::exchange(m_retry, nullptr)) {
                showWorking();
                retry(true);
            }
            return;
        case WayOn::anotherCertificate:
            return replyAnother();
        case WayOn::startAgain:
            hide();
            emit startAgainWanted();
            return;
        case WayOn::selfCheck:
            emit selfCheckWanted();
            return;
        case WayOn::tokens:
            emit tokensWanted();
            return;
        case WayOn::registerHere:
            hide();
            emit registerWanted();
            return;
    }
}

}  // namespace signet
