// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/renewal_page.hpp"

#include "agent/prompt_text.hpp"
#include "tests/ui/tokens_fixture.hpp"
#include "ui/pin_field.hpp"
#include "ui/ui_language.hpp"
#include "ui/window_asker.hpp"

#include <QListWidget>
#include <QRadioButton>
#include <QTemporaryDir>

#include <fstream>

namespace signet {
namespace {

QString page(const char* source) {
    return said("signet::RenewalPage", source);
}

QString zh(const Error& error) {
    return toQt(sentence(error, Language::zh));
}

class RenewalPageTest : public TokensWindowTest {
protected:
    RenewalPageTest() {
        m_tokens.canRenew = true;
        m_file = fileNamed("request.pem");
    }
    std::filesystem::path fileNamed(const std::string& name) {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    /// A certificate for the key of the one on the token, as its issuer sends it.
    std::filesystem::path answerFor(const std::string& name) {
        auto profile = TestPki::profile(name);
        profile.keyLabel = "ui-renewal";
        const auto file = fileNamed("answer.pem");
        std::ofstream(file) << pki().issue(profile).certificate.toPem();
        return file;
    }
    /// With a key that an answer can be for.
    ScriptedTokens::Device& addRenewableKey() {
        auto& device = addKey("");
        auto profile = TestPki::profile("enterprise-p256");
        profile.keyLabel = "ui-renewal";
        ScriptedTokens::addCertificate(device, pki().issue(profile), "old");
        return device;
    }
    void openRequest() {
        open();
        press(said("signet::TokensWindow", "Request a &renewal"));
    }
    void openInstall() {
        open();
        press(said("signet::TokensWindow", "&Install a certificate"));
    }
    PinField& pin() { return *m_window->findChild<WindowAsker*>()->findChild<PinField*>(); }
    void enterPin(const std::string& digits) {
        QTest::keyClicks(&pin(), toQt(digits));
        QTest::keyClick(&pin(), Qt::Key_Return);
        settle();
    }
    QRadioButton& newKeyChoice() { return *m_window->findChildren<QRadioButton*>().at(1); }
    bool isListShown() { return table().isVisibleTo(&*m_window); }

    QTemporaryDir m_folder;
};

// Issue 5, point 4
TEST_F(RenewalPageTest, requestForTheOldKey_isWritten) {
    addKey();
    openRequest();
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "renewal_form");
    press(page("Choose where to write it…"));
    EXPECT_TRUE(m_wish.isToSave);
    ASSERT_TRUE(pin().isVisibleTo(&*m_window)) << text().toStdString();
    EXPECT_EQ(m_window->focusWidget(), &pin());
    EXPECT_TRUE(pin().accessibleName().contains("5")) << "the tries that are left";
    EXPECT_TRUE(text().contains(toQt(kTestEnterprise)));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "renewal_pin");
    enterPin("123456");
    EXPECT_TRUE(std::filesystem::exists(m_file));
    EXPECT_TRUE(
        text().contains(page("The request has been written. Send this file to your certificate issuer:")));
    EXPECT_TRUE(text().contains("request.pem"));
    ASSERT_EQ(m_tokens.certificateRequests.size(), 1U);
    EXPECT_FALSE(m_tokens.certificateRequests[0].newKey);
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "renewal_requested");
    press(page("Back to the list"));
    EXPECT_TRUE(isListShown());
}

TEST_F(RenewalPageTest, newKey_isConfirmedBeforeItIsMade) {
    addKey();
    openRequest();
    newKeyChoice().click();
    press(page("Choose where to write it…"));
    EXPECT_TRUE(text().contains(QString::fromUtf8("将在这个 USB key 中生成一对新密钥(p256)")));
    EXPECT_TRUE(m_tokens.certificateRequests.empty());
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "renewal_new_key");
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);  // an Enter too many is a no
    settle();
    EXPECT_TRUE(text().contains(page("Choose where to write it…")));
    EXPECT_FALSE(std::filesystem::exists(m_file));
    press(page("Choose where to write it…"));
    press(QString::fromUtf8("生成新密钥"));
    enterPin("123456");
    ASSERT_EQ(m_tokens.certificateRequests.size(), 1U);
    EXPECT_EQ(m_tokens.certificateRequests[0].newKey, NewKeyKind::p256);
}

TEST_F(RenewalPageTest, wrongPin_isSaidAndNothingIsWritten) {
    addKey();
    openRequest();
    press(page("Choose where to write it…"));
    enterPin("000000");
    EXPECT_TRUE(text().contains("pin_incorrect"));
    EXPECT_FALSE(std::filesystem::exists(m_file));
    EXPECT_EQ(m_tokens.pinsSent.size(), 1U);
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "renewal_wrong_pin");
    press(page("Try again"));  // for the same file
    enterPin("123456");
    EXPECT_TRUE(std::filesystem::exists(m_file));
}

TEST_F(RenewalPageTest, fileThatIsThere_isNotOverwritten) {
    addKey();
    std::ofstream(m_file) << "mine";
    openRequest();
    press(page("Choose where to write it…"));
    EXPECT_TRUE(text().contains("invalid_request: file_exists"));
    press(page("Try again"));
    EXPECT_TRUE(text().contains(page("Choose where to write it…"))) << "another file is chosen first";
    EXPECT_TRUE(m_tokens.pinsSent.empty());
}

