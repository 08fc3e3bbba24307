// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "tests/ui/ui_support.hpp"
#include "ui/login_face.hpp"
#include "ui/ui_language.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QtTest>

#include <optional>
#include <string>
#include <vector>

namespace signet {

inline CertificateCard enterpriseCard() {
    return {.fingerprintHex = "ab",
            .name = "云南示例建筑有限公司",
            .number = "9153****7P",
            .issuerName = "云南某 CA",
            .notAfter = TimePoint(std::chrono::seconds(1'803'859'200)),  // 2027-03-01
            .tokenLabel = "key-1",
            .label = "signing"};
}

inline LoginQuestion pageQuestion() {
    LoginQuestion question;
    question.host = "uc.example.gov.cn";
    question.origin = "https://uc.example.gov.cn";
    question.issuer = "https://uc.example.gov.cn";
    question.client = ClientInfo{.id = "rp-1", .name = "施工许可系统", .owner = "政府部门"};
    question.claims = {"name", "uscc"};
    question.agreements = {{.ref = {"user-agreement", "2026-09", "a"},
                            .title = "用户服务协议",
                            .url = "https://uc.example.gov.cn/agreements/user-agreement"},
                           {.ref = {"privacy", "2026-09", "b"},
                            .title = "隐私政策",
                            .url = "https://uc.example.gov.cn/agreements/p"}};
    question.certificate = enterpriseCard();
    question.usableCertificates = 1;
    return question;
}

/// The login window, driven as the flow drives every face.
class LoginFaceTest : public testing::Test {
protected:
    LoginFaceTest() { face.setDoneTime(50); }
    ~LoginFaceTest() override { useLanguage(Language::zh); }

    LoginWindow& window() { return *face.window(); }
    /// Past the half second in which nothing counts.
    void settle() { window().setGuardTime(0); }
    QPushButton* button(const QString& text) {
        for (auto* each : window().findChildren<QPushButton*>())
            if (each->isVisibleTo(&window()) && each->text() == text) return each;
        return nullptr;
    }
    void click(const QString& text) {
        auto* found = button(text);
        ASSERT_NE(found, nullptr) << text.toStdString() << " is not in:\n"
                                  << visibleText(window()).toStdString();
        QTest::mouseClick(found, Qt::LeftButton);
    }
    bool says(const QString& text) { return visibleText(window()).contains(text); }
    void useLanguage(Language language) {
        static auto& languages = *new UiLanguage(Language::zh);  // outlives the application
        languages.set(language);
        QCoreApplication::processEvents();
    }
    template <class T>
    Reply<T> into(std::optional<Result<T>>& slot) {
        return [&slot](Result<T> result) { slot.emplace(std::move(result)); };
    }

    LoginFace face;
};

}  // namespace signet
