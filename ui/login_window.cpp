// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/login_window.hpp"

#include "ui/certificate_cards.hpp"
#include "ui/fitting_scroll_area.hpp"
#include "ui/icons.hpp"
#include "ui/login_details.hpp"
#include "ui/login_head.hpp"
#include "ui/login_pages.hpp"
#include "ui/pin_field.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QAccessible>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr int kWidth = 440;
constexpr int kMargin = 3 * kGrid;
/// A text that is longer scrolls; it does not push the window over the whole screen.
constexpr int kMaxHeight = 560;
/// Below it the name of the program gives way to who asks: 600 pixels at 200 %.
constexpr int kSmallScreen = 400;

QString noticeIn(const Error& error) {
    const auto found = error.params.find("notice");
    return found == error.params.end() ? QString() : shown(found->second, 400);
}

/// A stack that is as large as the page that it shows.
class PageStack : public QStackedWidget {
public:
    using QStackedWidget::QStackedWidget;
    QSize sizeHint() const override {
        return currentWidget() == nullptr ? QSize() : currentWidget()->sizeHint();
    }
    QSize minimumSizeHint() const override {
        return currentWidget() == nullptr ? QSize() : QSize(0, currentWidget()->minimumSizeHint().height());
    }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override {
        const auto* page = currentWidget();
        if (page == nullptr) return 0;
        return page->hasHeightForWidth() ? page->heightForWidth(width) : page->sizeHint().height();
    }
};

}  // namespace

LoginWindow::LoginWindow(QWidget* parent)
    : Window(parent),
      m_top(new QWidget(this)),
      m_seal(new QLabel(m_top)),
      m_brand(new QLabel(m_top)),
      m_language(new QPushButton(m_top)),
      m_head(new LoginHead(this)),
      m_scroll(new FittingScrollArea(this)),
      m_details(new LoginDetails()),
      m_stack(new PageStack(this)),
      m_choice(new CertificateChoice()),
      m_pin(new PinPage()),
      m_confirm(new ConfirmPage()),
      m_fault(new FaultPage()),
      m_progress(new ProgressPage()),
      m_cancel(new QPushButton(this)),
      m_primary(new QPushButton(this)),
      m_another(new QPushButton(this)) {
    setWindowFlags(Qt::Dialog | Qt::WindowStaysOnTopHint | Qt::WindowTitleHint | Qt::WindowCloseButtonHint |
                   Qt::CustomizeWindowHint);
    setRole(*m_brand, "muted");
    setRole(*m_language, "link");
    setRole(*m_primary, "primary");
    setRole(*m_another, "link");
    m_language->setFocusPolicy(Qt::TabFocus);
    buildLayout();
    for (auto* page : std::initializer_list<QWidget*>{m_choice, m_pin, m_confirm, m_fault, m_progress})
        m_stack->addWidget(page);
    connect(m_cancel, &QPushButton::clicked, this, &LoginWindow::cancelled);
    connect(m_primary, &QPushButton::clicked, this, &LoginWindow::onPrimary);
    connect(m_another, &QPushButton::clicked, this, [this] { emit wayChosen(WayOn::anotherCertificate); });
    connect(m_language, &QPushButton::clicked, this, [this] {
        emit languageWanted(UiLanguage::current() == Language::zh ? Language::en : Language::zh);
    });
    connect(m_pin, &PinPage::changed, this, &LoginWindow::updatePrimary);
    connect(m_pin, &PinPage::entered, this, &LoginWindow::onPrimary);
    connect(m_choice, &CertificateChoice::changed, this, &LoginWindow::updatePrimary);
    connect(m_choice, &CertificateChoice::resized, this, &LoginWindow::fit);
    connect(m_confirm, &ConfirmPage::changed, this, &LoginWindow::updatePrimary);
    connect(m_confirm, &ConfirmPage::linkWanted, this, &LoginWindow::linkWanted);
    connect(m_details, &LoginDetails::linkWanted, this, &LoginWindow::linkWanted);
    QApplication::instance()->installEventFilter(this);
}

