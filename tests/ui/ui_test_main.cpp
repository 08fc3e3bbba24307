// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <gtest/gtest.h>

#include <QApplication>

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    const signet::UiLanguage language(signet::Language::zh);
    signet::applyAppearance(application, signet::Appearance::light);
    return RUN_ALL_TESTS();
}
