// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/activity_window.hpp"

#include "tests/agent/cli_test_folder.hpp"
#include "tests/ui/reading_order.hpp"
#include "tests/ui/ui_support.hpp"
#include "ui/details_view.hpp"
#include "ui/notice.hpp"
#include "ui/search_table.hpp"
#include "ui/ui_language.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest>

#include <filesystem>

namespace signet {
namespace {

JournalEntry entryOf(const std::string& result, int minute) {
    return {.time = TimePoint(std::chrono::seconds(1790000000 + 60 * minute)),
            .issuer = "https://uc.example.gov.cn",
            .origin = minute % 2 == 0 ? "signet:agent" : "https://permits.example.gov.cn",
            .purpose = "login",
            .client = "permits",
            .act = minute % 2 == 0 ? "self" : "legal_rep:91530100MA00000047",
            .certificate = std::string(64, 'a'),
            .subject = "云南示例建筑有限公司 9153**********047P",
            .challenge = "cid-" + std::to_string(minute),
            .result = result};
}

/// As Qt does when a translator comes or goes.
void tellLanguage(QWidget& window) {
    QEvent change(QEvent::LanguageChange);
    QApplication::sendEvent(&window, &change);
}

class Activity : public testing::Test {
protected:
    void record(const JournalEntry& entry) { ASSERT_TRUE(Journal(m_path).append(entry)); }
    void open() {
        m_window.present();
        ASSERT_TRUE(waitUntil([&] { return !m_window.isBusy(); }));
    }
    void choose(const std::filesystem::path& path) {
        m_window.setFileChooser(
            [this, path](QWidget&, const FileWish& wish, const std::function<void(const QString&)>& chosen) {
                m_wish = wish;
                chosen(QString::fromStdString(path.string()));
            });
        QTest::mouseClick(&m_window.exportButton(), Qt::LeftButton);
        ASSERT_TRUE(waitUntil([&] { return !m_window.isBusy(); }));
    }
    QString said() { return visibleText(m_window.notice()); }

