// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/details_view.hpp"

#include "ui/theme.hpp"

#include <QEvent>
#include <QFontMetrics>
#include <QTextCursor>
#include <QTextTable>

#include <algorithm>

namespace signet {

DetailsView::DetailsView(QWidget* parent) : QTextBrowser(parent) {
    setOpenLinks(false);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(kGrid / 2);
}

void DetailsView::setRows(Rows rows) {
    std::erase_if(rows, [](const auto& row) { return row.second.isEmpty(); });
    if (rows == m_rows) return;
    m_rows = std::move(rows);
    fill();
}

void DetailsView::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_rows.empty()) fill();
}

void DetailsView::fill() {
    clear();
    if (m_rows.empty()) return;
    int widest = 0;
    for (const auto& row : m_rows) widest = std::max(widest, fontMetrics().horizontalAdvance(row.first));
    QTextTableFormat format;
    format.setBorder(0);
    format.setCellPadding(1);
    format.setCellSpacing(0);
    format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    format.setColumnWidthConstraints({QTextLength(QTextLength::FixedLength, widest + 2 * kGrid),
                                      QTextLength(QTextLength::VariableLength, 0)});
    QTextCursor cursor(document());
    auto* table = cursor.insertTable(static_cast<int>(m_rows.size()), 2, format);
    QTextCharFormat name;
    name.setForeground(colours().muted);
    QTextCharFormat value;
    value.setForeground(colours().text);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int row = static_cast<int>(i);
        table->cellAt(row, 0).firstCursorPosition().insertText(m_rows[i].first, name);
        table->cellAt(row, 1).firstCursorPosition().insertText(m_rows[i].second, value);
    }
    moveCursor(QTextCursor::Start);
}

}  // namespace signet
