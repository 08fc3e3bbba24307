// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "tests/agent/cli_test_folder.hpp"
#include "tests/agent/login_flow_fixture.hpp"
#include "tests/ui/ui_support.hpp"
#include "ui/first_run_window.hpp"

#include <QPushButton>
#include <QTest>
#include <QTranslator>

#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signet {

inline std::string sampleDocument(const std::string& id) {
    std::ifstream file(std::string(std::getenv("SIGNET_SOURCE")) + "/platform/documents/" + id + ".md");
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The source texts themselves, whatever translations there are, so that tests do not hang on those.
class SourceWords : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* source, const char*, int) const override {
        return QString::fromUtf8(source);
    }
};

/// The window with a platform and tokens by script, and with logins that end as the test wants.
struct FirstRun {
    TestFolder folder;
    Configuration configuration;
    ScriptedLoop loop;
    ScriptedTokens tokens{loop};
    ScriptedPlatform platform{loop, kIssuer};
    FakeClock clock;
    TrustList trust = trustOf(sharedPki());
    FirstRunFile memory{folder / "first-run.json", {}};
    std::vector<LoginRequest> logins;
    Reply<LoginResult> reply;
    std::vector<std::string> opened;
    std::unique_ptr<FirstRunWindow> window;

    FirstRun() {
        clock.time = sharedPki().now();
        configuration.issuers = {kIssuer};
        platform.metadata.agreements.clear();
        platform.challenge.agreements.clear();
        platform.publish("privacy-policy", "2026-09", "隐私政策", sampleDocument("privacy-policy"));
        platform.publish("user-agreement", "2026-09", "用户服务协议", sampleDocument("user-agreement"));
        window = std::make_unique<FirstRunWindow>(parts(), memory);
    }
    FirstRunParts parts() {
        return {.configuration = configuration,
                .tokens = tokens,
                .platform = platform,
                .trust = trust,
                .clock = clock,
                .login =
                    [this](LoginRequest request, Reply<LoginResult> to) {
                        logins.push_back(std::move(request));
                        reply = std::move(to);
                    },
                .openInBrowser = [this](const std::string& url) { opened.push_back(url); }};
    }

    ScriptedTokens::Device& plugIn(const Issued& issued) {
        auto& device = tokens.addToken("/lib/" + std::to_string(tokens.modules.size()) + ".so", "Token",
                                       std::to_string(tokens.modules.size()));
        ScriptedTokens::addCertificate(device, issued, "login");
        return device;
    }
    void open() {
        window->open();
        settle();
    }
    void settle() {
        loop.runAll();
        processAll();
    }
    /// Also what events post in their turn: new words, then a new layout, then new widgets in it.
    static void processAll() {
        for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
    }

    /// The visible button, box or choice whose text begins so, without its shortcut mark.
    template <class Widget = QAbstractButton>
    Widget* find(const QString& text) const {
        for (auto* each : window->findChildren<Widget*>())
            if (each->isVisible() && QString(each->text()).remove('&').startsWith(text)) return each;
        return nullptr;
    }
    bool has(const QString& text) const { return find(text) != nullptr; }
    bool isOpenTo(const QString& text) const {
        const auto* button = find(text);
        return button != nullptr && button->isEnabled();
    }
    void click(const QString& text) {
        auto* button = find(text);
        ASSERT_NE(button, nullptr) << text.toStdString();
        ASSERT_TRUE(button->isEnabled()) << text.toStdString();
        button->click();
        settle();
    }
    QString text() const { return visibleText(*window); }
    bool says(const QString& words) const { return text().contains(words); }

    void goToAgreements() {
        open();
        click("Continue");
    }
    void goToKeys() {
        goToAgreements();
        for (int i = 0; i < 2; ++i) {
            click("I have read");
            click("Continue");
        }
    }
    void goToRegister() {
        goToKeys();
        click("Continue");
    }
    void end(Result<LoginResult> result) {
        const auto to = std::exchange(reply, nullptr);
        to(std::move(result));
        settle();
    }
    static LoginResult success() {
        return {.account = {"云南示例建筑有限公司", "enterprise"},
                .certificate = sharedPki().enterprise().certificate};
    }
};

}  // namespace signet
