// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QStandardItem;
class QStandardItemModel;
class QSortFilterProxyModel;
class QTableView;

namespace signet {

class CellPainter;

/// A plain table with a search field above it, and a sentence in its place while it has no rows. Every text
/// is shown literally. Thread: main.
class SearchTable : public QWidget {
    Q_OBJECT

public:
    explicit SearchTable(QWidget* parent = nullptr);

    /// `searchHint` stands in the field and is its accessible name; `name` is the table's.
    void setWords(const QString& name, const QStringList& columns, const QString& searchHint,
                  const QString& emptyText);
    /// The column that takes what room is left.
    void setWideColumn(int column);
    /// What is longer is elided; a search finds all of it. Units: device-independent pixels.
    void setColumnLimit(int column, int width);

    void clear();
    /// Its rows anew, in one go: the focus stays where it is, and nobody is told of a chosen row in between.
    void refill(const std::function<void()>& addRows);
    /// Gives the row's number; it stays the row's own however the table is sorted or searched.
    int addRow(const QStringList& cells);
    void setCell(int row, int column, const QString& text, const QString& toolTip = {});
    int rowCount() const;
    QString cell(int row, int column) const;
    /// The chosen row, -1: none.
    int currentRow() const;
    void selectRow(int row);

    QLineEdit& searchField() { return *m_search; }
    QTableView& table() { return *m_table; }

signals:
    void currentRowChanged(int row);
    /// Enter or a double click.
    void rowActivated(int row);

private:
    void showEmptiness();

    QLineEdit* m_search;
    QTableView* m_table;
    QLabel* m_empty;
    QString m_emptyText{};
    QStandardItemModel* m_model;
    QSortFilterProxyModel* m_found;
    CellPainter* m_painter;
    bool m_isFilling = false;
};

}  // namespace signet
