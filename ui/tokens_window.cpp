// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/tokens_window.hpp"

#include "ui/literal_label.hpp"
#include "ui/pin_change_dialog.hpp"
#include "ui/renewal_page.hpp"
#include "ui/search_table.hpp"
#include "ui/theme.hpp"
#include "ui/token_details.hpp"

#include <QHBoxLayout>
#include <QHideEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr int kMargin = 2 * kGrid;
constexpr int kTableHeight = 20 * kGrid;
constexpr int kWidestColumn = 24 * kGrid;
constexpr QSize kUsualSize(118 * kGrid, 72 * kGrid);

/// It takes the height that is left, and asks for little: the details and the actions shall be in sight.
class ShortTable final : public SearchTable {
public:
    using SearchTable::SearchTable;
    QSize sizeHint() const override { return {SearchTable::sizeHint().width(), kTableHeight}; }
};

}  // namespace

TokensWindow::TokensWindow(const Ports& ports, QWidget* parent)
    : Window(parent),
      m_ports(ports),
      m_pages(new QStackedWidget(this)),
      m_title(literalLabel(this, "title")),
      m_status(literalLabel(this, "muted")),
      m_faults(new QVBoxLayout),
      m_table(new ShortTable(this)),
      m_details(new TokenDetails(this)),
      m_changePin(new QPushButton(this)),
      m_request(new QPushButton(this)),
      m_install(new QPushButton(this)),
      m_selfCheck(new QPushButton(this)),
      m_pinPage(new PinChangeDialog(ports.tokens, ports.usePinPad, this)),
      m_renewalPage(new RenewalPage(
          {ports.tokens, ports.trust, ports.clock, ports.usePinPad, ports.chooseFile}, this)) {
    addPage(buildList());
    addPage(m_pinPage);
    addPage(m_renewalPage);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    resize(kUsualSize);

    connect(m_table, &SearchTable::currentRowChanged, this, &TokensWindow::onRowChosen);
    connect(m_table, &SearchTable::rowActivated, m_changePin, [this] { m_changePin->setFocus(); });
    connect(m_changePin, &QPushButton::clicked, this, &TokensWindow::changePin);
    connect(m_request, &QPushButton::clicked, this, &TokensWindow::requestRenewal);
    connect(m_install, &QPushButton::clicked, this, &TokensWindow::installCertificate);
    connect(m_selfCheck, &QPushButton::clicked, this, &TokensWindow::selfCheckWanted);
    connect(m_pinPage, &PinChangeDialog::ended, this, &TokensWindow::showList);
    connect(m_pinPage, &PinChangeDialog::tried, this, &TokensWindow::refresh);
    connect(m_renewalPage, &RenewalPage::ended, this, &TokensWindow::showList);
    connect(m_renewalPage, &RenewalPage::tried, this, &TokensWindow::refresh);
}

TokensWindow::~TokensWindow() {
    stopWatching();
}

/// What does not fit on a small screen is scrolled to.
void TokensWindow::addPage(QWidget* page) {
    auto* inner = new QWidget(this);
    auto* layout = new QVBoxLayout(inner);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->addWidget(page);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(inner);
    m_pages->addWidget(area);
}

QWidget* TokensWindow::buildList() {
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kMargin);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    m_status->setWordWrap(false);
    head->addWidget(m_status);
    layout->addLayout(head);
    m_faults->setSpacing(kGrid);
    layout->addLayout(m_faults);
    m_table->setMinimumHeight(kTableHeight);
    for (const auto column : {keyColumn, holderColumn, issuerColumn})
        m_table->setColumnLimit(column, kWidestColumn);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_details);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(kGrid);
    for (auto* button : {m_changePin, m_request, m_install}) actions->addWidget(button);
    actions->addStretch();
    actions->addWidget(m_selfCheck);
    for (auto* button : {m_changePin, m_request, m_install, m_selfCheck})
        button->setAutoDefault(true);  // Enter presses it.
    layout->addLayout(actions);
    return page;
}

