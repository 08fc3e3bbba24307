// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/settings_window.hpp"

#include "tests/agent/cli_test_folder.hpp"
#include "tests/ui/reading_order.hpp"
#include "tests/ui/ui_support.hpp"
#include "ui/modules_panel.hpp"
#include "ui/notice.hpp"
#include "ui/search_table.hpp"
#include "ui/sites_panel.hpp"
#include "ui/ui_language.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QtTest>

#include <unistd.h>

#include <memory>
#include <utility>

namespace signet {
namespace {

namespace fs = std::filesystem;
enum Page { general, sites, drivers, platforms };

void tellLanguage(QWidget& window) {
    QEvent change(QEvent::LanguageChange);
    QApplication::sendEvent(&window, &change);
}

class SettingsView : public testing::Test {
protected:
    ~SettingsView() override { UiLanguage(Language::zh); }

    ConfigurationPaths paths() const {
        return {m_folder / "etc/agent.conf",
                m_folder / "etc/policy.conf",
                m_folder / "etc/trust",
                m_folder / "user",
                m_folder.path(),
                ::getuid()};
    }
    void open() {
        m_configuration = loadConfiguration(paths(), m_configFile, m_commandLine).value();
        m_parts = std::move(*LoginParts::load(m_configuration, {}));
        m_services = std::make_unique<UiServices>(UiServices{.configuration = m_configuration,
                                                             .paths = paths(),
                                                             .configFile = m_configFile,
                                                             .parts = *m_parts,
                                                             .version = "1.2.3",
                                                             .login = {},
                                                             .openInBrowser = {}});
        m_window = std::make_unique<SettingsWindow>(
            *m_services, SettingsPlaces{{m_folder / "autostart", {m_folder / "xdg"}, "/usr/bin/signet-agent"},
                                        m_folder / "sites.json"});
        QObject::connect(m_window.get(), &SettingsWindow::languageChanged, m_window.get(),
                         [this](Language language) {
                             m_languages.push_back(language);
                             m_language.set(language);
                             tellLanguage(*m_window);
                         });
        m_window->present();
    }
    void turnTo(Page page) { m_window->tabs().setCurrentIndex(page); }
    void look(const char* name) {
        EXPECT_EQ(cutOff(*m_window), QStringList()) << name;
        EXPECT_EQ(againstReading(*m_window), QStringList()) << name;
        shoot(*m_window, QString("settings_") + name);
    }
    void save() { QTest::mouseClick(&m_window->saveButton(), Qt::LeftButton); }
    std::string text() const { return m_folder.read("user/agent.conf"); }
    fs::path module(const char* name, int mode = 0644) {
        const auto path = m_folder.write(name, "x");
        fs::permissions(path, static_cast<fs::perms>(mode));
        return path;
    }

