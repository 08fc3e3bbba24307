// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/pin_field.hpp"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QtTest>

namespace signet {
namespace {

std::string textIn(const SecretBytes& pin) {
    return std::string(textOf(pin.view()));
}

// R29
TEST(PinField, shows_bulletsOnlyAndGivesWhatWasTyped) {
    PinField field;
    QTest::keyClicks(&field, "12a4");
    EXPECT_EQ(field.text(), QString::fromUtf8("●●●●"));
    QTest::keyClick(&field, Qt::Key_Backspace);
    QTest::keyClicks(&field, "b");
    EXPECT_EQ(textIn(field.take()), "12ab");
    EXPECT_TRUE(field.text().isEmpty());
    EXPECT_EQ(field.length(), 0U);
}

TEST(PinField, nothing_canBePastedCopiedOrUndone) {
    PinField field;
    QGuiApplication::clipboard()->setText("999999");
    QTest::keyClicks(&field, "1234");
    QTest::keyClick(&field, Qt::Key_V, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_Insert, Qt::ShiftModifier);
    QGuiApplication::clipboard()->setText("888888", QClipboard::Selection);
    QTest::mouseClick(&field, Qt::MiddleButton);
    EXPECT_EQ(field.text(), QString::fromUtf8("●●●●"));
    EXPECT_EQ(field.length(), 4U);
    QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), "999999");
    QTest::keyClick(&field, Qt::Key_U, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(field.length(), 0U);
    EXPECT_FALSE(field.testAttribute(Qt::WA_InputMethodEnabled));
}

TEST(PinField, otherLetters_areUtf8) {
    PinField field;
    QKeyEvent key(QEvent::KeyPress, 0, Qt::NoModifier, QString::fromUtf8("é"));
    QApplication::sendEvent(&field, &key);
    EXPECT_EQ(textIn(field.take()), "é");
}

}  // namespace
}  // namespace signet