// ---- what is plugged in ----

void TokensWindow::showEvent(QShowEvent* event) {
    Window::showEvent(event);
    if (m_watch == 0) startWatching();
}

void TokensWindow::hideEvent(QHideEvent* event) {
    // A window that is only minimised comes back as it was.
    if (!event->spontaneous()) {
        stopWatching();
        m_pinPage->stop();
        m_renewalPage->stop();
        showList();
    }
    Window::hideEvent(event);
}

void TokensWindow::startWatching() {
    m_watch = m_ports.tokens.watch([this](const TokensChange&) { refresh(); });
    refresh();
}

void TokensWindow::stopWatching() {
    for (auto* command : {&m_watch, &m_listing})
        if (*command != 0) m_ports.tokens.cancel(std::exchange(*command, 0));
    m_isKnown = false;
}

/// What came or went while a listing was under way is in the next one.
void TokensWindow::refresh() {
    if (m_watch == 0) return;
    if (m_listing != 0) m_ports.tokens.cancel(m_listing);
    m_listing =
        m_ports.tokens.list([this](const ModuleListing& listing) { takeListing(listing); },
                            [this](TokenInventory inventory) { takeInventory(std::move(inventory)); });
    showStatus();
}

void TokensWindow::takeListing(const ModuleListing& listing) {
    const auto at = std::find_if(m_modules.begin(), m_modules.end(),
                                 [&](const auto& known) { return known.order >= listing.order; });
    if (at != m_modules.end() && at->order == listing.order)
        *at = listing;
    else
        m_modules.insert(at, listing);
    showListing();
}

void TokensWindow::takeInventory(TokenInventory inventory) {
    m_listing = 0;
    m_isKnown = true;
    m_modules = std::move(inventory.modules);
    showListing();
}

void TokensWindow::showListing() {
    const auto* row = chosenRow();
    const auto chosen = row == nullptr ? std::nullopt : std::optional(*row);
    m_rows = tokenRows(reportTokens({m_modules}, m_ports.trust, m_ports.clock.now()));
    showRows(chosen ? &*chosen : nullptr);
    showFaults();
    showStatus();
    tellPages();
}

/// A module that has not answered yet says nothing against a token.
void TokensWindow::tellPages() {
    if (m_pages->currentIndex() != pinPage) return;
    const auto& place = m_pinPage->token().place;
    const auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                  [&](const auto& each) { return each.place.isSameToken(place); });
    if (row != m_rows.end() || m_listing == 0)
        m_pinPage->setToken(row == m_rows.end() ? nullptr : &row->info);
}

void TokensWindow::retranslate() {
    setWindowTitle(tr("USB keys and certificates"));
    m_title->setText(tr("USB keys and certificates"));
    m_changePin->setText(tr("Change the &PIN"));
    m_request->setText(tr("Request a &renewal"));
    m_install->setText(tr("&Install a certificate"));
    m_selfCheck->setText(tr("Run the &self-check"));
    showListing();
}

// ---- what can be done ----

void TokensWindow::changePin() {
    const auto* row = chosenRow();
    if (row == nullptr) return;
    m_pages->setCurrentIndex(pinPage);
    m_pinPage->start({row->place, row->info});
}

void TokensWindow::requestRenewal() {
    const auto* row = chosenRow();
    if (row == nullptr) return;
    m_pages->setCurrentIndex(renewalPage);
    m_renewalPage->startRequest(*row);
}

void TokensWindow::installCertificate() {
    const auto* row = chosenRow();
    if (row == nullptr) return;
    m_pages->setCurrentIndex(renewalPage);
    m_renewalPage->startInstall(*row);
}

void TokensWindow::showList() {
    if (m_pages->currentIndex() == listPage) return;
    m_pages->setCurrentIndex(listPage);
    m_table->table().setFocus();
}

}  // namespace signet
