// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/test_pki/test_pki.hpp"
#include "tests/doubles/scripted_tokens.hpp"
#include "tests/ui/ui_support.hpp"
#include "ui/tokens_window.hpp"

#include <gtest/gtest.h>

#include <QPushButton>
#include <QTableView>
#include <QtTest>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signet {

/// What the windows say for a source text now, without its mnemonic.
inline QString said(const char* context, const char* source, int n = -1) {
    return QCoreApplication::translate(context, source, "", n).remove('&');
}

/// A window of tokens over tokens in memory.
class TokensWindowTest : public testing::Test {
protected:
    TokensWindowTest() { m_clock.time = pki().now(); }

    static TestPki& pki() {
        static TestPki pki;
        return pki;
    }
    static TrustList trustList() {
        std::vector<TrustedIssuer> issuers;
        for (auto& certificate : pki().trusted()) {
            issuers.push_back({.certificate = certificate, .name = "test"});
            issuers.back().identityRule = identityRule("default").value();
        }
        return TrustList(std::move(issuers));
    }

    ScriptedTokens::Device& addKey(const std::string& certificate = "enterprise-p256",
                                   const std::string& module = "/usr/lib/a.so") {
        auto& device = m_tokens.addToken(module, "企业锁", "3205A0001234");
        device.info.manufacturer = "Maker";
        if (!certificate.empty()) addCertificate(device, certificate);
        return device;
    }
    static void addCertificate(ScriptedTokens::Device& device, const std::string& name, bool hasKey = true) {
        ScriptedTokens::addCertificate(device, pki().named(name), name, hasKey);
    }

    TokensWindow& open() {
        const auto choose = [this](QWidget&, const FileWish& wish, auto chosen) {
            m_wish = wish;
            if (!m_file.empty()) chosen(QString::fromStdString(m_file.string()));
        };
        if (!m_window) m_window.emplace(TokensWindow::Ports{m_tokens, m_trust, m_clock, m_usePinPad, choose});
        m_window->present();
        m_loop.runAll();
        return *m_window;
    }
    /// What the loop's replies do is done, and the window is laid out.
    void settle() {
        m_loop.runAll();
        QCoreApplication::processEvents();
    }
    /// Pulls the key of that module out, and plugs it in again.
    void pull(std::size_t module = 0) {
        m_pulled = std::exchange(m_tokens.modules[module].devices, {});
        m_tokens.announce({});
        settle();
    }
    void plug(std::size_t module = 0) {
        m_tokens.modules[module].devices = std::exchange(m_pulled, {});
        m_tokens.announce({.added = {m_tokens.placeOf(module)}});
        settle();
    }
    /// As UiLanguage does it where the language has words.
    void tellLanguage() {
        QEvent change(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&*m_window, &change);
        QCoreApplication::processEvents();
    }
    QString text() { return visibleText(*m_window); }
    QTableView& table() { return *m_window->findChild<QTableView*>(); }
    QString cell(int row, int column) { return table().model()->index(row, column).data().toString(); }
    int rowCount() { return table().model()->rowCount(); }
    /// The visible button with these words, without its mnemonic.
    QPushButton* button(const QString& words) {
        for (auto* each : m_window->findChildren<QPushButton*>())
            if (each->isVisibleTo(&*m_window) && each->text().remove('&') == words) return each;
        ADD_FAILURE() << "no button " << words.toStdString() << " in " << text().toStdString();
        return nullptr;
    }
    void press(const QString& words) {
        auto* found = button(words);
        if (found != nullptr) found->click();
        settle();
    }

    ScriptedLoop m_loop;
    ScriptedTokens m_tokens{m_loop};
    std::vector<ScriptedTokens::Device> m_pulled;
    TrustList m_trust = trustList();
    FakeClock m_clock;
    bool m_usePinPad = true;
    std::filesystem::path m_file;  ///< that the user chooses; empty: none
    FileWish m_wish;
    std::optional<TokensWindow> m_window;
};

}  // namespace signet
