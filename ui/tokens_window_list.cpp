// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/fault_note.hpp"
#include "ui/search_table.hpp"
#include "ui/token_details.hpp"
#include "ui/tokens_window.hpp"
#include "ui/ui_language.hpp"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kTextColumns = 400;

}  // namespace

/// What has not changed stays as it is, and what was chosen stays chosen.
void TokensWindow::showRows(const TokenRow* chosen) {
    std::vector<QStringList> cells;
    for (const auto& row : m_rows) cells.push_back(cellsOf(row));
    if (cells != m_cells) {
        m_cells = std::move(cells);
        m_isFilling = true;
        fillTable();
        const auto again = std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& row) {
            return chosen != nullptr && row.isSameAs(*chosen);
        });
        if (again != m_rows.end()) m_table->selectRow(static_cast<int>(again - m_rows.begin()));
        m_isFilling = false;
    }
    if (m_table->currentRow() < 0 && !m_rows.empty()) m_table->selectRow(0);
    onRowChosen();
}

void TokensWindow::fillTable() {
    m_table->refill([this] {
        for (const auto& cells : m_cells) {
            const int row = m_table->addRow(cells);
            for (int column = 0; column < cells.size(); ++column)
                m_table->setCell(row, column, cells[column], cells[column]);
        }
    });
}

void TokensWindow::showFaults() {
    const auto faults = moduleFaults(m_modules);
    while (static_cast<std::size_t>(m_faults->count()) > faults.size()) {
        auto* item = m_faults->takeAt(m_faults->count() - 1);
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (i == static_cast<std::size_t>(m_faults->count())) m_faults->addWidget(new FaultNote(this));
        auto subject = shown(faults[i].module.string(), kTextColumns);
        if (faults[i].slot) subject += " · " + tr("slot %1").arg(*faults[i].slot);
        auto* note = qobject_cast<FaultNote*>(m_faults->itemAt(static_cast<int>(i))->widget());
        note->setError(faults[i].error, subject);
    }
}

void TokensWindow::showStatus() {
    std::set<std::pair<std::string, std::string>> keys;
    for (const auto& row : m_rows) keys.insert({row.place.module.string(), row.info.label + row.info.serial});
    m_status->setText(m_listing != 0 && !m_isKnown ? tr("Looking for USB keys…")
                      : m_rows.empty()             ? QString()
                                                   : tr("%n USB key(s)", "", static_cast<int>(keys.size())));
    m_table->setWords(
        tr("Certificates on USB keys"),
        {tr("USB key"), tr("Holder"), tr("Number"), tr("Issued by"), tr("Valid until"), tr("State")},
        tr("Search by name, number or issuer"), emptyText());
    m_table->setWideColumn(stateColumn);
}

QString TokensWindow::emptyText() const {
    if (!m_isKnown) return tr("Looking for USB keys…");
    if (m_modules.empty())
        return tr(
            "No driver for USB keys was found on this computer. Install the one that came with your USB "
            "key, then run the self-check.");
    if (!moduleFaults(m_modules).empty())
        return tr("No USB key can be shown, because of what is said above. The self-check tells more.");
    return tr(
        "No USB key is plugged in.\nPlug it in: it appears here by itself within a few seconds. If it "
        "does not, run the self-check.");
}

QStringList TokensWindow::cellsOf(const TokenRow& row) const {
    auto key = shown(row.info.label);
    if (!row.info.serial.empty()) key += " · " + shown(maskedSerial(row.info.serial));
    if (!row.certificate) return {key, {}, {}, {}, {}, stateText(row)};
    const auto card = cardFor(row.certificate->assessed);
    const bool hasDates = row.certificate->assessed.certificate.has_value();
    return {key,
            shown(card.name),
            shown(card.number),
            shown(card.issuerName),
            hasDates ? TokenDetails::expiryText(card.notAfter, m_ports.clock.now()) : QString(),
            stateText(row)};
}

/// By shape too, not by words or colour alone.
QString TokensWindow::stateText(const TokenRow& row) const {
    switch (stateOf(row)) {
        case TokenRowState::usable:
            return "✓ " + tr("Can log in");
        case TokenRowState::pinLocked:
            return "✗ " + tr("The PIN is locked");
        case TokenRowState::unusable:
            return "✗ " + shown(reasonSentence(*row.certificate, UiLanguage::current()), kTextColumns);
        case TokenRowState::noCertificate:
            return "✗ " + tr("No certificate on this USB key");
    }
    return {};
}

const TokenRow* TokensWindow::chosenRow() const {
    const auto row = m_table->currentRow();
    return row < 0 || static_cast<std::size_t>(row) >= m_rows.size() ? nullptr
                                                                     : &m_rows[static_cast<std::size_t>(row)];
}

void TokensWindow::onRowChosen() {
    if (m_isFilling) return;
    const auto* row = chosenRow();
    m_details->setRow(row, m_ports.clock.now());
    m_details->setVisible(row != nullptr);
    for (auto* button : {m_changePin, m_install}) button->setEnabled(row != nullptr);
    m_request->setEnabled(row != nullptr && mayBeRenewed(*row));
    m_request->setToolTip(m_request->isEnabled() || row == nullptr
                              ? QString()
                              : tr("Only a signing certificate on a USB key can be renewed."));
    m_request->setAccessibleDescription(m_request->toolTip());
}

}  // namespace signet
