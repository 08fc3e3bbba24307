// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/first_run_window.hpp"

#include "ui/first_run_agreements.hpp"
#include "ui/first_run_keys.hpp"
#include "ui/first_run_register.hpp"
#include "ui/first_run_welcome.hpp"
#include "ui/literal_label.hpp"
#include "ui/theme.hpp"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace signet {
namespace {

constexpr QSize kSize{600, 560};
constexpr std::size_t kAgreementsStep = 1;

/// A page that scrolls where the screen is small.
QWidget* scrolled(QWidget* page) {
    auto* area = new QScrollArea();
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(page);
    // The bar does not stand against the text.
    QObject::connect(area->verticalScrollBar(), &QScrollBar::rangeChanged, page, [page](int, int last) {
        page->layout()->setContentsMargins(0, 0, last > 0 ? kGrid : 0, 0);
    });
    return area;
}

}  // namespace

FirstRunParts firstRunParts(const UiServices& services) {
    return {.configuration = services.configuration,
            .tokens = services.parts.tokens(),
            .platform = services.parts.platform(),
            .trust = services.parts.trust(),
            .clock = services.parts.clock(),
            .login = services.login,
            .openInBrowser = services.openInBrowser};
}

FirstRunWindow::FirstRunWindow(FirstRunParts parts, FirstRunFile& memory, QWidget* parent)
    : Window(parent),
      m_parts(std::move(parts)),
      m_memory(memory),
      m_step(literalLabel(this, "muted")),
      m_title(literalLabel(this, "title")),
      m_stack(new QStackedWidget(this)),
      m_agreements(new AgreementsPage(m_parts, m_facts)),
      m_register(new RegisterPage(m_parts, m_facts)),
      m_later(new QPushButton(this)),
      m_back(new QPushButton(this)),
      m_onward(new QPushButton(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * kGrid, 3 * kGrid, 3 * kGrid, 2 * kGrid);
    layout->setSpacing(kGrid / 2);
    m_step->setWordWrap(false);
    auto* head = new QHBoxLayout();
    head->setSpacing(2 * kGrid);
    head->addWidget(m_title, 1);
    head->addWidget(m_step, 0, Qt::AlignTop);
    layout->addLayout(head);
    layout->addSpacing(kGrid);
    layout->addWidget(m_stack, 1);
    addButtons(*layout);
    addPage(new WelcomePage(m_parts, m_facts), true);
    addPage(m_agreements, false);
    addPage(new KeysPage(m_parts, m_facts), true);
    addPage(m_register, true);
    connect(m_register, &RegisterPage::agreementsChanged, this, &FirstRunWindow::readAgain);
    resize(kSize.boundedTo(screen()->availableSize() - QSize(0, 4 * kGrid)));
    refresh();
}

FirstRunWindow::~FirstRunWindow() {
    if (m_isOpen) page().leave();
    // The pages work with members of this class.
    delete m_stack;
}

void FirstRunWindow::addPage(FirstRunPage* page, bool isScrolled) {
    m_pages.push_back(page);
    m_stack->addWidget(isScrolled ? scrolled(page) : page);
    connect(page, &FirstRunPage::changed, this, &FirstRunWindow::refresh);
}

void FirstRunWindow::addButtons(QVBoxLayout& layout) {
    auto* rule = new QFrame(this);
    setRole(*rule, "rule");
    auto* row = new QHBoxLayout();
    row->setSpacing(kGrid);
    row->addWidget(m_later);
    row->addStretch(1);
    row->addWidget(m_back);
    row->addWidget(m_onward);
    setRole(*m_onward, "primary");
    layout.addSpacing(kGrid);
    layout.addWidget(rule);
    layout.addSpacing(kGrid);
    layout.addLayout(row);
    connect(m_later, &QPushButton::clicked, this, &QWidget::close);
    connect(m_back, &QPushButton::clicked, this, &FirstRunWindow::goBack);
    connect(m_onward, &QPushButton::clicked, this, &FirstRunWindow::goOn);
}

