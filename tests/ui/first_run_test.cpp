// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "first_run_fixture.hpp"
#include "ui/agreement_view.hpp"
#include "ui/ui_language.hpp"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QLabel>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTextBlock>

namespace signet {
namespace {

class FirstRunWindowTest : public testing::Test {
protected:
    FirstRunWindowTest() { speak(Language::en); }
    ~FirstRunWindowTest() override {
        speak(Language::zh);
        QCoreApplication::removeTranslator(&m_source);
    }
    void speak(Language language) {
        m_language.set(language);
        QCoreApplication::removeTranslator(&m_source);
        if (language == Language::en) QCoreApplication::installTranslator(&m_source);
        FirstRun::processAll();
    }

    /// In both languages.
    void picture(const QString& name) {
        shoot(*run.window, name + "_en");
        speak(Language::zh);
        shoot(*run.window, name);
        speak(Language::en);
    }

    UiLanguage m_language{Language::zh};
    SourceWords m_source;
    FirstRun run;
};

TEST_F(FirstRunWindowTest, welcome_saysForWhichPlatform) {
    EXPECT_TRUE(run.window->opensByItself());
    run.open();
    EXPECT_FALSE(run.window->opensByItself()) << "once only";
    EXPECT_TRUE(run.says("Step 1 of 4"));
    EXPECT_TRUE(run.says("uc.example.test"));
    EXPECT_TRUE(run.isOpenTo("Continue"));
    EXPECT_TRUE(run.has("Later"));
    EXPECT_FALSE(run.has("Back"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    picture("firstrun_1_welcome");
}

TEST_F(FirstRunWindowTest, severalPlatforms_areChosenFrom) {
    run.configuration.issuers = {kIssuer, "https://other.example.test:8443/uc"};
    run.open();
    EXPECT_FALSE(run.isOpenTo("Continue")) << "none is chosen beforehand";
    picture("firstrun_1_several");
    run.click("other.example.test:8443/uc");
    run.click("Continue");
    EXPECT_TRUE(run.says("Step 2 of 4"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
}

TEST_F(FirstRunWindowTest, noPlatform_saysWhatToAskFor) {
    run.configuration.issuers.clear();
    run.open();
    EXPECT_FALSE(run.isOpenTo("Continue"));
    EXPECT_TRUE(run.says("Ask your administrator"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    picture("firstrun_1_none");
    run.window->close();
    run.configuration.issuers = {kIssuer};
    EXPECT_TRUE(run.window->opensByItself());
    run.open();
    EXPECT_TRUE(run.isOpenTo("Continue")) << "the configuration is read anew";
}

// R01, R41: each agreement has a tick of its own, un-ticked, and both are needed.
TEST_F(FirstRunWindowTest, agreements_eachHaveTheirTick) {
    run.goToAgreements();
    EXPECT_TRUE(run.says("隐私政策 (1 of 2)"));
    EXPECT_TRUE(run.says("Version 2026-09"));
    auto* tick = run.find<QCheckBox>("I have read and accept \"隐私政策\"");
    ASSERT_NE(tick, nullptr);
    EXPECT_FALSE(tick->isChecked());
    EXPECT_FALSE(run.isOpenTo("Continue"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    run.click("I have read");
    run.click("Continue");
    EXPECT_TRUE(run.says("用户服务协议 (2 of 2)"));
    EXPECT_FALSE(run.find<QCheckBox>("I have read and accept \"用户服务协议\"")->isChecked());
    EXPECT_FALSE(run.isOpenTo("Continue"));
    picture("firstrun_2_agreement");
    run.click("Back");
    EXPECT_TRUE(run.find<QCheckBox>("I have read")->isChecked()) << "what was ticked stays";
    run.click("I have read");
    EXPECT_FALSE(run.isOpenTo("Continue")) << "and can be taken back";
    run.click("I have read");
    run.click("Continue");
    run.click("I have read");
    run.click("Continue");
    EXPECT_TRUE(run.says("Step 3 of 4"));
    run.window->close();
    run.open();
    run.click("Continue");
    EXPECT_FALSE(run.find<QCheckBox>("I have read")->isChecked()) << "another time, another tick";
}

// R01: material clauses are bold, nothing else of the text is.
TEST_F(FirstRunWindowTest, materialClauses_areBold) {
    run.goToAgreements();
    run.click("I have read");
    run.click("Continue");
    auto* view = run.window->findChild<AgreementView*>();
    ASSERT_NE(view, nullptr);
    EXPECT_EQ(view->accessibleName(), "用户服务协议");
    EXPECT_TRUE(run.says("clauses in bold"));
    QStringList bold;
    for (auto block = view->document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() > 0) continue;
        for (auto it = block.begin(); !it.atEnd(); ++it)
            if (it.fragment().charFormat().fontWeight() == QFont::Bold) bold << it.fragment().text();
    }
    EXPECT_EQ(bold.size(), 4);
    EXPECT_TRUE(bold.contains("账户仅限注册的本人或本单位使用,不得转让、出借或共用。"));
    EXPECT_FALSE(view->toPlainText().contains("**"));
    run.click("Open as a web page");
    EXPECT_EQ(run.opened, std::vector{run.platform.metadata.agreements[1].url});
}

TEST_F(FirstRunWindowTest, textOfAnAgreement_isShownLiterally) {
    run.platform.metadata.agreements.clear();
    run.platform.publish("ua", "1", "A & B <b>", "# <h1>\n\n<img src=x> \xE2\x80\xAE evil [a](b)\n");
    run.goToAgreements();
    auto* view = run.window->findChild<AgreementView*>();
    EXPECT_EQ(view->toPlainText(), "<h1>\n<img src=x> \\u{202E} evil [a](b)");
    auto* tick = run.window->findChild<QCheckBox*>();
    EXPECT_EQ(tick->text(), "I have read and &accept \"A && B <b>\"");
    EXPECT_FALSE(run.says("clauses in bold"));
}

TEST_F(FirstRunWindowTest, agreementsThatCannotBeRead_sayWhyAndTryAgain) {
    const Error lost{
        .code = ErrorCode::platformUnreachable, .reason = "refused", .params = {{"host", "uc.example.test"}}};
    run.platform.faults[ScriptedPlatform::Call::metadata].push_back({lost});
    run.goToAgreements();
    EXPECT_TRUE(run.says("uc.example.test"));
    EXPECT_TRUE(run.says("platform_unreachable: refused"));
    EXPECT_FALSE(run.isOpenTo("Continue"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    picture("firstrun_2_unreachable");
    run.click("Try again");
    EXPECT_TRUE(run.has("I have read"));
}

TEST_F(FirstRunWindowTest, agreementWithAnotherHash_cannotBeAccepted) {
    run.platform.documents.begin()->second += "x";
    run.goToAgreements();
    EXPECT_TRUE(run.says("document_changed"));
    EXPECT_FALSE(run.has("I have read"));
    EXPECT_FALSE(run.isOpenTo("Continue"));
}

TEST_F(FirstRunWindowTest, agreementsOnTheirWay_areWaitedFor) {
    run.open();
    run.find("Continue")->click();
    EXPECT_TRUE(run.says("being fetched from uc.example.test"));
    EXPECT_FALSE(run.isOpenTo("Continue"));
    picture("firstrun_2_loading");
    run.window->close();
    EXPECT_EQ(run.platform.running(), 0U) << "nobody waits any more";
}

TEST_F(FirstRunWindowTest, platformWithoutAgreements_goesOn) {
    run.platform.metadata.agreements.clear();
    run.goToAgreements();
    EXPECT_TRUE(run.says("no agreements"));
    run.click("Continue");
    EXPECT_TRUE(run.says("Step 3 of 4"));
}

TEST_F(FirstRunWindowTest, key_isWaitedForAndFollowed) {
    run.goToKeys();
    EXPECT_TRUE(run.says("Plug in your USB key now."));
    EXPECT_FALSE(run.isOpenTo("Continue"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    picture("firstrun_3_no_key");
    run.plugIn(sharedPki().enterprise());
    run.tokens.announce({.added = {run.tokens.placeOf(0)}});
    run.settle();
    EXPECT_TRUE(run.says("You register with this certificate:"));
    EXPECT_TRUE(run.isOpenTo("Continue")) << "the only one is chosen";
    EXPECT_EQ(cutOff(*run.window), QStringList());
    picture("firstrun_3_key");
    run.tokens.removeToken(0);
    run.settle();
    EXPECT_TRUE(run.says("Plug in your USB key now."));
    EXPECT_FALSE(run.isOpenTo("Continue"));
    run.click("Back");
    EXPECT_EQ(run.tokens.watching(), 0U);
}

TEST_F(FirstRunWindowTest, severalCertificates_areChosenFrom) {
    run.plugIn(sharedPki().enterprise());
    auto& device = run.plugIn(sharedPki().person());
    ScriptedTokens::addCertificate(device, sharedPki().expired(), "old");
    run.goToKeys();
    EXPECT_FALSE(run.isOpenTo("Continue"));
    QList<QPushButton*> cards;
    for (auto* button : run.window->findChildren<QPushButton*>())
        if (button->isVisible() && button->property("role") == "choice") cards << button;
    ASSERT_EQ(cards.size(), 2);
    cards[1]->click();
    EXPECT_TRUE(run.isOpenTo("Continue"));
    run.click("Others that cannot be used");
    EXPECT_TRUE(run.says("expired"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    run.tokens.announce({});
    run.settle();
    EXPECT_TRUE(cards[1]->isChecked()) << "nothing moves where nothing has changed";
    picture("firstrun_3_several");
    EXPECT_TRUE(run.isOpenTo("Continue")) << "and not when the language changes";
    run.click("Continue");
    run.click("Register");
    ASSERT_EQ(run.logins.size(), 1U);
    EXPECT_EQ(run.logins[0].selection.fingerprintHex, sharedPki().person().certificate.fingerprintHex());
}

TEST_F(FirstRunWindowTest, keyThatCannotBeUsed_saysWhy) {
    run.plugIn(sharedPki().expired());
    run.goToKeys();
    EXPECT_TRUE(run.says("certificate_expired"));
    EXPECT_FALSE(run.isOpenTo("Continue"));
    EXPECT_TRUE(run.has("Look again"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    picture("firstrun_3_unusable");
    run.tokens.modules[0].failure = Error{.code = ErrorCode::moduleFailed, .reason = "crashed"};
    run.click("Look again");
    EXPECT_TRUE(run.says("module_failed"));
}

// R01, R02: the registration signs what was read and ticked, and nothing else counts as accepted.
TEST_F(FirstRunWindowTest, registration_namesTheVeryDocuments) {
    run.plugIn(sharedPki().enterprise());
    run.goToRegister();
    EXPECT_TRUE(run.says("Step 4 of 4"));
    EXPECT_TRUE(run.says("\"隐私政策\" (version 2026-09), \"用户服务协议\" (version 2026-09)"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    picture("firstrun_4_ready");
    run.click("Register");
    ASSERT_EQ(run.logins.size(), 1U);
    const auto& request = run.logins[0];
    EXPECT_EQ(request.issuer, kIssuer);
    EXPECT_EQ(request.purpose, Purpose::bind);
    EXPECT_TRUE(request.isAgentStarted());
    EXPECT_FALSE(request.wantsSession);
    EXPECT_FALSE(request.hasAcceptedAgreements);
    EXPECT_EQ(request.selection.fingerprintHex, sharedPki().enterprise().certificate.fingerprintHex());
    ASSERT_EQ(request.acceptedAgreements.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(request.acceptedAgreements[i].sha256, run.platform.challenge.agreements[i].sha256);
        EXPECT_EQ(request.acceptedAgreements[i].version, "2026-09");
    }
    EXPECT_TRUE(run.says("Answer the questions in the login window"));
    EXPECT_FALSE(run.isOpenTo("Register"));
    EXPECT_FALSE(run.isOpenTo("Back"));
    picture("firstrun_4_running");
    run.end(FirstRun::success());
    EXPECT_TRUE(run.says("You are registered at uc.example.test."));
    EXPECT_TRUE(run.says("云南示例建筑有限公司 (company account)"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    picture("firstrun_4_done");
    run.click("Open the platform");
    EXPECT_EQ(run.opened, std::vector<std::string>{kIssuer + "/"});
    run.click("Close");
    EXPECT_FALSE(run.window->isVisible());
}

TEST_F(FirstRunWindowTest, registrationThatFailed_saysWhyAndGoesOn) {
    run.plugIn(sharedPki().enterprise());
    run.goToRegister();
    run.click("Register");
    run.end(fail(Error{.code = ErrorCode::pinLocked}));
    EXPECT_TRUE(run.says("pin_locked"));
    EXPECT_TRUE(run.isOpenTo("Back"));
    EXPECT_EQ(cutOff(*run.window), QStringList());
    picture("firstrun_4_failed");
    run.click("Try again");
    EXPECT_EQ(run.logins.size(), 2U);
    run.end(fail(Error{.code = ErrorCode::busy}));
    EXPECT_TRUE(run.says("busy"));
    run.click("Back");
    EXPECT_TRUE(run.says("Step 3 of 4"));
    run.click("Continue");
    EXPECT_TRUE(run.isOpenTo("Register"));
    EXPECT_FALSE(run.says("busy"));
}

// R63: the agreements changed between reading and signing.
TEST_F(FirstRunWindowTest, agreementsThatChanged_areReadAgain) {
    run.plugIn(sharedPki().enterprise());
    run.goToRegister();
    run.click("Register");
    run.end(fail(Error{.code = ErrorCode::agreementOutdated, .isFromPlatform = true}));
    run.platform.metadata.agreements.clear();
    run.platform.publish("user-agreement", "2026-12", "用户服务协议", "# new\n\ntext\n");
    run.click("Read again");
    EXPECT_TRUE(run.says("Version 2026-12"));
    EXPECT_FALSE(run.find<QCheckBox>("I have read")->isChecked());
    run.click("I have read");
    run.click("Continue");
    run.click("Continue");
    run.click("Register");
    ASSERT_EQ(run.logins.size(), 2U);
    ASSERT_EQ(run.logins[1].acceptedAgreements.size(), 1U);
    EXPECT_EQ(run.logins[1].acceptedAgreements[0].version, "2026-12");
}

TEST_F(FirstRunWindowTest, later_leavesEveryStep) {
    run.plugIn(sharedPki().enterprise());
    for (const auto step :
         {&FirstRun::open, &FirstRun::goToAgreements, &FirstRun::goToKeys, &FirstRun::goToRegister}) {
        (run.*step)();
        run.click("Later");
        EXPECT_FALSE(run.window->isVisible());
        EXPECT_EQ(run.tokens.watching() + run.tokens.running() + run.platform.running(), 0U);
    }
    run.open();
    QTest::keyClick(run.window.get(), Qt::Key_Escape);
    EXPECT_FALSE(run.window->isVisible());
    EXPECT_TRUE(run.logins.empty());
}

TEST_F(FirstRunWindowTest, windowThatIsClosedMeanwhile_comesBackToTheResult) {
    run.plugIn(sharedPki().enterprise());
    run.goToRegister();
    run.click("Register");
    run.window->close();
    run.open();
    EXPECT_TRUE(run.says("Registering…"));
    run.end(FirstRun::success());
    EXPECT_TRUE(run.says("You are registered"));
    run.window->close();
    run.open();
    EXPECT_TRUE(run.says("Step 1 of 4"));
}

TEST_F(FirstRunWindowTest, windowThatIsGone_missesTheReply) {
    run.plugIn(sharedPki().enterprise());
    run.goToRegister();
    run.click("Register");
    run.window.reset();
    run.reply(FirstRun::success());
}

TEST_F(FirstRunWindowTest, keyboard_isEnough) {
    run.plugIn(sharedPki().enterprise());
    run.open();
    run.window->activateWindow();
    const auto press = [&](int key) {
        auto* target = run.window->focusWidget();
        QTest::keyClick(target != nullptr ? target : run.window.get(), static_cast<Qt::Key>(key));
        run.settle();
    };
    press(Qt::Key_Return);
    for (int i = 0; i < 2; ++i) {
        press(Qt::Key_Return);
        EXPECT_TRUE(run.says("Step 2 of 4")) << "not without the tick";
        press(Qt::Key_Tab);
        press(Qt::Key_Space);
        press(Qt::Key_Return);
    }
    EXPECT_TRUE(run.says("Step 3 of 4"));
    press(Qt::Key_Return);
    EXPECT_TRUE(run.says("Step 4 of 4"));
    press(Qt::Key_Return);
    EXPECT_EQ(run.logins.size(), 1U);
    press(Qt::Key_Return);
    EXPECT_TRUE(run.window->isVisible()) << "a closed way on does not hand Enter to another button";
    run.end(FirstRun::success());
    press(Qt::Key_Return);
    EXPECT_FALSE(run.window->isVisible());
}

TEST_F(FirstRunWindowTest, language_switchesAtEveryStep) {
    run.plugIn(sharedPki().enterprise());
    for (const auto step :
         {&FirstRun::open, &FirstRun::goToAgreements, &FirstRun::goToKeys, &FirstRun::goToRegister}) {
        (run.*step)();
        const auto before = run.text();
        speak(Language::zh);
        EXPECT_EQ(cutOff(*run.window), QStringList());
        speak(Language::en);
        EXPECT_EQ(run.text(), before);
        run.window->close();
    }
}

TEST_F(FirstRunWindowTest, smallScreen_bringsWhatIsNewIntoView) {
    run.plugIn(sharedPki().enterprise());
    run.goToRegister();
    run.window->resize(512, 300);
    FirstRun::processAll();
    auto* area = qobject_cast<QScrollArea*>(run.window->findChild<QStackedWidget*>()->currentWidget());
    ASSERT_NE(area, nullptr);
    ASSERT_GT(area->verticalScrollBar()->maximum(), 0);
    QTest::keyClick(run.window->focusWidget(), Qt::Key_PageDown);
    EXPECT_GT(area->verticalScrollBar()->value(), 0);
    QTest::keyClick(run.window->focusWidget(), Qt::Key_PageUp);
    EXPECT_EQ(area->verticalScrollBar()->value(), 0);
    run.click("Register");
    run.end(fail(Error{.code = ErrorCode::pinLocked}));
    FirstRun::processAll();
    for (auto* label : run.window->findChildren<QLabel*>())
        if (label->property("role") == "fault" && label->isVisible()) {
            EXPECT_FALSE(label->visibleRegion().isEmpty());
        }
    picture("firstrun_4_failed_small");
}

TEST_F(FirstRunWindowTest, smallScreen_fits) {
    run.plugIn(sharedPki().enterprise());
    for (const auto step :
         {&FirstRun::open, &FirstRun::goToAgreements, &FirstRun::goToKeys, &FirstRun::goToRegister}) {
        (run.*step)();
        EXPECT_LE(run.window->minimumSizeHint().height(), 300) << "1024 × 600 at 200 %";
        EXPECT_LE(run.window->minimumSizeHint().width(), 512);
        run.window->resize(512, 300);
        FirstRun::processAll();
        EXPECT_EQ(cutOff(*run.window), QStringList());
        run.window->close();
    }
}

}  // namespace
}  // namespace signet
