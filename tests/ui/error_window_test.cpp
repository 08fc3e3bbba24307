// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Every error as the window says it: cause, next step, nothing cut off. CTest runs it at 100 %, 150 % and 200
// %.
#include "base/error_reasons.hpp"
#include "tests/ui/login_fixture.hpp"
#include "ui/fault_words.hpp"
#include "ui/ways_on.hpp"

namespace signet {
namespace {

Error errorOf(const ErrorInfo& row) {
    Error error{.code = row.code};
    error.params = {{"host", "uc.long-name.construction.example.gov.cn"},
                    {"module", "libexample-vendor-pkcs11.so"},
                    {"date", "2026-10-01"},
                    {"name", "云南某某数字证书认证中心有限公司"}};
    error.triesLeft = 4;
    return error;
}

class ErrorWindow : public LoginFaceTest {
protected:
    void check(const ErrorInfo& row, bool hasEnded) {
        const auto error = errorOf(row);
        if (hasEnded) {
            face.beginOwn("uc.example.gov.cn", Purpose::login);
            face.showEnd(&error);
            face.close();
        } else {
            face.offerRetry(pageQuestion(), error, {});
        }
        for (const auto language : {Language::zh, Language::en}) {
            useLanguage(language);
            SCOPED_TRACE(std::string(row.name) + (language == Language::zh ? " zh" : " en"));
            const auto text = visibleText(window());
            EXPECT_FALSE(text.contains("signet "))
                << "a window does not tell to type: " << text.toStdString();
            EXPECT_EQ(cutOff(window()).join("|").toStdString(), "");
            EXPECT_LE(window().height() * qApp->devicePixelRatio(), 600 * qApp->devicePixelRatio());
        }
        useLanguage(Language::zh);
        face.close();
    }
};

TEST_F(ErrorWindow, everyCode_namesCauseAndNextStep) {
    for (const auto& row : errorTable()) {
        const auto error = errorOf(row);
        for (const auto language : {Language::zh, Language::en}) {
            SCOPED_TRACE(row.name);
            EXPECT_FALSE(faultText(error, language).isEmpty());
            const auto ways = waysOn(error, {.isOwn = true});
            // A sentence may hold the next step itself (ui.md).
            EXPECT_TRUE(!adviceText(error, language).isEmpty() || !ways.empty() ||
                        row.code == ErrorCode::userCancelled);
            EXPECT_FALSE(adviceText(error, language).contains("signet "));
        }
    }
}

/// What only a command's own user can be told.
bool isOfTheCommandLine(std::string_view reason) {
    return reason.starts_with("askpass_") || reason == "no_terminal" || reason == "no_tray" ||
           reason == "no_display" || reason == "agent_not_running";
}

TEST_F(ErrorWindow, everyReason_isSaidWithoutACommand) {
    for (const auto& row : reasonTable()) {
        if (isOfTheCommandLine(row.reason)) continue;
        SCOPED_TRACE(row.reason);
        const Error error{.code = row.code, .reason = std::string(row.reason)};
        for (const auto language : {Language::zh, Language::en}) {
            EXPECT_FALSE(faultText(error, language).isEmpty());
            for (const auto& text : {faultText(error, language), adviceText(error, language)})
                for (const char* command : {"signet ", "--"})
                    EXPECT_FALSE(text.contains(command)) << text.toStdString();
        }
    }
}

TEST_F(ErrorWindow, everyCode_fitsWhileTheLoginRuns) {
    for (const auto& row : errorTable()) check(row, false);
}

TEST_F(ErrorWindow, everyCode_fitsAtItsEnd) {
    for (const auto& row : errorTable())
        if (row.code != ErrorCode::userCancelled && row.code != ErrorCode::pinFinalTryDeclined)
            check(row, true);
}

TEST(WaysOn, best_comesFirst) {
    const auto first = [](ErrorCode code, ErrorPlace place) { return waysOn({.code = code}, place).at(0); };
    EXPECT_EQ(first(ErrorCode::pinIncorrect, {}), WayOn::enterPinAgain);
    EXPECT_EQ(first(ErrorCode::certificateExpired, {.usableCertificates = 2}), WayOn::anotherCertificate);
    EXPECT_EQ(first(ErrorCode::moduleFailed, {}), WayOn::lookAgain);
    EXPECT_EQ(first(ErrorCode::accountUnknown, {.hasEnded = true}), WayOn::registerHere);
    EXPECT_EQ(first(ErrorCode::platformUnreachable, {.hasEnded = true, .isOwn = true}), WayOn::startAgain);
    EXPECT_EQ(first(ErrorCode::platformUnreachable, {.hasEnded = true}), WayOn::selfCheck);
}

}  // namespace
}  // namespace signet
