// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The window over real token hosts and a module that misbehaves by order.
#include "agent/host_tokens.hpp"
#include "pkcs11/token_watch.hpp"
#include "tests/doubles/fake_module_fixture.hpp"
#include "tests/ui/tokens_fixture.hpp"
#include "ui/pin_change_dialog.hpp"
#include "ui/pin_field.hpp"
#include "ui/ui_language.hpp"

#include <cstdlib>

namespace signet {
namespace {

using test::FakeModule;

class TokensHostsTest : public testing::Test {
protected:
    explicit TokensHostsTest(std::vector<std::filesystem::path> others = {}) {
        m_module.addToken({.label = "Real", .serial = "12345678"}).addKey("01", test::sharedKey("p256"));
        auto modules = std::move(others);
        modules.push_back(m_module.modulePath());
        m_tokens.emplace(std::filesystem::path(std::getenv("SIGNET_BIN")) / "signet-token-host", modules,
                         HostDeadlines{}, [this](std::function<void(const TokenEvent&)> onEvent) {
                             m_event = std::move(onEvent);
                             return std::shared_ptr<void>();
                         });
        m_window.emplace(TokensWindow::Ports{*m_tokens, m_trust, m_clock});
        m_window->present();
    }
    bool hasText(const QString& part) {
        return waitUntil([&] { return visibleText(*m_window).contains(part); });
    }
    int rowCount() { return m_window->findChild<QTableView*>()->model()->rowCount(); }
    QPushButton& button(const QString& words) {
        for (auto* each : m_window->findChildren<QPushButton*>())
            if (each->isVisibleTo(&*m_window) && each->text().remove('&') == words) return *each;
        throw std::runtime_error(words.toStdString());
    }
    void changePin(const std::string& old, const std::string& fresh) {
        auto fields = m_window->findChild<PinChangeDialog*>()->findChildren<PinField*>();
        for (const auto& [index, pin] : {std::pair{0, old}, {1, fresh}, {2, fresh}})
            QTest::keyClicks(fields.at(index), toQt(pin));
        button(said("signet::PinChangeDialog", "Change the PIN")).click();
    }

    FakeModule m_module;
    std::function<void(const TokenEvent&)> m_event;
    TrustList m_trust;
    SystemClock m_clock;
    std::optional<HostTokens> m_tokens;
    std::optional<TokensWindow> m_window;
};

TEST_F(TokensHostsTest, pin_isChangedOnceForEachPress) {
    ASSERT_TRUE(waitUntil([&] { return rowCount() == 1; }));
    button(said("signet::TokensWindow", "Change the &PIN")).click();
    changePin("000000", "739518");
    ASSERT_TRUE(hasText("pin_incorrect"));
    changePin("123456", "739518");
    ASSERT_TRUE(
        hasText(said("signet::PinChangeDialog", "The PIN was changed. Use the new one from now on.")));
    EXPECT_EQ(m_module.callsOf("C_SetPIN").size(), 2U);
}

TEST_F(TokensHostsTest, moduleThatCrashes_isNamedAndStartedAnew) {
    ASSERT_TRUE(waitUntil([&] { return rowCount() == 1; }));
    button(said("signet::TokensWindow", "Change the &PIN")).click();
    m_module.setFaults({"C_SetPIN 1 crash"});
    changePin("123456", "739518");
    ASSERT_TRUE(hasText("module_failed: crashed"));
    m_module.setFaults({});
    changePin("123456", "739518");
    EXPECT_TRUE(
        hasText(said("signet::PinChangeDialog", "The PIN was changed. Use the new one from now on.")));
}

TEST_F(TokensHostsTest, keyThatIsPluggedIn_appearsByItself) {
    ASSERT_TRUE(waitUntil([&] { return rowCount() == 1; }));
    m_module.addToken({.slot = 1, .label = "Second", .serial = "22223333"});
    m_event({.source = TokenEventSource::usb, .isArrival = true});
    EXPECT_TRUE(waitUntil([&] { return rowCount() == 2; }));
    EXPECT_TRUE(hasText(said("signet::TokensWindow", "%n USB key(s)", 2)));
}

class TokensHostsWithBroken : public TokensHostsTest {
protected:
    TokensHostsWithBroken() : TokensHostsTest({"/nowhere/broken.so"}) {}
};

TEST_F(TokensHostsWithBroken, module_isNamedBesideTheKeyOfAnother) {
    ASSERT_TRUE(waitUntil([&] { return rowCount() == 1; }));
    EXPECT_TRUE(hasText("/nowhere/broken.so"));
    EXPECT_TRUE(hasText("module_failed: load_failed"));
}

}  // namespace
}  // namespace signet