    TestFolder m_folder;
    UiLanguage m_language{Language::zh};
    std::optional<fs::path> m_configFile{};
    LayerEntries m_commandLine{.layer = ConfigurationLayer::commandLine};
    Configuration m_configuration;
    std::unique_ptr<LoginParts> m_parts;
    std::unique_ptr<UiServices> m_services;
    std::unique_ptr<SettingsWindow> m_window;
    std::vector<Language> m_languages;
};

TEST_F(SettingsView, opened_showsWhatHoldsAndChangesNothing) {
    m_folder.write("user/agent.conf", "language = zh\npin.pad = no\nissuer = https://uc.example.gov.cn\n");
    open();
    EXPECT_EQ(m_window->languageBox().currentIndex(), 1);
    EXPECT_FALSE(m_window->pinPadBox().isChecked());
    EXPECT_FALSE(m_window->autostartBox().isChecked());
    EXPECT_TRUE(m_window->portField().text().isEmpty());
    EXPECT_FALSE(m_window->isChanged());
    EXPECT_FALSE(m_window->saveButton().isEnabled());
    EXPECT_FALSE(m_window->notice().isVisible());
    look("general");
    turnTo(sites);
    look("sites_empty");
    turnTo(drivers);
    look("drivers_empty");
    turnTo(platforms);
    EXPECT_EQ(m_window->issuers().cell(0, 0), "https://uc.example.gov.cn");
    EXPECT_TRUE(m_window->issuers().cell(0, 1).contains("agent.conf:3"));
    look("platforms");
}

TEST_F(SettingsView, saved_keepsTheRestOfTheFileAndOffersARestart) {
    m_folder.write("user/agent.conf", "# mine\nlanguage = zh\n");
    open();
    m_window->pinPadBox().setChecked(false);
    m_window->portField().setText("28700");
    EXPECT_EQ(text(), "# mine\nlanguage = zh\n");
    save();
    EXPECT_EQ(text(), "# mine\nlanguage = zh\nbridge.port = 28700\npin.pad = no\n");
    EXPECT_FALSE(m_window->isChanged());
    ASSERT_TRUE(m_window->notice().isVisible());
    look("restart");
    int restarts = 0;
    QObject::connect(m_window.get(), &SettingsWindow::restartWanted, m_window.get(), [&] { ++restarts; });
    QTest::mouseClick(&m_window->notice().actButton(), Qt::LeftButton);
    EXPECT_EQ(restarts, 1);
    m_window->close();
    m_window->present();
    EXPECT_TRUE(m_window->notice().isVisible());  // It still has to be restarted.
}

TEST_F(SettingsView, cancel_restoresEverything) {
    open();
    m_window->pinPadBox().setChecked(false);
    m_window->portField().setText("1");
    m_window->autostartBox().setChecked(true);
    m_window->modules().add(QString::fromStdString(module("a.so").string()));
    EXPECT_EQ(m_window->modules().modules().size(), 1U);
    EXPECT_TRUE(m_window->isChanged());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    EXPECT_FALSE(m_window->isVisible());
    m_window->present();
    EXPECT_FALSE(m_window->isChanged());
    EXPECT_TRUE(m_window->pinPadBox().isChecked());
    EXPECT_TRUE(m_window->modules().modules().empty());
    EXPECT_FALSE(fs::exists(m_folder / "user/agent.conf"));
    EXPECT_FALSE(fs::exists(m_folder / "autostart"));
}

TEST_F(SettingsView, language_isSeenAtOnceAndTakenBack) {
    open();
    m_window->languageBox().setCurrentIndex(2);
    EXPECT_EQ(UiLanguage::current(), Language::en);
    EXPECT_EQ(m_window->windowTitle(), "Settings");
    EXPECT_FALSE(fs::exists(m_folder / "user/agent.conf"));
    for (const auto page : {general, sites, drivers, platforms}) {
        turnTo(page);
        look(page == general ? "english" : "english_other");
    }
    m_window->close();
    EXPECT_EQ(UiLanguage::current(), Language::zh);
    EXPECT_EQ(m_languages, (std::vector{Language::en, Language::zh}));
    m_window->present();
    m_window->languageBox().setCurrentIndex(2);
    save();
    EXPECT_EQ(text(), "language = en\n");
    EXPECT_FALSE(m_window->isVisible());  // Nothing is left to say.
    EXPECT_EQ(UiLanguage::current(), Language::en);
}

TEST_F(SettingsView, refusedPort_isToldAtItsFieldAndNothingIsWritten) {
    open();
    m_window->pinPadBox().setChecked(false);
    turnTo(drivers);
    m_window->portField().setText("70000");
    save();
    EXPECT_EQ(m_window->tabs().currentIndex(), general);
    EXPECT_TRUE(visibleText(*m_window).contains("65534"));
    EXPECT_TRUE(waitUntil([&] { return m_window->portField().hasFocus(); }));
    EXPECT_FALSE(fs::exists(m_folder / "user/agent.conf"));
    EXPECT_TRUE(m_window->isChanged());
    look("port_refused");
    m_window->portField().setText("7000");
    EXPECT_FALSE(visibleText(*m_window).contains("agent.conf"));
    QTest::keyClick(&m_window->portField(), Qt::Key_Return);
    EXPECT_TRUE(fs::exists(m_folder / "user/agent.conf"));
}

TEST_F(SettingsView, policy_locksAndSaysSo) {
    m_folder.write("etc/policy.conf",
                   "language = zh\npin.pad = no\nbridge.port = 28700\nissuer = https://uc.example.gov.cn\n");
    m_commandLine.entries = {{"module", module("a.so").string(), 0}};
    open();
    EXPECT_FALSE(m_window->languageBox().isEnabled());
    EXPECT_FALSE(m_window->pinPadBox().isEnabled());
    EXPECT_FALSE(m_window->portField().isEnabled());
    EXPECT_TRUE(m_window->autostartBox().isEnabled());
    EXPECT_FALSE(m_window->portField().accessibleDescription().isEmpty());
    look("locked");
    turnTo(drivers);
    EXPECT_FALSE(m_window->modules().addButton().isEnabled());
    EXPECT_FALSE(m_window->modules().removeButton().isEnabled());
    look("locked_drivers");
    turnTo(platforms);
    EXPECT_FALSE(m_window->issuers().cell(0, 1).contains("policy.conf"));
}

TEST_F(SettingsView, unsafeDriver_isRefusedWithItsCause) {
    open();
    turnTo(drivers);
    auto& panel = m_window->modules();
    fs::path wanted = module("open.so", 0666);
    panel.setFileChooser([&](QWidget&, const FileWish& wish, const auto& chosen) {
        EXPECT_FALSE(wish.isToSave);
        chosen(QString::fromStdString(wanted.string()));
    });
    QTest::mouseClick(&panel.addButton(), Qt::LeftButton);
    EXPECT_TRUE(visibleText(panel.notice()).contains("module_writable"));
    EXPECT_TRUE(panel.modules().empty());
    look("driver_refused");
    wanted = m_folder / "none.so";
    QTest::mouseClick(&panel.addButton(), Qt::LeftButton);
    EXPECT_TRUE(visibleText(panel.notice()).contains("module_missing"));
}

TEST_F(SettingsView, drivers_areAddedAndRemoved) {
    open();
    turnTo(drivers);
    auto& panel = m_window->modules();
    const auto first = module("a.so");
    const auto second = module("b.so");
    panel.add(QString::fromStdString(first.string()));
    panel.add(QString::fromStdString(second.string()));
    panel.add(QString::fromStdString(second.string()));
    EXPECT_EQ(panel.modules().size(), 2U);
    look("drivers");
    save();
    EXPECT_EQ(text(), "module = " + first.string() + "\nmodule = " + second.string() + "\n");
    panel.table().selectRow(0);
    QTest::mouseClick(&panel.removeButton(), Qt::LeftButton);
    save();
    EXPECT_EQ(text(), "module = " + second.string() + "\n");
    // One that has become unsafe in the meantime is named when it is saved.
    panel.add(QString::fromStdString(first.string()));
    fs::permissions(first, static_cast<fs::perms>(0666));
    save();
    EXPECT_TRUE(visibleText(panel.notice()).contains("a.so"));
    EXPECT_EQ(text(), "module = " + second.string() + "\n");
}

TEST_F(SettingsView, autostart_isWrittenOnSave) {
    open();
    m_window->autostartBox().setChecked(true);
    EXPECT_FALSE(fs::exists(m_folder / "autostart/signet-agent.desktop"));
    save();
    EXPECT_TRUE(fs::exists(m_folder / "autostart/signet-agent.desktop"));
    EXPECT_FALSE(m_window->isVisible());
    fs::remove_all(m_folder / "autostart");
    m_folder.write("autostart", "a file");
    m_window->present();
    m_window->autostartBox().setChecked(true);
    save();
    EXPECT_TRUE(m_window->isVisible());
    look("autostart_fault");
}

TEST_F(SettingsView, site_isRevokedOnlyAfterAYes) {  // attacks.md 56
    m_folder.write("sites.json", R"(["https://uc.example.gov.cn","https://permits.example.gov.cn"])");
    open();
    turnTo(sites);
    auto& panel = m_window->sites();
    ASSERT_EQ(panel.table().rowCount(), 2);
    look("sites");
    std::vector<std::string> revoked;
    QObject::connect(m_window.get(), &SettingsWindow::revokeWanted, m_window.get(),
                     [&](const std::string& origin) {
                         revoked.push_back(origin);
                         (void)ApprovedSites(m_folder / "sites.json", {}).revoke(origin);
                     });
    panel.table().selectRow(1);
    QTest::mouseClick(&panel.revokeButton(), Qt::LeftButton);
    ASSERT_TRUE(panel.notice().isAsking());
    EXPECT_TRUE(panel.notice().keepButton().hasFocus());
    look("site_revoke");
    QTest::keyClick(&panel.notice().keepButton(), Qt::Key_Return);
    EXPECT_TRUE(revoked.empty());
    QTest::mouseClick(&panel.revokeButton(), Qt::LeftButton);
    QTest::mouseClick(&panel.notice().actButton(), Qt::LeftButton);
    EXPECT_EQ(revoked, std::vector<std::string>{"https://uc.example.gov.cn"});
    EXPECT_EQ(panel.table().rowCount(), 1);
    look("site_revoked");
}

TEST_F(SettingsView, siteThatStays_isToldSo) {
    m_folder.write("sites.json", R"(["https://uc.example.gov.cn"])");
    open();
    turnTo(sites);
    QTest::mouseClick(&m_window->sites().revokeButton(), Qt::LeftButton);
    QTest::mouseClick(&m_window->sites().notice().actButton(), Qt::LeftButton);
    EXPECT_TRUE(visibleText(m_window->sites().notice()).contains("file_unwritable"));
    look("site_stays");
}

TEST_F(SettingsView, fileOfTheOption_isTheOneThatIsWritten) {
    m_configFile = m_folder.write("mine.conf", "language = zh\n");
    open();
    m_window->pinPadBox().setChecked(false);
    save();
    EXPECT_EQ(m_folder.read("mine.conf"), "language = zh\npin.pad = no\n");
    EXPECT_FALSE(fs::exists(m_folder / "user/agent.conf"));
}

TEST_F(SettingsView, brokenFile_isToldInPlace) {
    open();
    m_window->close();
    m_folder.write("user/agent.conf", "unknown = zh\n");
    m_window->present();
    EXPECT_TRUE(visibleText(m_window->notice()).contains("agent.conf:1"));
    look("broken_file");
}

}  // namespace
}  // namespace signet
