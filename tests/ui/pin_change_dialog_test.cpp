// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/pin_change_dialog.hpp"

#include "agent/prompt_text.hpp"
#include "tests/ui/tokens_fixture.hpp"
#include "ui/pin_field.hpp"
#include "ui/ui_language.hpp"

namespace signet {
namespace {

QString page(const char* source, int n = -1) {
    return said("signet::PinChangeDialog", source, n);
}

QString zh(const Error& error) {
    return toQt(sentence(error, Language::zh));
}

class PinChangeDialogTest : public TokensWindowTest {
protected:
    /// The page of the one token.
    void openPage() {
        open();
        press(said("signet::TokensWindow", "Change the &PIN"));
    }
    PinField& field(int index) {
        return *m_window->findChild<PinChangeDialog*>()->findChildren<PinField*>().at(index);
    }
    void type(const std::string& old, const std::string& fresh, const std::string& again) {
        int index = 0;
        for (const auto& pin : {old, fresh, again}) QTest::keyClicks(&field(index++), toQt(pin));
    }
    QString submitWord() { return page("Change the PIN"); }
    bool isListShown() { return table().isVisibleTo(&*m_window); }
    bool isEmpty() { return field(0).length() + field(1).length() + field(2).length() == 0; }
    ScriptedTokens::Device& device() { return m_tokens.modules[0].devices[0]; }
};

// Issue 5, point 4
TEST_F(PinChangeDialogTest, rightPins_changeIt) {
    addKey();
    openPage();
    EXPECT_TRUE(text().contains(page("%n try(ies) left for the old PIN", 5)));
    EXPECT_TRUE(text().contains(QString::fromUtf8("新口令的长度须为 4 到 16 位。")));
    EXPECT_EQ(m_window->focusWidget(), &field(0));
    EXPECT_FALSE(button(submitWord())->isEnabled());
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "pin_fields");
    type("123456", "739518", "739518");
    shoot(*m_window, "pin_typed");
    button(submitWord())->click();
    EXPECT_TRUE(text().contains(page("The PIN is being changed. Leave the USB key plugged in.")));
    EXPECT_TRUE(isEmpty());
    shoot(*m_window, "pin_running");
    settle();
    EXPECT_EQ(device().pin, "739518");
    EXPECT_TRUE(text().contains(page("The PIN was changed. Use the new one from now on.")));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "pin_done");
    press(page("Back to the list"));
    EXPECT_TRUE(isListShown());
}

TEST_F(PinChangeDialogTest, byKeyboardAlone) {
    addKey();
    openPage();
    QTest::keyClicks(&field(0), "123456");
    QTest::keyClick(&field(0), Qt::Key_Return);
    EXPECT_EQ(m_window->focusWidget(), &field(1));
    QTest::keyClicks(&field(1), "739518");
    QTest::keyClick(&field(1), Qt::Key_Tab);
    EXPECT_EQ(m_window->focusWidget(), &field(2));
    QTest::keyClicks(&field(2), "739518");
    QTest::keyClick(&field(2), Qt::Key_Return);
    settle();
    EXPECT_EQ(device().pin, "739518");
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);
    EXPECT_TRUE(isListShown());
}

TEST_F(PinChangeDialogTest, impossibleLengthsAndDifferentOnes_areNeverSent) {
    addKey();
    openPage();
    type("123", "739518", "739518");
    press(submitWord());
    EXPECT_TRUE(text().contains("pin_incorrect: pin_length"));
    EXPECT_EQ(field(0).length(), 0U);
    EXPECT_EQ(field(1).length(), 6U) << "what is right need not be typed again";
    EXPECT_EQ(m_window->focusWidget(), &field(0));
    QTest::keyClicks(&field(0), "123456");
    EXPECT_FALSE(text().contains("pin_length")) << "it goes with the next key";
    for (const auto& fresh : {"1", "12345678901234567"}) {
        field(1).wipe();
        field(2).wipe();
        QTest::keyClicks(&field(1), fresh);
        QTest::keyClicks(&field(2), fresh);
        press(submitWord());
        EXPECT_TRUE(text().contains("bad_request: pin_length"));
        EXPECT_EQ(field(0).length(), 6U);
        EXPECT_EQ(m_window->focusWidget(), &field(1));
    }
    QTest::keyClicks(&field(1), "739518");
    QTest::keyClicks(&field(2), "739519");
    press(submitWord());
    EXPECT_TRUE(text().contains(zh({.code = ErrorCode::invalidRequest, .reason = "pin_mismatch"})));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "pin_mismatch");
    EXPECT_TRUE(m_tokens.pinsSent.empty());
    QTest::keyClicks(&field(1), "739518");
    QTest::keyClicks(&field(2), "739518");
    press(submitWord());
    EXPECT_EQ(m_tokens.pinsSent, std::vector<std::string>{"123456"});
    EXPECT_EQ(device().pin, "739518");
}

TEST_F(PinChangeDialogTest, wrongPin_isSentOnceAndSaysTheTries) {
    addKey();
    openPage();
    type("000000", "739518", "739518");
    press(submitWord());
    Error wrong{.code = ErrorCode::pinIncorrect};
    wrong.triesLeft = 4;
    EXPECT_TRUE(text().contains(zh(wrong)));
    EXPECT_TRUE(text().contains(page("%n try(ies) left for the old PIN", 4)));
    EXPECT_TRUE(isEmpty());
    EXPECT_EQ(m_tokens.pinsSent.size(), 1U);
    EXPECT_EQ(device().pin, "123456");
    EXPECT_TRUE(field(0).accessibleName().contains("4"));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "pin_wrong");
}