TEST_F(RenewalPageTest, sm2Key_isSaidToBeImpossibleBeforeAFileIsChosen) {
    addKey("enterprise-sm2");
    openRequest();
    EXPECT_TRUE(text().contains(zh({.code = ErrorCode::algNotAllowed, .reason = "sm2_request_unsupported"})));
    EXPECT_FALSE(button(page("Choose where to write it…"))->isEnabled());
    shoot(*m_window, "renewal_sm2");
    newKeyChoice().click();
    EXPECT_TRUE(button(page("Choose where to write it…"))->isEnabled());
    EXPECT_FALSE(text().contains("sm2_request_unsupported"));
}

TEST_F(RenewalPageTest, noFileChosen_changesNothing) {
    addKey();
    m_file.clear();
    openRequest();
    press(page("Choose where to write it…"));
    EXPECT_TRUE(text().contains(page("Choose where to write it…")));
    EXPECT_EQ(m_tokens.running(), 0U);
}

TEST_F(RenewalPageTest, answer_isConfirmedWrittenAndListed) {
    addRenewableKey();
    m_file = answerFor("enterprise-p256");
    openInstall();
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "install_form");
    press(page("Choose the file…"));
    EXPECT_FALSE(m_wish.isToSave);
    EXPECT_TRUE(text().contains(QString::fromUtf8("把证书写入这个 USB key:云南示例建筑有限公司")));
    EXPECT_TRUE(text().contains(QString::fromUtf8("原有的证书和密钥不会改动")));
    EXPECT_TRUE(m_tokens.installRequests.empty());
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "install_confirm");
    press(QString::fromUtf8("写入证书"));
    enterPin("123456");
    EXPECT_TRUE(
        text().contains(page("The certificate is on the USB key and can log in. Bind it to your account "
                             "before you use it for the first time.")));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "install_done");
    press(page("Back to the list"));
    EXPECT_EQ(rowCount(), 2);
}

TEST_F(RenewalPageTest, answerThatCannotLogIn_isWarnedOf) {
    addRenewableKey();
    m_file = answerFor("untrusted");
    openInstall();
    press(page("Choose the file…"));
    EXPECT_TRUE(text().contains(QString::fromUtf8("注意:")));
    press(QString::fromUtf8("写入证书"));
    enterPin("123456");
    EXPECT_TRUE(text().contains(
        page("The certificate is on the USB key, but it cannot log in yet. The list says why.")));
}

TEST_F(RenewalPageTest, fileWithoutACertificate_isNamed) {
    addKey();
    m_file = fileNamed("nothing.pem");
    std::ofstream(m_file) << "nothing";
    openInstall();
    press(page("Choose the file…"));
    EXPECT_TRUE(text().contains("bad_request: no_certificate_in_file"));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "install_failed");
}

TEST_F(RenewalPageTest, lastTry_isAskedForWithItsOwnWords) {
    addKey().info.isPinFinalTry = true;
    openRequest();
    press(page("Choose where to write it…"));
    EXPECT_TRUE(text().contains(toQt(confirmationLine({}, Confirmation::finalPinTry, Language::zh))));
    press(QString::fromUtf8("使用最后一次机会"));
    enterPin("123456");
    ASSERT_EQ(m_tokens.certificateRequests.size(), 1U);
    EXPECT_TRUE(m_tokens.certificateRequests[0].isFinalTryAccepted);
}

TEST_F(RenewalPageTest, stopClosingAndEscape_leaveNothingRunning) {
    addKey();
    openRequest();
    button(page("Choose where to write it…"))->click();
    EXPECT_EQ(m_tokens.running(), 1U);
    press(page("Stop"));
    EXPECT_EQ(m_tokens.running(), 0U);
    EXPECT_TRUE(text().contains(page("Stopped. What the USB key had begun may be done: look at the list.")));
    press(page("Choose where to write it…"));
    QTest::keyClicks(&pin(), "123");
    QTest::keyClick(&pin(), Qt::Key_Escape);  // ends the question
    settle();
    EXPECT_TRUE(m_window->isVisible());
    EXPECT_TRUE(text().contains(page("Choose where to write it…")));
    press(page("Choose where to write it…"));
    EXPECT_EQ(pin().length(), 0U);
    QTest::keyClicks(&pin(), "123456");
    m_window->close();
    EXPECT_EQ(pin().length(), 0U);
    EXPECT_TRUE(m_tokens.pinsSent.empty());
    open();
    EXPECT_TRUE(isListShown());
    press(said("signet::TokensWindow", "Request a &renewal"));
    press(page("Choose where to write it…"));
    m_window.reset();  // with a question open
    EXPECT_EQ(m_tokens.running(), 0U);
}

TEST(WindowAsker, choice_isByKeyboardAndWithdrawnWithoutAnAnswer) {
    WindowAsker asker;
    asker.show();
    std::optional<std::size_t> chosen;
    asker.choose("Which?", {{"one"}, {"two"}}, [&](Result<std::size_t> index) { chosen = index.value(); });
    auto& list = *asker.findChild<QListWidget*>();
    QTest::keyClick(&list, Qt::Key_Down);
    QTest::keyClick(&list, Qt::Key_Return);
    EXPECT_EQ(chosen, 1U);
    EXPECT_FALSE(asker.isAsking());
    bool isAnswered = false;
    asker.confirm("Sure?", [&](const Result<bool>&) { isAnswered = true; });
    asker.withdraw();
    EXPECT_FALSE(isAnswered);
    EXPECT_FALSE(asker.isAsking());
}

}  // namespace
}  // namespace signet
