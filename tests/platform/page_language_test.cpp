// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/page_language.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

HttpRequest asking(const std::string& query, const HttpFields& fields) {
    HttpRequest request;
    request.query = query;
    request.fields = fields;
    return request;
}

TEST(PageLanguage, accept_language_decides_where_nobody_chose) {
    const std::pair<const char*, Language> cases[] = {
        {"", Language::zh},
        {"zh-CN,zh;q=0.9,en;q=0.8", Language::zh},
        {"en-US,en;q=0.9,zh;q=0.5", Language::en},
        {"en;q=0.1, zh-TW;q=0.2", Language::zh},
        {"ZH", Language::zh},
        {"fr, de;q=0.9", Language::en},
        {"fr, zh;q=0.01", Language::zh},
        {"zh;q=0, en;q=0.001", Language::en},
        {"*", Language::en},
        {"zho, english", Language::en},
        {"en;q=x, zh;q=0.5", Language::zh},
        {",;,", Language::en},
    };
    for (const auto& [accepted, language] : cases)
        EXPECT_EQ(pageLanguage(asking("", {{"accept-language", accepted}})).language, language) << accepted;
    EXPECT_EQ(pageLanguage(asking("", {})).language, Language::zh);
}

TEST(PageLanguage, query_comes_before_cookie_before_accept_language) {
    const HttpFields fields{{"cookie", "__Host-signet-language=en"}, {"accept-language", "zh"}};
    EXPECT_EQ(pageLanguage(asking("", fields)).language, Language::en);
    EXPECT_FALSE(pageLanguage(asking("", fields)).isChosen);
    EXPECT_EQ(pageLanguage(asking("return=%2F&lang=zh", fields)).language, Language::zh);
    EXPECT_TRUE(pageLanguage(asking("lang=zh", fields)).isChosen);
    for (const auto* query : {"lang=", "lang", "lang=fr", "lang=%7Ah", "Lang=zh", "xlang=zh", "lang=zh-CN"}) {
        EXPECT_EQ(pageLanguage(asking(query, fields)).language, Language::en) << query;
        EXPECT_FALSE(pageLanguage(asking(query, fields)).isChosen) << query;
    }
    EXPECT_EQ(pageLanguage(asking("", {{"cookie", "__Host-signet-language=<b>"}})).language, Language::zh);
}

}  // namespace
}  // namespace signet