void LoginWindow::buildLayout() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, 2 * kGrid, kMargin, kMargin);
    layout->setSpacing(2 * kGrid);
    auto* top = new QHBoxLayout(m_top);
    top->setContentsMargins(0, 0, 0, 0);
    top->addWidget(m_seal);
    top->addWidget(m_brand, 1);
    top->addWidget(m_language);
    layout->addWidget(m_top);
    layout->addWidget(m_head);
    // A small screen scrolls what is between who asks and the buttons.
    auto* middle = new QWidget();
    auto* parts = new QVBoxLayout(middle);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(2 * kGrid);
    parts->addWidget(m_details);
    parts->addWidget(m_stack);
    parts->addStretch(1);
    m_scroll->setWidget(middle);
    layout->addWidget(m_scroll, 1);
    m_buttons = new QHBoxLayout();
    m_buttons->setSpacing(kGrid);
    m_buttons->addWidget(m_cancel);
    m_buttons->addWidget(m_another);
    m_buttons->addStretch(1);
    m_buttons->addWidget(m_primary);
    layout->addLayout(m_buttons);
}

void LoginWindow::setView(LoginView view) {
    const bool isNewQuestion = view.page != m_view.page || isAsking();
    // What was typed or ticked was so for another question (attacks.md 36).
    m_pin->field().wipe();
    m_confirm->forgetTicks();
    m_view = std::move(view);
    if (m_view.page == LoginView::Page::choose)
        m_choice->setCards(m_view.cards, m_view.question.refusedCertificates);
    render();
    if (!isNewQuestion || !isVisible()) return;
    m_cancel->setFocus();
    startGuard();
}

bool LoginWindow::isAsking() const {
    using Page = LoginView::Page;
    return m_view.page == Page::choose || m_view.page == Page::pin || m_view.page == Page::confirm ||
           (m_view.page == Page::fault && !m_view.hasEnded);
}

