// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/journal_desk.hpp"
#include "ui/choose_file.hpp"
#include "ui/window.hpp"

#include <filesystem>
#include <optional>

class QLabel;
class QPushButton;

namespace signet {

class DetailsView;
class Notice;
class SearchTable;

/// What was signed on this computer, newest first, and everything about the chosen one. Reads the journal
/// whenever it is shown. Thread: main.
class ActivityWindow : public Window {
    Q_OBJECT
    Q_DISABLE_COPY(ActivityWindow)

public:
    explicit ActivityWindow(std::filesystem::path journal = defaultJournalFile(), QWidget* parent = nullptr);
    ~ActivityWindow() override;

    void refresh();
    void setFileChooser(ChooseFile choose) { m_chooseFile = std::move(choose); }

    SearchTable& table() { return *m_table; }
    DetailsView& details() { return *m_details; }
    Notice& notice() { return *m_notice; }
    QPushButton& exportButton() { return *m_export; }
    /// The journal is being read or written.
    bool isBusy() const { return m_isBusy; }

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    void onRead(Result<JournalContent> content);
    void fill();
    void addRow(const JournalEntry& entry);
    void showDetails(int row);
    void showSummary();
    const JournalEntry* entryAt(int row) const;
    std::size_t shownCount() const;
    void chooseExport();
    void startExport(const QString& path);
    void writeExport(const QString& path);

    SearchTable* m_table;
    DetailsView* m_details;
    QLabel* m_broken;
    QLabel* m_summary;
    Notice* m_notice;
    QPushButton* m_refresh;
    QPushButton* m_export;
    QPushButton* m_close;
    ChooseFile m_chooseFile = chooseFile;
    JournalContent m_content{};
    JournalEntry m_chosen{};
    bool m_isBusy = false;
    bool m_isUnreadable = false;
    JournalDesk m_desk;  ///< last: its replies use the others
};

}  // namespace signet
