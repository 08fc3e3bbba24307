// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/error.hpp"

#include "base/error_reasons.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace signet {
namespace {

std::string rowOf(const ErrorInfo& row) {
    std::ostringstream text;
    text << "| `" << row.name << "` | " << row.zh << " | " << row.en << " | " << row.adviceZh << " | "
         << row.adviceEn << " | " << (row.mayRetry ? "yes" : "no") << " |";
    return text.str();
}

std::string rowOf(const ReasonInfo& row) {
    std::ostringstream text;
    text << "| `" << errorInfo(row.code).name << "` | `" << row.reason << "` | " << row.zh << " | " << row.en
         << " | " << row.adviceZh << " | " << row.adviceEn << " |";
    return text.str();
}

std::string reasonTableOfDocument() {
    std::ostringstream text;
    text << "| code | reason | 中文 | English | 怎么办 | what to do |\n|---|---|---|---|---|---|\n";
    for (const auto& row : reasonTable()) text << rowOf(row) << "\n";
    return text.str();
}

std::string tableOfDocument() {
    std::ostringstream text;
    text << "| code | 中文 | English | 怎么办 | what to do | may retry |\n|---|---|---|---|---|---|\n";
    for (const auto& row : errorTable()) text << rowOf(row) << "\n";
    return text.str();
}

TEST(ErrorTable, everyRow_hasUniqueNameAndBothSentences) {
    std::set<std::string_view> names;
    for (const auto& row : errorTable()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_FALSE(row.zh.empty()) << row.name;
        EXPECT_FALSE(row.en.empty()) << row.name;
        EXPECT_EQ(row.adviceZh.empty(), row.adviceEn.empty()) << row.name;
        EXPECT_EQ(errorCodeFromName(row.name), row.code);
    }
    EXPECT_EQ(errorCodeFromName("no_such_code"), std::nullopt);
}

TEST(ErrorTable, everyCodeOfTheContract_isThere) {
    for (const char* name : {"challenge_unknown",
                             "challenge_expired",
                             "challenge_used",
                             "bad_signature",
                             "alg_not_allowed",
                             "certificate_untrusted",
                             "certificate_expired",
                             "certificate_revoked",
                             "certificate_not_for_login",
                             "revocation_unknown",
                             "identity_missing",
                             "account_restricted",
                             "account_suspended",
                             "account_frozen",
                             "account_terminated",
                             "account_unknown",
                             "certificate_not_bound",
                             "agreement_outdated",
                             "act_not_allowed",
                             "channel_mismatch",
                             "rate_limited",
                             "maintenance",
                             "bad_request",
                             "origin_not_allowed",
                             "host_not_allowed",
                             "issuer_not_allowed",
                             "busy",
                             "user_cancelled",
                             "no_token",
                             "no_certificate",
                             "pin_incorrect",
                             "pin_locked",
                             "pin_final_try_declined",
                             "token_removed",
                             "token_error",
                             "module_failed",
                             "signature_invalid",
                             "platform_unreachable",
                             "platform_tls",
                             "platform_error",
                             "timeout",
                             "invalid_request"})
        EXPECT_TRUE(errorCodeFromName(name)) << name;
}

TEST(ReasonTable, everyRow_isUniqueWithBothSentencesInTheOrderOfTheCodes) {
    std::set<std::pair<ErrorCode, std::string_view>> seen;
    auto last = ErrorCode::challengeUnknown;
    for (const auto& row : reasonTable()) {
        EXPECT_TRUE(seen.insert({row.code, row.reason}).second) << row.reason;
        EXPECT_GE(row.code, last) << row.reason;
        last = row.code;
        EXPECT_FALSE(row.zh.empty() || row.en.empty()) << row.reason;
        EXPECT_EQ(row.adviceZh.empty(), row.adviceEn.empty()) << row.reason;
    }
}

/// The part of docs/errors.md between the marks says what the table says. SIGNET_UPDATE_DOCS=1 writes it
/// there.
void expectInDocument(const std::string& name, const std::string& table) {
    const std::string path = std::string(std::getenv("SIGNET_SOURCE")) + "/docs/errors.md";
    std::stringstream content;
    content << std::ifstream(path).rdbuf();
    std::string text = content.str();
    const std::string begin = "<!-- " + name + ": begin -->\n";
    const auto from = text.find(begin);
    const auto to = text.find("<!-- " + name + ": end -->");
    ASSERT_NE(from, std::string::npos);
    ASSERT_NE(to, std::string::npos);
    const auto start = from + begin.size();
    if (std::getenv("SIGNET_UPDATE_DOCS") != nullptr) {
        text.replace(start, to - start, table);
        std::ofstream(path) << text;
        return;
    }
    EXPECT_EQ(text.substr(start, to - start), table);
}

TEST(ErrorTable, document_holdsTheTable) {
    expectInDocument("table", tableOfDocument());
}

TEST(ReasonTable, document_holdsTheTable) {
    expectInDocument("reasons", reasonTableOfDocument());
}

TEST(Sentence, reasonWithItsOwnWords_isSaidUnderItsCodeOnly) {
    Error error{.code = ErrorCode::moduleFailed, .reason = "load_failed"};
    error.params["module"] = "x.so";
    EXPECT_EQ(sentence(error, Language::en), "The key's driver could not be loaded (x.so).");
    EXPECT_THAT(advice(error, Language::en), testing::HasSubstr("architecture"));
    Error wrongPin{.code = ErrorCode::pinIncorrect, .reason = "pin_length"};
    wrongPin.triesLeft = 2;
    EXPECT_EQ(sentence(wrongPin, Language::en), "The PIN's length does not fit the token. 2 tries left.");
    wrongPin.code = ErrorCode::badRequest;
    EXPECT_THAT(sentence(wrongPin, Language::en), testing::HasSubstr("Nothing was changed"));
    wrongPin.isFromPlatform = true;
    EXPECT_EQ(sentence(wrongPin, Language::en), errorInfo(ErrorCode::badRequest).en);
}

TEST(Sentence, placeholders_areFilledAndUnknownPartsDropped) {
    Error error;
    error.code = ErrorCode::pinIncorrect;
    EXPECT_EQ(sentence(error, Language::zh), "口令不正确。");
    EXPECT_EQ(sentence(error, Language::en), "Wrong PIN.");
    error.triesLeft = 4;
    EXPECT_EQ(sentence(error, Language::zh), "口令不正确,还可以试 4 次。");
    EXPECT_EQ(sentence(error, Language::en), "Wrong PIN. 4 tries left.");
    error.code = ErrorCode::certificateExpired;
    error.params["date"] = "2026-10-01";
    EXPECT_EQ(sentence(error, Language::zh), "证书已于 2026-10-01 到期。请续期后再登录。");
}

TEST(Sentence, requiredPlaceholderWithoutValue_saysThePlatform) {
    Error error;
    error.code = ErrorCode::platformUnreachable;
    EXPECT_EQ(sentence(error, Language::en), "Cannot reach the platform. Check the network or proxy.");
    EXPECT_EQ(sentence(error, Language::zh), "连不上平台。请检查网络或代理设置。");
}

TEST(Sentence, valueWithBraces_isShownAsItIs) {
    Error error;
    error.code = ErrorCode::moduleFailed;
    error.params["module"] = "{module}[x].so";
    EXPECT_EQ(sentence(error, Language::en),
              "The key's driver stopped responding ({module}[x].so). It was restarted; try again.");
}

}  // namespace
}  // namespace signet
