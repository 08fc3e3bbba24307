// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/ui/login_fixture.hpp"
#include "ui/pin_field.hpp"

#include <QCheckBox>

namespace signet {
namespace {

QString zh(const char* text) {
    return QString::fromUtf8(text);
}

class LoginFacePin : public LoginFaceTest {
protected:
    void ask(PinQuestion pin = {.tokenLabel = "key-1", .triesLeft = 5}) {
        face.askPin(pageQuestion(), pin, into(answer));
        settle();
    }
    PinField& field() { return *window().findChild<PinField*>(); }
    std::string typedPin() { return std::string(textOf((*answer)->view())); }

    std::optional<Result<SecretBytes>> answer;
};

TEST_F(LoginFacePin, window_saysWhoForWhatAsWhomWhatNow) {  // R42
    ask();
    for (const char* text : {"uc.example.gov.cn", "施工许可系统", "政府部门", "云南示例建筑有限公司",
                             "9153****7P", "2027-03-01", "统一社会信用代码", "用户服务协议", "剩余 5 次"})
        EXPECT_TRUE(says(zh(text))) << text << " is not in\n" << visibleText(window()).toStdString();
    EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    shoot(window(), "login-pin-zh");
    useLanguage(Language::en);
    EXPECT_TRUE(says("5 tries left"));
    EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    shoot(window(), "login-pin-en");
}

TEST_F(LoginFacePin, enter_givesTheTypedPinOnceAndKeepsNone) {  // R29
    ask();
    EXPECT_FALSE(button(zh("登录"))->isEnabled());
    QTest::keyClicks(&field(), "135790");
    shoot(window(), "login-pin-typed");
    EXPECT_TRUE(button(zh("登录"))->isEnabled());
    QTest::keyClick(&field(), Qt::Key_Return);
    ASSERT_TRUE(answer && *answer);
    EXPECT_EQ(typedPin(), "135790");
    EXPECT_EQ(field().length(), 0U);
    EXPECT_TRUE(field().text().isEmpty());
    // The reply is for one time.
    QTest::keyClick(&field(), Qt::Key_Return);
    EXPECT_EQ(typedPin(), "135790");
}

TEST_F(LoginFacePin, cancel_isUserCancelled) {
    for (const auto way : {0, 1, 2}) {
        answer.reset();
        ask();
        if (way == 0) click(zh("取消"));
        if (way == 1) QTest::keyClick(&window(), Qt::Key_Escape);
        if (way == 2) window().close();
        ASSERT_TRUE(answer) << way;
        EXPECT_EQ(answer->error().code, ErrorCode::userCancelled);
    }
}

// attacks.md 37: what is typed or clicked as the window comes up is for another window.
TEST_F(LoginFacePin, firstHalfSecond_countsForNothing) {
    face.askPin(pageQuestion(), {}, into(answer));
    window().setGuardTime(10'000);
    EXPECT_EQ(window().focusWidget(), button(zh("取消"))) << "Cancel holds the focus";
    QTest::keyClicks(&field(), "1234");
    QTest::keyClick(&field(), Qt::Key_Return);
    QTest::keyClick(button(zh("取消")), Qt::Key_Space);
    EXPECT_EQ(field().length(), 0U);
    EXPECT_FALSE(answer);
    settle();
    QTest::keyClicks(&field(), "1234");
    EXPECT_EQ(field().length(), 4U);
}

TEST_F(LoginFacePin, window_doesNotTakeTheKeyboard) {
    ask();
    EXPECT_TRUE(window().testAttribute(Qt::WA_ShowWithoutActivating));
    EXPECT_TRUE(window().windowFlags() & Qt::WindowStaysOnTopHint);
}

TEST_F(LoginFacePin, fewTries_areSaidAndTold) {
    QSignalSpy low(&face, &LoginFace::pinTriesLow);
    ask({.tokenLabel = "key-1", .triesLeft = 2});
    EXPECT_TRUE(says(zh("剩余 2 次")));
    EXPECT_EQ(low.count(), 1);
    EXPECT_TRUE(field().accessibleName().contains(zh("剩余 2 次"))) << field().accessibleName().toStdString();
}

TEST_F(LoginFacePin, wrongPin_offersAnotherTry) {
    ask();
    std::optional<Result<bool>> again;
    face.offerRetry(pageQuestion(), {.code = ErrorCode::pinIncorrect, .triesLeft = 4}, into(again));
    settle();
    EXPECT_TRUE(says(zh("口令不正确,还可以试 4 次。")));
    EXPECT_TRUE(says("pin_incorrect"));
    EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    shoot(window(), "login-wrong-pin");
    click(zh("重新输入"));
    ASSERT_TRUE(again && *again);
    EXPECT_TRUE(**again);
}

TEST_F(LoginFacePin, anotherCertificate_isOfferedWhereThereIsOne) {
    ask();
    EXPECT_EQ(button(zh("换一张证书")), nullptr);
    auto question = pageQuestion();
    question.usableCertificates = 2;
    face.askPin(question, {}, into(answer));
    settle();
    click(zh("换一张证书"));
    ASSERT_TRUE(answer);
    EXPECT_TRUE(isAnotherCertificate(answer->error()));
}

TEST_F(LoginFacePin, tokenThatComesLate_bringsTheWayBackAndLeavesWhatIsTyped) {
    ask();
    QTest::keyClicks(&field(), "1234");
    auto question = pageQuestion();
    question.usableCertificates = 2;
    face.showArrival(question);
    EXPECT_EQ(field().text().size(), 4);
    EXPECT_FALSE(answer);
    click(zh("换一张证书"));
    ASSERT_TRUE(answer);
    EXPECT_TRUE(isAnotherCertificate(answer->error()));
}

TEST_F(LoginFacePin, tokenThatComesBesideAnError_leavesTheFocusWhereItIs) {
    ask();
    std::optional<Result<bool>> again;
    face.offerRetry(pageQuestion(), {.code = ErrorCode::pinIncorrect, .triesLeft = 4}, into(again));
    settle();
    QCoreApplication::processEvents();
    auto* main = button("重新输入");
    ASSERT_NE(main, nullptr);
    main->setFocus();
    auto question = pageQuestion();
    question.usableCertificates = 2;
    face.showArrival(question);
    QCoreApplication::processEvents();
    EXPECT_EQ(window().focusWidget(), main);
    EXPECT_EQ(button("重新输入"), main);
}

TEST_F(LoginFacePin, listingAnew_leavesNothingToClickInVain) {
    std::optional<Result<std::size_t>> chosen;
    face.chooseCertificate(pageQuestion(), {enterpriseCard(), enterpriseCard()}, into(chosen));
    settle();
    face.showStage(LoginStage::choose);
    EXPECT_EQ(window().view().page, LoginView::Page::working);
    QSignalSpy cancelled(&face, &LoginFace::cancelWanted);
    click(zh("取消"));
    EXPECT_FALSE(chosen) << "its turn is over";
    EXPECT_EQ(cancelled.count(), 1);
}

TEST_F(LoginFacePin, login_showsItsStagesAndGoesAway) {
    QSignalSpy busy(&face, &LoginFace::busyChanged);
    ask();
    face.showStage(LoginStage::signing);
    EXPECT_TRUE(says(zh("正在签名…")));
    shoot(window(), "login-signing");
    face.showStage(LoginStage::relaying);
    EXPECT_TRUE(says(zh("正在登录…")));
    face.showEnd(nullptr);
    face.close();
    EXPECT_TRUE(says(zh("已登录")));
    EXPECT_TRUE(window().isVisible());
    shoot(window(), "login-done");
    EXPECT_TRUE(waitUntil([&] { return !window().isVisible(); }));
    EXPECT_EQ(busy.count(), 2);
}

TEST_F(LoginFacePin, cancelWhileItSigns_isPassedOn) {
    QSignalSpy cancel(&face, &LoginFace::cancelWanted);
    ask();
    QTest::keyClicks(&field(), "1234");
    QTest::keyClick(&field(), Qt::Key_Return);
    face.showStage(LoginStage::signing);
    settle();
    click(zh("取消"));
    EXPECT_EQ(cancel.count(), 1);
}

TEST_F(LoginFacePin, withdrawn_isGoneAtOnce) {
    ask();
    QTest::keyClicks(&field(), "12");
    face.close();
    EXPECT_FALSE(window().isVisible());
    EXPECT_FALSE(answer);
    EXPECT_EQ(field().length(), 0U);
}

TEST_F(LoginFacePin, end_isShownUntilItIsClosed) {
    ask();
    face.showEnd(std::make_unique<Error>(Error{.code = ErrorCode::accountFrozen}).get());
    face.close();
    EXPECT_TRUE(window().isVisible());
    EXPECT_TRUE(says(zh("账户已被冻结。")));
    settle();
    click(zh("关闭"));
    EXPECT_FALSE(window().isVisible());
}

TEST_F(LoginFacePin, endOfALoginThatNobodyWasAskedAbout_staysUnseen) {
    const Error error{.code = ErrorCode::originNotAllowed};
    face.showEnd(&error);
    face.close();
    EXPECT_EQ(face.window(), nullptr);
}

// attacks.md 38, 39: names from outside are literal, and the host stays in view.
TEST_F(LoginFacePin, hostileNames_areLiteralAndPushNothingAway) {
    auto question = pageQuestion();
    question.host = "a." + std::string(200, 'x') + ".evil.example.cn";
    question.client->name = "<b>银行</b>\u202Egnp.exe & 更多" + std::string(300, 'W');
    question.client->owner = std::string(400, 'o');
    question.certificate->name = "<img src=x>" + std::string(200, 'n');
    question.act = {.as = "legal_rep", .org = "91530000", .name = std::string(300, 'e')};
    question.text = "第一行\n" + std::string(900, 't');
    face.askPin(question, {}, into(answer));
    EXPECT_TRUE(says("a.xx"));
    EXPECT_TRUE(says(".evil.example.cn")) << "the end of the host is what counts";
    EXPECT_TRUE(says("<b>"));
    EXPECT_FALSE(says(QChar(0x202E)));
    EXPECT_LE(window().width(), 440);
    EXPECT_LE(window().height(), 600);
    EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    shoot(window(), "login-hostile");
}

TEST_F(LoginFaceTest, choice_isMadeByKeyboard) {
    auto question = pageQuestion();
    question.certificate.reset();
    question.usableCertificates = 2;
    auto expired = enterpriseCard();
    expired.name = "云南旧证书有限公司";
    question.refusedCertificates = {{expired, {.code = ErrorCode::certificateExpired}}};
    auto second = enterpriseCard();
    second.name = "云南第二建设集团";
    std::optional<Result<std::size_t>> chosen;
    face.chooseCertificate(question, {enterpriseCard(), second}, into(chosen));
    settle();
    EXPECT_FALSE(button(zh("继续"))->isEnabled()) << "nothing is chosen for the person";
    EXPECT_FALSE(says(zh("云南旧证书有限公司")));
    shoot(window(), "login-choose");
    auto cards = window().findChildren<QPushButton*>();
    QPushButton* card = nullptr;
    for (auto* each : cards)
        if (each->text().contains(zh("云南第二建设集团"))) card = each;
    ASSERT_NE(card, nullptr);
    QTest::keyClick(card, Qt::Key_Space);
    click(zh("其他不能使用的证书(1)"));
    EXPECT_TRUE(says(zh("云南旧证书有限公司")));
    EXPECT_TRUE(says(zh("到期")));
    EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    shoot(window(), "login-choose-others");
    click(zh("继续"));
    ASSERT_TRUE(chosen && *chosen);
    EXPECT_EQ(**chosen, 1U);
}

TEST_F(LoginFaceTest, reader_isPointedTo) {
    std::optional<Result<bool>> yes;
    face.confirm(pageQuestion(), Confirmation::pinPad, into(yes));
    settle();
    EXPECT_TRUE(says(zh("读卡器")));
    shoot(window(), "login-reader");
    click(zh("继续"));
    EXPECT_TRUE(yes && *yes && **yes);
}

TEST_F(LoginFaceTest, lastTry_isConfirmedByItself) {  // R57
    std::optional<Result<bool>> yes;
    face.confirm(pageQuestion(), Confirmation::finalPinTry, into(yes));
    settle();
    EXPECT_TRUE(says(zh("只剩最后一次口令机会")));
    shoot(window(), "login-last-try");
    click(zh("取消"));
    ASSERT_TRUE(yes && *yes);
    EXPECT_FALSE(**yes);
    const Error declined{.code = ErrorCode::pinFinalTryDeclined};
    face.showEnd(&declined);
    EXPECT_FALSE(window().isVisible());
}

TEST_F(LoginFaceTest, changedAgreements_areTickedOneByOne) {  // R63
    auto question = pageQuestion();
    question.agreements[0].acceptedVersion = "2025-01";
    question.agreements[1].acceptedVersion = "2025-01";
    std::optional<Result<bool>> yes;
    QSignalSpy links(&face, &LoginFace::linkWanted);
    face.confirm(question, Confirmation::changedAgreements, into(yes));
    settle();
    const auto boxes = window().findChildren<QCheckBox*>();
    ASSERT_EQ(boxes.size(), 2);
    EXPECT_FALSE(boxes[0]->isChecked() || boxes[1]->isChecked());
    EXPECT_FALSE(button(zh("同意"))->isEnabled());
    shoot(window(), "login-agreements");
    EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    QTest::mouseClick(button(zh("阅读")), Qt::LeftButton);
    EXPECT_EQ(links.count(), 1);
    boxes[0]->click();
    EXPECT_FALSE(button(zh("同意"))->isEnabled());
    boxes[1]->click();
    click(zh("同意"));
    EXPECT_TRUE(yes && *yes && **yes);
}

TEST_F(LoginFaceTest, onlyWhatHasChanged_isTicked) {
    auto question = pageQuestion();
    question.agreements[1].acceptedVersion = "2025-01";
    face.confirm(question, Confirmation::changedAgreements, {});
    EXPECT_EQ(window().findChildren<QCheckBox*>().size(), 1);
}

TEST_F(LoginFaceTest, missingKey_isWaitedFor) {
    auto question = pageQuestion();
    question.certificate.reset();
    std::optional<Result<bool>> again;
    face.offerRetry(question, {.code = ErrorCode::noToken}, into(again));
    settle();
    EXPECT_TRUE(says(zh("请插入 USB key")));
    shoot(window(), "login-insert");
    EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    // The key comes, and the next question takes the place of this one.
    std::optional<Result<SecretBytes>> pin;
    face.askPin(pageQuestion(), {}, into(pin));
    EXPECT_FALSE(says(zh("请插入 USB key")));
    EXPECT_FALSE(again);
    settle();
    click(zh("取消"));
    EXPECT_FALSE(again);
    EXPECT_TRUE(pin);
}

TEST_F(LoginFaceTest, ownLogin_isThereAtOnceAndShowsItsFault) {
    face.beginOwn("uc.example.gov.cn", Purpose::login);
    EXPECT_TRUE(window().isVisible());
    EXPECT_TRUE(says("uc.example.gov.cn"));
    shoot(window(), "login-connecting");
    Error error{.code = ErrorCode::platformUnreachable};
    error.params["host"] = "uc.example.gov.cn";
    face.showEnd(&error);
    face.close();
    EXPECT_TRUE(says(zh("连不上")));
    EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
    shoot(window(), "login-unreachable");
    QSignalSpy again(&face, &LoginFace::startAgainWanted);
    settle();
    click(zh("重新登录"));
    EXPECT_EQ(again.count(), 1);
    EXPECT_FALSE(window().isVisible());
}

TEST_F(LoginFaceTest, actingForAnEnterprise_isAsLargeAsTheHost) {  // R31
    auto question = pageQuestion();
    question.act = {.as = "legal_rep", .org = "91530000MA6K00007P", .name = "云南示例建筑有限公司"};
    std::optional<Result<SecretBytes>> pin;
    face.askPin(question, {}, into(pin));
    EXPECT_TRUE(says(zh("以法定代表人身份办理")));
    const QLabel* host = nullptr;
    const QLabel* enterprise = nullptr;
    for (const auto* label : window().findChildren<QLabel*>()) {
        if (label->text() == "uc.example.gov.cn") host = label;
        if (label->text() == zh("云南示例建筑有限公司") && label->property("role") == "host")
            enterprise = label;
    }
    ASSERT_TRUE(host && enterprise);
    EXPECT_EQ(host->property("role"), enterprise->property("role"));
    shoot(window(), "login-acting");
}

}  // namespace
}  // namespace signet
