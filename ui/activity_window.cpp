// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/activity_window.hpp"

#include "agent/journal_export.hpp"
#include "agent/journal_words.hpp"
#include "ui/details_view.hpp"
#include "ui/literal_label.hpp"
#include "ui/notice.hpp"
#include "ui/search_table.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QDate>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

/// More rows than anybody reads; the export has all.
constexpr std::size_t kMaxRows = 2000;
/// Never cut: a field has 1024 bytes, each of which may be escaped.
constexpr std::size_t kWholeColumns = 16 * 1024;
constexpr std::pair<int, int> kColumnLimits[] = {{1, 176}, {2, 136}, {3, 144}, {4, 168}};
constexpr QSize kSize{936, 552};

QPushButton* button(QWidget* parent) {
    auto* made = new QPushButton(parent);
    made->setAutoDefault(true);
    return made;
}

}  // namespace

ActivityWindow::ActivityWindow(std::filesystem::path journal, QWidget* parent)
    : Window(parent),
      m_table(new SearchTable(this)),
      m_details(new DetailsView(this)),
      m_broken(literalLabel(this, "warning")),
      m_summary(literalLabel(this, "muted")),
      m_notice(new Notice(this)),
      m_refresh(button(this)),
      m_export(button(this)),
      m_close(button(this)),
      m_desk(std::move(journal)) {
    layOut();
    connect(m_table, &SearchTable::currentRowChanged, this, &ActivityWindow::showDetails);
    connect(m_refresh, &QPushButton::clicked, this, &ActivityWindow::refresh);
    connect(m_export, &QPushButton::clicked, this, &ActivityWindow::chooseExport);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
}

ActivityWindow::~ActivityWindow() = default;

void ActivityWindow::layOut() {
    resize(kSize);
    m_details->setMinimumHeight(12 * kGrid);
    m_broken->hide();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGrid);
    buttons->addWidget(m_refresh);
    buttons->addWidget(m_export);
    buttons->addSpacing(kGrid);
    buttons->addWidget(m_summary, 1);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_details, 1);
    layout->addWidget(m_broken);
    layout->addWidget(m_notice);
    layout->addLayout(buttons);
}

void ActivityWindow::retranslate() {
    setWindowTitle(tr("Activity"));
    const auto empty = m_isUnreadable ? tr("The record of what was signed could not be read.")
                                      : tr("Nothing has been signed on this computer yet. Every login with "
                                           "your USB key will be listed here.");
    m_table->setWords(tr("What was signed"),
                      {tr("Time"), tr("Site or platform"), tr("What for"), tr("Acting as"),
                       tr("Certificate holder"), tr("Result")},
                      tr("Search the activity"), empty);
    m_table->setWideColumn(5);
    for (const auto& [column, width] : kColumnLimits) m_table->setColumnLimit(column, width);
    m_details->setAccessibleName(tr("Everything about the chosen entry"));
    m_refresh->setText(tr("&Refresh"));
    m_export->setText(tr("&Export…"));
    m_close->setText(tr("&Close"));
    if (!m_isBusy) fill();
}

void ActivityWindow::showEvent(QShowEvent* event) {
    Window::showEvent(event);
    m_notice->clear();
    refresh();
}

void ActivityWindow::refresh() {
    if (std::exchange(m_isBusy, true)) return;
    m_refresh->setEnabled(false);
    m_desk.read([this](Result<JournalContent> content) { onRead(std::move(content)); });
}

void ActivityWindow::onRead(Result<JournalContent> content) {
    m_isBusy = false;
    m_refresh->setEnabled(true);
    m_isUnreadable = !content;
    if (content)
        m_content = std::move(*content);
    else
        m_notice->tell(
            content.error(),
            [file = shown(m_desk.file().string(), 400)] { return tr("%1 could not be read.").arg(file); },
            [] { return tr("Check who may read this file, or ask your administrator."); });
    retranslate();
}

std::size_t ActivityWindow::shownCount() const {
    return std::min(m_content.entries.size(), kMaxRows);
}

const JournalEntry* ActivityWindow::entryAt(int row) const {
    if (row < 0 || static_cast<std::size_t>(row) >= shownCount()) return nullptr;
    return &*(m_content.entries.rbegin() + row);
}

