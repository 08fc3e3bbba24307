// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/about_window.hpp"

#include "base/licences.hpp"
#include "tests/ui/ui_support.hpp"
#include "ui/search_table.hpp"
#include "ui/ui_language.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLineEdit>
#include <QTableView>
#include <QtTest>

#include <algorithm>

namespace signet {
namespace {

void tellLanguage(QWidget& window) {
    QEvent change(QEvent::LanguageChange);
    QApplication::sendEvent(&window, &change);
}

// R52
TEST(AboutView, version_andEveryComponentOfTheAgentWithItsLicence) {
    AboutWindow window("1.2.3");
    window.present();
    EXPECT_TRUE(visibleText(window).contains("1.2.3"));
    const auto all = components();
    const auto count = std::count_if(all.begin(), all.end(), [](const Component& c) { return c.isInAgent; });
    ASSERT_EQ(window.components().rowCount(), count);
    for (int row = 0; row < window.components().rowCount(); ++row)
        for (int column = 0; column < 4; ++column)
            EXPECT_FALSE(window.components().cell(row, column).isEmpty());
    EXPECT_EQ(window.components().cell(0, 1), "LGPL-3.0-only");
    EXPECT_EQ(cutOff(window), QStringList());
    shoot(window, "about");
    QTest::keyClicks(&window.components().searchField(), "lgpl");
    EXPECT_EQ(window.components().table().model()->rowCount(), 3);
    QTest::keyClick(&window, Qt::Key_Escape);
    EXPECT_FALSE(window.isVisible());
}

TEST(AboutView, language_switches) {
    AboutWindow window("1.2.3");
    window.present();
    UiLanguage language(Language::en);
    tellLanguage(window);
    EXPECT_EQ(window.windowTitle(), "About Signet");
    EXPECT_FALSE(window.components().table().accessibleName().isEmpty());
    EXPECT_EQ(cutOff(window), QStringList());
    shoot(window, "about_english");
    language.set(Language::zh);
}

}  // namespace
}  // namespace signet
