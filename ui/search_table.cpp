// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/search_table.hpp"

#include "ui/theme.hpp"

#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTextDocument>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace signet {

/// Cells as far from their edges as the headings are, and no wider than they may be.
class CellPainter : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setLimit(int column, int width) { m_limits[column] = width; }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        auto size = QStyledItemDelegate::sizeHint(option, index) + QSize(2 * kInset, 0);
        const auto limit = m_limits.find(index.column());
        if (limit != m_limits.end()) size.setWidth(std::min(size.width(), limit->second));
        return size;
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        auto ground = option;
        initStyleOption(&ground, index);
        ground.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &ground, painter, ground.widget);
        auto inner = option;
        inner.rect.adjust(kInset, 0, -kInset, 0);
        QStyledItemDelegate::paint(painter, inner, index);
    }

    /// What is elided can be read whole.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override {
        const bool isOwn = !index.data(Qt::ToolTipRole).toString().isEmpty();
        const int needed = QStyledItemDelegate::sizeHint(option, index).width() + 2 * kInset;
        if (event->type() != QEvent::ToolTip || isOwn || needed <= option.rect.width())
            return QStyledItemDelegate::helpEvent(event, view, option, index);
        QToolTip::showText(event->globalPos(), Qt::convertFromPlainText(index.data().toString()), view);
        return true;
    }

private:
    static constexpr int kInset = 5;  // to the heading's 8 with the style's own margin
    std::map<int, int> m_limits;
};

SearchTable::SearchTable(QWidget* parent)
    : QWidget(parent),
      m_search(new QLineEdit(this)),
      m_table(new QTableView(this)),
      m_empty(new QLabel(this)),
      m_model(new QStandardItemModel(this)),
      m_found(new QSortFilterProxyModel(this)),
      m_painter(new CellPainter(this)) {
    m_found->setSourceModel(m_model);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_found->setFilterKeyColumn(-1);
    m_search->setClearButtonEnabled(true);
    m_table->setModel(m_found);
    m_table->setItemDelegate(m_painter);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);  // Tab leaves the table.
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setTextFormat(Qt::PlainText);
    setRole(*m_empty, "muted");

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    layout->addWidget(m_search);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
    setTabOrder(m_search, m_table);
    setFocusProxy(m_search);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_found->setFilterFixedString(text);
        showEmptiness();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { emit currentRowChanged(currentRow()); });
    connect(m_table, &QTableView::activated, this, [this] { emit rowActivated(currentRow()); });
    showEmptiness();
}

void SearchTable::setWords(const QString& name, const QStringList& columns, const QString& searchHint,
                           const QString& emptyText) {
    m_model->setColumnCount(static_cast<int>(columns.size()));
    m_model->setHorizontalHeaderLabels(columns);
    m_table->setAccessibleName(name);
    m_search->setPlaceholderText(searchHint);
    m_search->setAccessibleName(searchHint);
    m_emptyText = emptyText;
    showEmptiness();
}

void SearchTable::setWideColumn(int column) {
    m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void SearchTable::setColumnLimit(int column, int width) {
    m_painter->setLimit(column, width);
}

void SearchTable::clear() {
    m_model->removeRows(0, m_model->rowCount());
    showEmptiness();
}

void SearchTable::refill(const std::function<void()>& addRows) {
    const QSignalBlocker quiet(this);
    m_isFilling = true;
    clear();
    addRows();
    m_isFilling = false;
    showEmptiness();
}

int SearchTable::addRow(const QStringList& cells) {
    QList<QStandardItem*> items;
    for (const auto& cell : cells) items << new QStandardItem(cell);
    m_model->appendRow(items);
    showEmptiness();
    return m_model->rowCount() - 1;
}

void SearchTable::setCell(int row, int column, const QString& text, const QString& toolTip) {
    auto* item = m_model->item(row, column);
    if (item == nullptr) return;
    item->setText(text);
    item->setToolTip(toolTip);
}

int SearchTable::rowCount() const {
    return m_model->rowCount();
}

QString SearchTable::cell(int row, int column) const {
    const auto* item = m_model->item(row, column);
    return item == nullptr ? QString() : item->text();
}

int SearchTable::currentRow() const {
    const auto index = m_table->selectionModel()->currentIndex();
    return index.isValid() ? m_found->mapToSource(index).row() : -1;
}

void SearchTable::selectRow(int row) {
    const auto index = m_found->mapFromSource(m_model->index(row, 0));
    if (index.isValid()) m_table->setCurrentIndex(index);
}

void SearchTable::showEmptiness() {
    if (m_isFilling) return;
    const bool isEmpty = m_model->rowCount() == 0;
    const bool isShown = m_found->rowCount() > 0;
    m_empty->setText(isEmpty ? m_emptyText : tr("Nothing matches the search."));
    m_empty->setVisible(!isShown);
    m_table->setVisible(isShown);
    m_search->setVisible(!isEmpty);
}

}  // namespace signet