TEST_F(PinChangeDialogTest, lastTry_isAskedForFirst) {
    addKey();
    device().info.triesLeft = 2;
    openPage();
    type("000000", "739518", "739518");
    press(submitWord());
    const auto question = toQt(confirmationLine({}, Confirmation::finalPinTry, Language::zh));
    EXPECT_TRUE(text().contains(question));
    EXPECT_FALSE(field(0).isVisibleTo(&*m_window));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "pin_final_try");
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Return);  // an Enter too many declines
    EXPECT_TRUE(isListShown());
    EXPECT_EQ(m_tokens.pinsSent.size(), 1U);
    press(said("signet::TokensWindow", "Change the &PIN"));
    press(page("Use the last try"));
    type("123456", "739518", "739518");
    press(submitWord());
    EXPECT_EQ(device().pin, "739518");
}

TEST_F(PinChangeDialogTest, lockedPinOrNone_saysTheWayAndAsksNothing) {
    addKey();
    device().info.isPinLocked = true;
    openPage();
    EXPECT_TRUE(text().contains(zh({.code = ErrorCode::pinLocked})));
    EXPECT_FALSE(field(0).isVisibleTo(&*m_window));
    shoot(*m_window, "pin_locked");
    press(page("Back to the list"));
    device().info.isPinLocked = false;
    device().info.isUserPinSet = false;
    m_tokens.announce({});
    settle();
    press(said("signet::TokensWindow", "Change the &PIN"));
    EXPECT_TRUE(text().contains(zh({.code = ErrorCode::tokenError, .reason = "pin_not_set"})));
}

TEST_F(PinChangeDialogTest, readerWithKeys_isWhereItIsEntered) {
    addKey();
    device().info.hasProtectedPath = true;
    openPage();
    EXPECT_TRUE(
        text().contains(page("The PINs are entered on the reader: first the old one, then the new one.")));
    EXPECT_FALSE(field(0).isVisibleTo(&*m_window));
    shoot(*m_window, "pin_reader");
    button(submitWord())->click();
    EXPECT_TRUE(text().contains(page("Now enter the old PIN and then the new one on the reader.")));
    shoot(*m_window, "pin_reader_running");
    settle();
    EXPECT_EQ(m_tokens.pinsSent, std::vector<std::string>{""});
    EXPECT_TRUE(text().contains(page("The PIN was changed. Use the new one from now on.")));
}

TEST_F(PinChangeDialogTest, readerThatIsNotToBeUsed_isTypedFor) {
    addKey();
    device().info.hasProtectedPath = true;
    m_usePinPad = false;
    openPage();
    EXPECT_TRUE(field(0).isVisibleTo(&*m_window));
}

TEST_F(PinChangeDialogTest, stopWhileItRuns_saysThatEitherMayHold) {
    addKey();
    openPage();
    type("123456", "739518", "739518");
    button(submitWord())->click();
    press(page("Stop"));
    EXPECT_TRUE(
        text().contains(page("Stopped. Either PIN may be the right one now: try the new one first.")));
    EXPECT_TRUE(isEmpty());
    EXPECT_EQ(m_tokens.running(), 0U);
    EXPECT_EQ(cutOff(*m_window), QStringList());
}

TEST_F(PinChangeDialogTest, escape_goesBackAndClosingForgets) {
    addKey();
    openPage();
    QTest::keyClicks(&field(0), "123456");
    QTest::keyClick(&field(0), Qt::Key_Escape);
    EXPECT_TRUE(isListShown());
    EXPECT_TRUE(m_window->isVisible());
    press(said("signet::TokensWindow", "Change the &PIN"));
    EXPECT_TRUE(isEmpty());
    type("123456", "739518", "739518");
    button(submitWord())->click();
    m_window->close();
    EXPECT_EQ(m_tokens.running(), 0U);
    EXPECT_TRUE(isEmpty());
    open();
    EXPECT_TRUE(isListShown());
}

TEST_F(PinChangeDialogTest, keyPulledOut_isSaidAndComesBack) {
    addKey();
    openPage();
    QTest::keyClicks(&field(0), "123456");
    pull();
    EXPECT_TRUE(text().contains(zh({.code = ErrorCode::tokenRemoved})));
    EXPECT_TRUE(isEmpty());
    EXPECT_FALSE(field(0).isVisibleTo(&*m_window));
    shoot(*m_window, "pin_removed");
    plug();
    EXPECT_FALSE(text().contains(zh({.code = ErrorCode::tokenRemoved})));
    type("123456", "739518", "739518");
    press(submitWord());
    EXPECT_EQ(device().pin, "739518");
}

TEST_F(PinChangeDialogTest, keyPulledOutWhileItRuns_endsWithThat) {
    addKey();
    openPage();
    type("123456", "739518", "739518");
    m_tokens.modules[0].devices.clear();
    press(submitWord());
    EXPECT_TRUE(text().contains(zh({.code = ErrorCode::tokenRemoved})));
}

TEST_F(PinChangeDialogTest, language_changesWhileItIsOpen) {
    addKey();
    openPage();
    QTest::keyClicks(&field(0), "123456");
    UiLanguage language(Language::en);
    tellLanguage();
    EXPECT_TRUE(text().contains("The new PIN must have 4 to 16 characters."));
    EXPECT_EQ(field(0).length(), 6U);
    EXPECT_EQ(cutOff(*m_window), QStringList());
    language.set(Language::zh);
}

}  // namespace
}  // namespace signet