void LoginWindow::offerAnother(std::size_t usableCertificates) {
    m_view.question.usableCertificates = usableCertificates;
    if (m_another->isVisibleTo(this) || !mayGoBack()) return;
    m_another->show();
    QAccessibleEvent alert(m_another, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

/// To the choice, where there is one.
bool LoginWindow::mayGoBack() const {
    using Page = LoginView::Page;
    const bool isAboutThePin =
        m_view.page == Page::pin ||
        (m_view.page == Page::confirm &&
         (m_view.confirmation == Confirmation::pinPad || m_view.confirmation == Confirmation::finalPinTry));
    return isAboutThePin && m_view.question.usableCertificates > 1;
}

void LoginWindow::comeUp(bool mayTakeFocus) {
    if (isVisible()) return raise();
    setAttribute(Qt::WA_ShowWithoutActivating, !mayTakeFocus);
    render();
    startGuard();
    if (const auto* target = screen()) {
        const auto area = target->availableGeometry();
        move(area.center() - QPoint(width() / 2, height() / 2));
    }
    m_cancel->setFocus();
    show();
    raise();
    if (mayTakeFocus)
        activateWindow();
    else
        QApplication::alert(this);
}

SecretBytes LoginWindow::takePin() {
    return m_pin->field().take();
}

int LoginWindow::chosenCard() const {
    return m_choice->chosen();
}

void LoginWindow::render() {
    if (std::exchange(m_isRendering, true)) return;
    const auto& question = m_view.question;
    setWindowTitle(question.host.empty() ? tr("Signet") : tr("Signet - %1").arg(shown(question.host, 60)));
    m_seal->setPixmap(drawing(QStringLiteral("seal"), 20, colours().accent, devicePixelRatioF()));
    m_brand->setText(tr("Signet"));
    m_language->setText(UiLanguage::current() == Language::zh ? QStringLiteral("English")
                                                              : QStringLiteral("中文"));
    m_head->setQuestion(question);
    m_details->setQuestion(question, m_view.page != LoginView::Page::choose);
    renderPage();
    renderButtons();
    m_isRendering = false;
    fit();
}

void LoginWindow::renderPage() {
    using Page = LoginView::Page;
    switch (m_view.page) {
        case Page::connecting:
            m_progress->setBusy(tr("Connecting…"));
            return m_stack->setCurrentWidget(m_progress);
        case Page::working:
            m_progress->setBusy(tr("One moment…"));
            return m_stack->setCurrentWidget(m_progress);
        case Page::reader:
            m_progress->setBusy(tr("Enter the PIN on the reader"));
            return m_stack->setCurrentWidget(m_progress);
        case Page::signing:
            m_progress->setBusy(tr("Signing…"));
            return m_stack->setCurrentWidget(m_progress);
        case Page::relaying:
            m_progress->setBusy(tr("Logging in…"));
            return m_stack->setCurrentWidget(m_progress);
        case Page::done:
            m_progress->setDone(m_view.question.purpose == Purpose::login ? tr("Logged in") : tr("Done"));
            return m_stack->setCurrentWidget(m_progress);
        case Page::choose:
            m_choice->retranslate();
            return m_stack->setCurrentWidget(m_choice);
        case Page::pin:
            m_pin->setQuestion(m_view.pin);
            return m_stack->setCurrentWidget(m_pin);
        case Page::confirm:
            m_confirm->setQuestion(m_view.question, m_view.confirmation);
            return m_stack->setCurrentWidget(m_confirm);
        case Page::fault:
            break;
    }
    const auto& error = m_view.error;
    const bool isAwaited = !m_view.hasEnded &&
                           (error.code == ErrorCode::noToken || error.code == ErrorCode::tokenRemoved) &&
                           error.reason.empty();
    if (isAwaited)
        m_fault->setHint(tr("Plug in the USB key"), tr("It goes on by itself as soon as the key is found."),
                         error);
    else
        m_fault->setError(error, noticeIn(error));
    m_stack->setCurrentWidget(m_fault);
}

QString LoginWindow::wayWords(WayOn way) const {
    switch (way) {
        case WayOn::enterPinAgain:
            return tr("Enter it again");
        case WayOn::lookAgain:
            return tr("Try again");
        case WayOn::anotherCertificate:
            return tr("Another certificate");
        case WayOn::startAgain:
            return tr("Log in again");
        case WayOn::selfCheck:
            return tr("Self-check");
        case WayOn::registerHere:
            return tr("Register");
        case WayOn::tokens:
            return tr("Keys and certificates");
    }
    return {};
}

void LoginWindow::addWay(WayOn way, bool isMain) {
    auto* button = new QPushButton(wayWords(way), this);
    setRole(*button, isMain ? "primary" : "");
    connect(button, &QPushButton::clicked, this, [this, way] {
        if (!isGuarded()) emit wayChosen(way);
    });
    m_buttons->addWidget(button);
    m_ways.push_back(button);
}

void LoginWindow::renderButtons() {
    using Page = LoginView::Page;
    for (auto* button : std::exchange(m_ways, {})) {
        m_buttons->removeWidget(button);
        button->hide();
        button->deleteLater();
    }
    const bool isOver = m_view.hasEnded || m_view.page == Page::done;
    m_cancel->setText(isOver ? tr("Close") : tr("Cancel"));
    m_another->setText(wayWords(WayOn::anotherCertificate));
    m_another->setVisible(mayGoBack());
    m_primary->setVisible(m_view.page == Page::choose || m_view.page == Page::pin ||
                          m_view.page == Page::confirm);
    if (m_view.page == Page::choose) m_primary->setText(tr("Go on"));
    if (m_view.page == Page::pin)
        m_primary->setText(m_view.question.purpose == Purpose::login ? tr("Log in") : tr("Sign"));
    if (m_view.page == Page::confirm)
        m_primary->setText(m_view.confirmation == Confirmation::finalPinTry ? tr("Use the last try")
                           : m_view.confirmation == Confirmation::pinPad    ? tr("Go on")
                                                                            : tr("Accept"));
    if (m_view.page == Page::fault) {
        const bool isOwnLogin = m_view.isOwn && m_view.question.purpose == Purpose::login;
        const auto ways = waysOn(m_view.error, {.hasEnded = m_view.hasEnded,
                                                .isOwn = isOwnLogin,
                                                .usableCertificates = m_view.question.usableCertificates});
        // The main one stands at the right end, as every main button here.
        for (std::size_t i = ways.size(); i-- > 0;) addWay(ways[i], i == 0);
    }
    updatePrimary();
}

void LoginWindow::updatePrimary() {
    using Page = LoginView::Page;
    const bool isComplete = m_view.page == Page::choose    ? m_choice->chosen() >= 0
                            : m_view.page == Page::pin     ? m_pin->isComplete()
                            : m_view.page == Page::confirm ? m_confirm->isComplete()
                                                           : false;
    m_primary->setEnabled(isComplete);
}

void LoginWindow::onPrimary() {
    if (m_primary->isEnabled() && !isGuarded()) emit accepted();
}

/// As wide as it is, as high as its words need, and no higher than the screen.
void LoginWindow::fit() {
    const auto* on = screen();
    const auto area = on == nullptr ? QRect(0, 0, 1024, 600) : on->availableGeometry();
    setFixedWidth(std::min(kWidth, area.width()));
    m_top->setVisible(area.height() >= kSmallScreen);
    // What has just been hidden or filled would be taken into account only with the next event.
    for (auto* part : std::initializer_list<QWidget*>{m_head, m_details, m_stack->currentWidget()}) {
        part->layout()->invalidate();
        part->layout()->activate();
    }
    m_head->setFixedHeight(m_head->layout()->heightForWidth(width() - 2 * kMargin));  // never squeezed
    m_stack->updateGeometry();
    m_scroll->widget()->layout()->invalidate();
    m_scroll->widget()->layout()->activate();
    m_scroll->updateGeometry();
    layout()->invalidate();
    layout()->activate();
    const int wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width())
                                                     : layout()->totalSizeHint().height();
    const int most = std::min(kMaxHeight, area.height() - 4 * kGrid);
    m_scroll->setVerticalScrollBarPolicy(wanted <= most ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    setFixedHeight(std::min(wanted, most));
    // What is asked lies at the end, and is what the person needs first.
    m_scroll->verticalScrollBar()->setValue(m_scroll->verticalScrollBar()->maximum());
}

void LoginWindow::startGuard() {
    m_guard.start();
    QTimer::singleShot(m_guardTime, this, &LoginWindow::endGuard);
}

bool LoginWindow::isGuarded() const {
    return m_guard.isValid() && m_guard.elapsed() < m_guardTime;
}

/// From now on what is typed counts, and it goes where it belongs.
void LoginWindow::endGuard() {
    if (isGuarded() || !isVisible()) return;
    if (focusWidget() != m_cancel && focusWidget() != nullptr) return;
    if (m_view.page == LoginView::Page::pin) m_pin->field().setFocus();
    if (m_view.page == LoginView::Page::fault && !m_ways.empty()) m_ways.back()->setFocus();
}

bool LoginWindow::event(QEvent* event) {
    // Who clicks on it has seen it; a window that gets the keyboard in another way may get it while somebody
    // types.
    if (event->type() == QEvent::WindowActivate && !underMouse()) startGuard();
    return Window::event(event);
}

bool LoginWindow::eventFilter(QObject* watched, QEvent* event) {
    const auto type = event->type();
    const bool isInput = type == QEvent::KeyPress || type == QEvent::Shortcut ||
                         type == QEvent::ShortcutOverride || type == QEvent::KeyRelease;
    if (isInput && isGuarded()) {
        const auto* widget = qobject_cast<QWidget*>(watched);
        if (widget != nullptr && widget->window() == this) return true;
    }
    return Window::eventFilter(watched, event);
}

void LoginWindow::keyPressEvent(QKeyEvent* event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto* button = qobject_cast<QPushButton*>(focusWidget());
    if (isEnter && button != nullptr && button->isEnabled()) return button->click();
    if (isEnter) return onPrimary();
    Window::keyPressEvent(event);
}

void LoginWindow::closeEvent(QCloseEvent* event) {
    if (!isVisible()) return event->accept();  // the end of the session asks every window
    event->ignore();                           // Whoever listens decides, and hides it.
    emit cancelled();
}

}  // namespace signet
