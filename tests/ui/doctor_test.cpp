// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/doctor_window.hpp"

#include "tests/agent/cli_test_folder.hpp"
#include "tests/ui/reading_order.hpp"
#include "tests/ui/ui_support.hpp"
#include "ui/details_view.hpp"
#include "ui/notice.hpp"
#include "ui/search_table.hpp"
#include "ui/ui_language.hpp"

#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest>

#include <unistd.h>

#include <memory>

namespace signet {
namespace {

void tellLanguage(QWidget& window) {
    QEvent change(QEvent::LanguageChange);
    QApplication::sendEvent(&window, &change);
}

/// A computer on which nothing is plugged in, and a configuration of its own.
class DoctorView : public testing::Test {
protected:
    DoctorView() {
        m_configuration.useP11Kit = false;
        m_configuration.useKnownModules = false;
        m_parts = std::move(*LoginParts::load(m_configuration, {}));
    }

    void open() {
        m_services = std::make_unique<UiServices>(
            UiServices{.configuration = m_configuration,
                       .paths = {m_folder / "etc/agent.conf", m_folder / "etc/policy.conf",
                                 m_folder / "trust", m_folder / "user", m_folder.path(), ::getuid()},
                       .parts = *m_parts,
                       .version = "1.2.3",
                       .login = {},
                       .openInBrowser = {}});
        m_window = std::make_unique<DoctorWindow>(
            *m_services,
            DoctorPlaces{m_folder / "usb", m_folder / "dev", m_folder / "proc", m_folder / "agent.sock"},
            m_deadlines);
        m_window->present();
    }
    void openToTheEnd() {
        open();
        ASSERT_TRUE(waitUntil([&] { return !m_window->isRunning(); }));
    }
    QString marks() {
        QStringList texts;
        for (int row = 0; row < m_window->table().rowCount(); ++row) texts << m_window->table().cell(row, 0);
        return texts.join('\n');
    }
    QString said() { return visibleText(m_window->notice()); }
    void choose(const std::filesystem::path& path) {
        m_window->setFileChooser([path](QWidget&, const FileWish&, const auto& chosen) {
            chosen(QString::fromStdString(path.string()));
        });
        QTest::mouseClick(&m_window->saveButton(), Qt::LeftButton);
    }
    /// TEST-NET-1 (RFC 5737): nobody answers.
    /// It takes connections, as the kernel does, and says nothing.
    void configureSilentPlatform() {
        m_listener = Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const where = reinterpret_cast<sockaddr*>(&address);
        ASSERT_EQ(::bind(m_listener.get(), where, size), 0);
        ASSERT_EQ(::listen(m_listener.get(), 16), 0);
        ASSERT_EQ(::getsockname(m_listener.get(), where, &size), 0);
        m_configuration.issuers = {"https://127.0.0.1:" + std::to_string(ntohs(address.sin_port))};
    }