void ActivityWindow::fill() {
    m_table->refill([this] {
        int chosen = 0;
        for (std::size_t i = 0; i < shownCount(); ++i) {
            const auto& entry = *entryAt(static_cast<int>(i));
            addRow(entry);
            if (entry.time == m_chosen.time && entry.challenge == m_chosen.challenge)
                chosen = static_cast<int>(i);
        }
        m_table->selectRow(chosen);
    });
    m_details->setVisible(!m_content.entries.empty());
    m_export->setEnabled(!m_content.entries.empty());
    showDetails(m_table->currentRow());
    showSummary();
}

void ActivityWindow::addRow(const JournalEntry& entry) {
    const auto language = UiLanguage::current();
    constexpr qsizetype kToTheMinute = 16;
    const auto mark = hasSucceeded(entry) ? QStringLiteral("✓ ") : QStringLiteral("✗ ");
    const QStringList cells{toQt(localTimeText(entry.time)).left(kToTheMinute),
                            shown(siteWords(entry), 260),
                            shown(purposeWords(entry, language), kWholeColumns),
                            shown(actWords(entry, language), kWholeColumns),
                            shown(entry.subject, kWholeColumns),
                            mark + shown(resultWords(entry, language), kWholeColumns)};
    m_table->addRow(cells);
}

void ActivityWindow::showDetails(int row) {
    DetailsView::Rows rows;
    if (const auto* entry = entryAt(row)) {
        m_chosen = *entry;
        for (const auto& field : journalFields(*entry, UiLanguage::current()))
            rows.emplace_back(toQt(field.name), shown(field.value, kWholeColumns));
    }
    m_details->setRows(std::move(rows));
}

void ActivityWindow::showSummary() {
    const auto count = static_cast<int>(m_content.entries.size());
    auto text = count == 0 ? QString() : tr("%n entries", "", count);
    if (m_content.entries.size() > shownCount())
        text += QStringLiteral("  ·  ") + tr("The newest %1 are shown; an export has all.").arg(shownCount());
    m_summary->setText(text);
    const auto broken = static_cast<int>(m_content.brokenLines);
    m_broken->setVisible(broken > 0);
    m_broken->setText(
        broken == 0 ? QString()
                    : tr("%n damaged lines of the record could not be read and were left out.", "", broken));
}

void ActivityWindow::chooseExport() {
    m_notice->clear();
    const auto name = tr("Signet activity") + QStringLiteral(" ") +
                      QDate::currentDate().toString(Qt::ISODate) + QStringLiteral(".csv");
    m_chooseFile(*this,
                 {.title = tr("Export the activity"),
                  .name = name,
                  .filters = {tr("Spreadsheet (*.csv)"), tr("Data for programs (*.json)")}},
                 [this](const QString& path) { startExport(path); });
}

void ActivityWindow::startExport(const QString& path) {
    if (!QFileInfo::exists(path)) {
        writeExport(path);
        return;
    }
    const auto name = shown(fromQt(QFileInfo(path).fileName()), 60);
    m_notice->ask([name] { return tr("%1 exists already. Replace it?").arg(name); },
                  [] { return tr("Re&place the file"); }, [] { return tr("&Keep the file"); },
                  [this, path] { writeExport(path); });
}

void ActivityWindow::writeExport(const QString& path) {
    if (std::exchange(m_isBusy, true)) return;
    m_refresh->setEnabled(false);
    m_export->setEnabled(false);
    const bool isJson = path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
    const auto make = [content = m_content, language = UiLanguage::current(), isJson] {
        return isJson ? journalDocument(content) : journalCsv(content, language);
    };
    m_desk.write(QFile::encodeName(path).toStdString(), make, [this, path](Result<void> written) {
        m_isBusy = false;
        m_refresh->setEnabled(true);
        m_export->setEnabled(true);
        if (written)
            m_notice->tell("success",
                           [path = shown(fromQt(path), 400)] { return tr("Saved as %1").arg(path); });
        else
            m_notice->tell(
                written.error(),
                [path = shown(fromQt(path), 400)] { return tr("%1 could not be written.").arg(path); },
                [] { return tr("Choose another folder, or make room on the disk."); });
    });
}

}  // namespace signet