    TestFolder m_folder;
    std::filesystem::path m_path = m_folder / "state/journal.jsonl";
    FileWish m_wish;
    ActivityWindow m_window{m_path};
};

TEST_F(Activity, journal_isListedNewestFirstWithEverythingAboutTheChosen) {
    record(entryOf("ok", 0));
    record(entryOf("pin_locked", 1));
    open();
    auto& table = m_window.table();
    ASSERT_EQ(table.rowCount(), 2);
    EXPECT_EQ(table.cell(0, 1), "permits.example.gov.cn");
    EXPECT_EQ(table.cell(0, 3), QString::fromUtf8("法定代表人 91530100MA00000047"));
    EXPECT_EQ(table.cell(0, 5),
              QString::fromUtf8("✗ ") + toQt(sentence({.code = ErrorCode::pinLocked}, Language::zh)));
    EXPECT_EQ(table.cell(1, 1), "uc.example.gov.cn");
    EXPECT_EQ(table.cell(1, 5), QString::fromUtf8("✓ 成功"));
    EXPECT_EQ(table.currentRow(), 0);
    for (const char* value : {"https://uc.example.gov.cn", "https://permits.example.gov.cn", "cid-1",
                              "aaaaaaaa", "9153**********047P", "pin_locked", "permits"})
        EXPECT_TRUE(m_window.details().toPlainText().contains(value)) << value;
    table.selectRow(1);
    EXPECT_TRUE(m_window.details().toPlainText().contains("cid-0"));
    shoot(m_window, "activity_list");
    EXPECT_EQ(cutOff(m_window), QStringList());
    EXPECT_EQ(againstReading(m_window), QStringList());
}

TEST_F(Activity, empty_saysWhatWillBeHere) {
    open();
    EXPECT_EQ(m_window.table().rowCount(), 0);
    EXPECT_FALSE(m_window.details().isVisible());
    EXPECT_FALSE(m_window.exportButton().isEnabled());
    EXPECT_EQ(cutOff(m_window), QStringList());
    EXPECT_EQ(againstReading(m_window), QStringList());
    shoot(m_window, "activity_empty");
}

TEST_F(Activity, search_narrowsAndSaysWhenNothingMatches) {
    record(entryOf("ok", 0));
    record(entryOf("pin_locked", 1));
    open();
    QTest::keyClicks(&m_window.table().searchField(), "uc.exam");
    EXPECT_EQ(m_window.table().table().model()->rowCount(), 1);
    QTest::keyClicks(&m_window.table().searchField(), "zzz");
    EXPECT_FALSE(m_window.table().table().isVisible());
    EXPECT_TRUE(m_window.details().toPlainText().isEmpty());
    shoot(m_window, "activity_nothing_found");
    m_window.table().searchField().clear();
    EXPECT_TRUE(m_window.table().table().isVisible());
}

TEST_F(Activity, newEntry_comesWithRefreshAndTheChoiceStays) {
    record(entryOf("ok", 0));
    record(entryOf("ok", 1));
    open();
    m_window.table().selectRow(1);
    record(entryOf("busy", 2));
    m_window.refresh();
    ASSERT_TRUE(waitUntil([&] { return m_window.table().rowCount() == 3; }));
    EXPECT_EQ(m_window.table().currentRow(), 2);
    EXPECT_TRUE(m_window.details().toPlainText().contains("cid-0"));
}

TEST_F(Activity, brokenLines_areTold) {
    record(entryOf("ok", 0));
    std::ofstream(m_path, std::ios::app) << "{broken\n";
    open();
    EXPECT_EQ(m_window.table().rowCount(), 1);
    EXPECT_TRUE(visibleText(m_window).contains("1"));
    shoot(m_window, "activity_broken");
    EXPECT_EQ(cutOff(m_window), QStringList());
    EXPECT_EQ(againstReading(m_window), QStringList());
}

TEST_F(Activity, unreadable_isToldInPlace) {
    std::filesystem::create_directories(m_path);
    open();
    EXPECT_TRUE(m_window.notice().isVisible());
    EXPECT_TRUE(said().contains("file_unreadable"));
    EXPECT_EQ(cutOff(m_window), QStringList());
    EXPECT_EQ(againstReading(m_window), QStringList());
    shoot(m_window, "activity_fault");
}

TEST_F(Activity, export_isWrittenInTheFormOfTheName) {
    record(entryOf("ok", 0));
    open();
    choose(m_folder / "out.csv");
    EXPECT_EQ(m_wish.filters.size(), 2);
    EXPECT_TRUE(m_folder.read("out.csv").starts_with("\xEF\xBB\xBF"));
    EXPECT_TRUE(said().contains("out.csv"));
    shoot(m_window, "activity_exported");
    choose(m_folder / "out.json");
    EXPECT_EQ(m_folder.read("out.json").front(), '{');
}

TEST_F(Activity, existingFile_isReplacedOnlyAfterAYes) {
    record(entryOf("ok", 0));
    open();
    m_folder.write("out.csv", "old");
    choose(m_folder / "out.csv");
    ASSERT_TRUE(m_window.notice().isAsking());
    shoot(m_window, "activity_replace");
    EXPECT_EQ(cutOff(m_window), QStringList());
    EXPECT_EQ(againstReading(m_window), QStringList());
    QTest::keyClick(&m_window.notice().keepButton(), Qt::Key_Escape);
    EXPECT_TRUE(m_window.isVisible());
    EXPECT_FALSE(m_window.notice().isVisible());
    EXPECT_EQ(m_folder.read("out.csv"), "old");
    choose(m_folder / "out.csv");
    QTest::mouseClick(&m_window.notice().actButton(), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return !m_window.isBusy(); }));
    EXPECT_NE(m_folder.read("out.csv"), "old");
}

TEST_F(Activity, unwritable_isToldInPlace) {
    record(entryOf("ok", 0));
    open();
    choose(m_folder / "missing/out.csv");
    EXPECT_TRUE(said().contains("file_unwritable"));
    EXPECT_EQ(cutOff(m_window), QStringList());
    EXPECT_EQ(againstReading(m_window), QStringList());
}

TEST_F(Activity, language_switchesWhileItIsOpen) {
    record(entryOf("pin_locked", 1));
    open();
    UiLanguage language(Language::en);
    tellLanguage(m_window);
    EXPECT_EQ(m_window.windowTitle(), "Activity");
    EXPECT_EQ(m_window.table().cell(0, 2), "Log in · permits");
    EXPECT_TRUE(m_window.details().toPlainText().contains("Certificate holder"));
    EXPECT_EQ(cutOff(m_window), QStringList());
    EXPECT_EQ(againstReading(m_window), QStringList());
    shoot(m_window, "activity_english");
    language.set(Language::zh);
    tellLanguage(m_window);
    EXPECT_EQ(m_window.table().cell(0, 2), QString::fromUtf8("登录 · permits"));
}

TEST_F(Activity, everything_isReachedByKeysAndNamed) {
    record(entryOf("ok", 0));
    open();
    EXPECT_FALSE(m_window.table().table().accessibleName().isEmpty());
    EXPECT_FALSE(m_window.table().searchField().accessibleName().isEmpty());
    EXPECT_FALSE(m_window.details().accessibleName().isEmpty());
    QTest::keyClick(&m_window, Qt::Key_Escape);
    EXPECT_FALSE(m_window.isVisible());
}

}  // namespace
}  // namespace signet
