// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Without a tray: the small window in its place, its notes, and the end of the session. The icon itself is
// shown by tests/e2e/tray_test.py.
#include "ui/tray.hpp"
#include "tests/ui/login_fixture.hpp"
#include "ui/small_window.hpp"
#include "ui/tray_app.hpp"

#include <QMenu>

namespace signet {
namespace {

class TrayTest : public testing::Test {
protected:
    SmallWindow& window() { return *tray.smallWindow(); }
    bool says(const QString& text) { return visibleText(window()).contains(text); }
    void comeUp() {
        tray.show(0);
        ASSERT_TRUE(waitUntil([&] { return tray.smallWindow() != nullptr; }));
    }
    void press(const QString& text) {
        for (auto* button : window().findChildren<QPushButton*>())
            if (button->isVisibleTo(&window()) && button->text() == text) return button->click();
        FAIL() << text.toStdString() << " is not in:\n" << visibleText(window()).toStdString();
    }

    Tray tray{{"https://uc.example.gov.cn"}};
};

TEST_F(TrayTest, everyState_isSaidInWords) {
    comeUp();
    struct {
        TokensState tokens;
        bool isBusy;
        TrayState state;
        const char* text;
    } const table[] = {
        {{}, false, TrayState::noToken, "正在查找 USB key…"},
        {{.isKnown = true}, false, TrayState::noToken, "没有插入 USB key"},
        {{.isKnown = true, .hasToken = true, .names = {"云南示例建筑有限公司"}},
         false,
         TrayState::token,
         "云南示例建筑有限公司"},
        {{.isKnown = true, .hasToken = true, .names = {"甲"}}, true, TrayState::busy, "有登录在等您处理"},
        {{.isKnown = true, .hasToken = true, .wantsAttention = true},
         false,
         TrayState::attention,
         "没有可用的证书"},
    };
    for (const auto& row : table) {
        tray.setTokens(row.tokens);
        tray.setBusy(row.isBusy);
        EXPECT_EQ(tray.state(), row.state) << row.text;
        EXPECT_TRUE(says(row.text)) << row.text << " is not in\n" << visibleText(window()).toStdString();
        EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    }
    const Tray bare({});
    EXPECT_EQ(bare.state(), TrayState::notConfigured);
}

TEST_F(TrayTest, smallWindow_hasTheMenuAndCannotBeLost) {
    comeUp();
    QSignalSpy keys(&tray, &Tray::tokensWanted);
    press("USB key 和证书");
    EXPECT_EQ(keys.count(), 1);
    window().close();
    EXPECT_TRUE(window().isVisible());
    EXPECT_TRUE(window().isMinimized());
    window().showNormal();
    shoot(window(), "small-window");
}

TEST_F(TrayTest, noteBeforeThereIsAPlaceForIt_isShownThere) {
    tray.notify("证书即将到期", "云南示例建筑有限公司:还有 30 天。", Tray::Topic::tokens, true);
    QSignalSpy places(&tray, &Tray::placeFound);
    EXPECT_FALSE(tray.hasPlace());
    comeUp();
    EXPECT_TRUE(tray.hasPlace());
    EXPECT_EQ(places.count(), 1);
    ASSERT_TRUE(waitUntil([&] { return says("还有 30 天"); })) << visibleText(window()).toStdString();
    EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    shoot(window(), "small-window-note");
    EXPECT_TRUE(window().hasNote());
    QSignalSpy keys(&tray, &Tray::tokensWanted);
    press("查看");
    EXPECT_EQ(keys.count(), 1);
    EXPECT_FALSE(window().hasNote()) << "it was seen";
}

TEST_F(TrayTest, noteWithoutATopic_isOnlyPutAway) {
    comeUp();
    tray.notify("uc.example.gov.cn 的通知", "<b>12 月 1 日维护</b>", Tray::Topic::none);
    EXPECT_TRUE(says("<b>12 月 1 日维护</b>")) << "literally";
    QSignalSpy keys(&tray, &Tray::tokensWanted);
    QSignalSpy check(&tray, &Tray::selfCheckWanted);
    press("确定");
    EXPECT_EQ(keys.count() + check.count(), 0);
    EXPECT_FALSE(says("维护"));
}

/// The end of the session: every window of Qt is asked to close first, and those that wait for a person
/// refuse.
TEST(TrayApp, endOfTheSession_endsItWithALoginWindowOpen) {
    const AgentOptions options;
    const Configuration configuration;
    const ConfigurationPaths paths;
    bool wantsRestart = false;
    TrayApp app({options, configuration, paths, Language::zh, "1"}, wantsRestart);
    app.ui().askPin(pageQuestion(), {}, [](Result<SecretBytes>) {});
    QTimer::singleShot(0, [] {
        QEvent quit(QEvent::Quit);
        QCoreApplication::sendEvent(QCoreApplication::instance(), &quit);
    });
    QTimer::singleShot(5000, [] { QCoreApplication::exit(1); });
    EXPECT_EQ(QCoreApplication::exec(), 0);
    EXPECT_FALSE(wantsRestart);
}

}  // namespace
}  // namespace signet