    TestFolder m_folder;
    Configuration m_configuration;
    DoctorDeadlines m_deadlines{};
    std::unique_ptr<LoginParts> m_parts;
    std::unique_ptr<UiServices> m_services;
    std::unique_ptr<DoctorWindow> m_window;
    Fd m_listener;
};

TEST_F(DoctorView, shown_runsAndShowsTheFirstFaultWithItsAdvice) {
    openToTheEnd();
    auto& table = m_window->table();
    EXPECT_GT(table.rowCount(), 3);
    EXPECT_TRUE(marks().contains(QString::fromUtf8("✗")));
    EXPECT_TRUE(table.cell(table.currentRow(), 0).startsWith(QString::fromUtf8("✗")));
    EXPECT_TRUE(m_window->details().toPlainText().contains("no_issuer"));
    EXPECT_TRUE(m_window->copyButton().isEnabled());
    EXPECT_TRUE(table.searchField().hasFocus());
    EXPECT_EQ(cutOff(*m_window), QStringList());
    EXPECT_EQ(againstReading(*m_window), QStringList());
    shoot(*m_window, "doctor_done");
}

TEST_F(DoctorView, running_fillsAndCanBeCancelled) {
    configureSilentPlatform();
    open();
    EXPECT_TRUE(m_window->isRunning());
    EXPECT_FALSE(m_window->copyButton().isEnabled());
    EXPECT_TRUE(marks().contains(QString::fromUtf8("…")));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    EXPECT_EQ(againstReading(*m_window), QStringList());
    shoot(*m_window, "doctor_running");
    // What the user reads stays chosen while rows come before it.
    auto& table = m_window->table();
    table.selectRow(table.rowCount() - 1);
    const auto last = table.cell(table.rowCount() - 1, 2);
    QTest::mouseClick(&m_window->runButton(), Qt::LeftButton);
    EXPECT_FALSE(m_window->isRunning());
    if (!last.isEmpty()) {
        EXPECT_EQ(table.cell(table.currentRow(), 2), last);
    }
    EXPECT_FALSE(marks().contains(QString::fromUtf8("…")));
    EXPECT_TRUE(marks().contains(QString::fromUtf8("–")));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    EXPECT_EQ(againstReading(*m_window), QStringList());
    shoot(*m_window, "doctor_cancelled");
    QTest::mouseClick(&m_window->runButton(), Qt::LeftButton);
    EXPECT_TRUE(m_window->isRunning());
}

TEST_F(DoctorView, closed_endsTheRun) {
    configureSilentPlatform();
    open();
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    EXPECT_FALSE(m_window->isVisible());
    EXPECT_FALSE(m_window->isRunning());
    m_window->present();
    EXPECT_TRUE(m_window->isRunning());
}

TEST_F(DoctorView, brokenConfiguration_isTheFinding) {
    m_folder.write("user/agent.conf", "unknown = zh\n");
    openToTheEnd();
    EXPECT_TRUE(m_window->details().toPlainText().contains("agent.conf:1"));
}

TEST_F(DoctorView, report_isCopiedAndSaved) {
    openToTheEnd();
    QTest::mouseClick(&m_window->copyButton(), Qt::LeftButton);
    const auto copied = QGuiApplication::clipboard()->text();
    EXPECT_TRUE(copied.contains("signet: 1.2.3"));
    EXPECT_TRUE(copied.contains("no_issuer"));
    shoot(*m_window, "doctor_copied");
    choose(m_folder / "report.txt");
    EXPECT_EQ(m_folder.read("report.txt"), copied.toStdString());
    EXPECT_TRUE(said().contains("report.txt"));
}

TEST_F(DoctorView, existingReport_isReplacedOnlyAfterAYes) {
    openToTheEnd();
    m_folder.write("report.txt", "old");
    choose(m_folder / "report.txt");
    ASSERT_TRUE(m_window->notice().isAsking());
    QTest::mouseClick(&m_window->notice().keepButton(), Qt::LeftButton);
    EXPECT_EQ(m_folder.read("report.txt"), "old");
    choose(m_folder / "report.txt");
    QTest::mouseClick(&m_window->notice().actButton(), Qt::LeftButton);
    EXPECT_NE(m_folder.read("report.txt"), "old");
    choose(m_folder / "none/report.txt");
    EXPECT_TRUE(said().contains("file_unwritable"));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    EXPECT_EQ(againstReading(*m_window), QStringList());
}

TEST_F(DoctorView, search_narrows) {
    openToTheEnd();
    m_window->table().searchField().setText(QString::fromUtf8("✗"));
    EXPECT_LT(m_window->table().table().model()->rowCount(), m_window->table().rowCount());
    EXPECT_GT(m_window->table().table().model()->rowCount(), 0);
}

TEST_F(DoctorView, language_switchesTheFindings) {
    openToTheEnd();
    const int row = m_window->table().currentRow();
    UiLanguage language(Language::en);
    tellLanguage(*m_window);
    EXPECT_EQ(m_window->windowTitle(), "Self-check");
    EXPECT_EQ(m_window->table().cell(row, 2), "No platform is configured.");
    EXPECT_EQ(m_window->table().currentRow(), row);
    EXPECT_EQ(cutOff(*m_window), QStringList());
    EXPECT_EQ(againstReading(*m_window), QStringList());
    shoot(*m_window, "doctor_english");
    language.set(Language::zh);
    tellLanguage(*m_window);
    EXPECT_NE(m_window->table().cell(row, 2), "No platform is configured.");
    EXPECT_FALSE(m_window->table().table().accessibleName().isEmpty());
    EXPECT_FALSE(m_window->details().accessibleName().isEmpty());
}

}  // namespace
}  // namespace signet
