// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/error.hpp"

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

// docs/errors.md says what the table says. SIGNET_UPDATE_DOCS=1 writes the table into the document.
TEST(ErrorTable, document_holdsTheTable) {
    const std::string path = std::string(std::getenv("SIGNET_SOURCE")) + "/docs/errors.md";
    std::stringstream content;
    content << std::ifstream(path).rdbuf();
    std::string text = content.str();
    const std::string begin = "<!-- table: begin -->\n";
    const auto from = text.find(begin);
    const auto to = text.find("<!-- table: end -->");
    ASSERT_NE(from, std::string::npos);
    ASSERT_NE(to, std::string::npos);
    const auto start = from + begin.size();
    if (std::getenv("SIGNET_UPDATE_DOCS") != nullptr) {
        text.replace(start, to - start, tableOfDocument());
        std::ofstream(path) << text;
        return;
    }
    EXPECT_EQ(text.substr(start, to - start), tableOfDocument());
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