void FirstRunWindow::open() {
    m_memory.remember(m_parts.configuration.issuers);
    if (!m_isOpen && !m_register->isRunning()) {
        m_facts.certificate.reset();
        m_agreements->forget();
        goTo(0);
    }
    m_isOpen = true;
    present();
    focusPage();
}

void FirstRunWindow::goTo(std::size_t index) {
    if (m_isOpen) page().leave();
    m_index = index;
    m_isOpen = true;
    m_stack->setCurrentIndex(static_cast<int>(index));
    page().enter();
    refresh();
    focusPage();
}

void FirstRunWindow::goOn() {
    if (!page().isComplete() || page().goOn()) return refresh();
    if (m_index + 1 < m_pages.size()) return goTo(m_index + 1);
    close();
}

void FirstRunWindow::goBack() {
    if (!page().canGoBack() || page().goBack() || m_index == 0) return refresh();
    goTo(m_index - 1);
}

void FirstRunWindow::readAgain() {
    m_agreements->forget();
    goTo(kAgreementsStep);
}

/// What does not belong to the page itself. The buttons stay where they are.
void FirstRunWindow::refresh() {
    if (m_pages.size() <= m_index) return;
    m_step->setText(tr("Step %1 of %2").arg(m_index + 1).arg(m_pages.size()));
    m_title->setText(page().title());
    m_onward->setText(page().onwardText());
    setOnwardEnabled(page().isComplete());
    m_back->setEnabled(page().canGoBack());
    const bool isDone = m_index + 1 == m_pages.size() && m_register->isDone();
    m_back->setVisible(m_index > 0 && !isDone);
    m_later->setVisible(!isDone);
    showNews();
}

QScrollArea* FirstRunWindow::scrollArea() const {
    return qobject_cast<QScrollArea*>(m_stack->currentWidget());
}

/// Once its place is known.
void FirstRunWindow::showNews() {
    if (scrollArea() == nullptr || page().news() == nullptr) return;
    QTimer::singleShot(0, this, [this] {
        auto* area = scrollArea();
        auto* news = page().news();
        if (area == nullptr || news == nullptr) return;
        page().layout()->activate();
        area->ensureWidgetVisible(news, 0, 0);
    });
}

/// A button that is closed would hand the focus on to the next one, and Enter would leave the window.
void FirstRunWindow::setOnwardEnabled(bool isEnabled) {
    if (!isEnabled && focusWidget() == m_onward) setFocus();
    m_onward->setEnabled(isEnabled);
    if (isEnabled && (focusWidget() == this || focusWidget() == nullptr)) m_onward->setFocus();
}

void FirstRunWindow::focusPage() {
    if (!isVisible()) return;
    auto* field = page().firstField();
    if (field == nullptr && m_onward->isEnabled()) field = m_onward;
    (field != nullptr ? field : this)->setFocus();
}

void FirstRunWindow::retranslate() {
    setWindowTitle(tr("Register – Signet"));
    m_back->setText(tr("&Back"));
    m_later->setText(tr("&Later"));
    m_later->setAccessibleDescription(
        tr("Closes this window. \"Register a certificate…\" in Signet's menu opens it again."));
    m_later->setToolTip(m_later->accessibleDescription());
    for (auto* each : m_pages) each->retranslate();
    refresh();
}

void FirstRunWindow::closeEvent(QCloseEvent* event) {
    if (m_isOpen) page().leave();
    m_isOpen = false;
    Window::closeEvent(event);
}

/// Enter presses the button that has the focus, else goes on; a page that does not fit turns by the page.
void FirstRunWindow::keyPressEvent(QKeyEvent* event) {
    const auto key = event->key();
    auto* area = scrollArea();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        auto* button = qobject_cast<QPushButton*>(focusWidget());
        (button != nullptr ? button : m_onward)->click();
    } else if (area != nullptr && (key == Qt::Key_PageUp || key == Qt::Key_PageDown)) {
        area->verticalScrollBar()->triggerAction(key == Qt::Key_PageUp ? QAbstractSlider::SliderPageStepSub
                                                                       : QAbstractSlider::SliderPageStepAdd);
    } else {
        Window::keyPressEvent(event);
    }
}

}  // namespace signet
