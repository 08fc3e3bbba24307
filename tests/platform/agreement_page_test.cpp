// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// R01 R41: an agreement as a browser and as an agent get it.
#include "tests/platform/page_request.hpp"

#include "base/encoding.hpp"
#include "certs/statement.hpp"
#include "platform/html_wanted.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace signet::test {
namespace {

constexpr auto kHtmlType = "text/html; charset=utf-8";
constexpr auto kTextType = "text/markdown; charset=utf-8";
const HttpFields kBrowser{{"accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}};

const std::string kText =
    "---\nid: user-agreement\nversion: 2026-09\ntitle: 用户<服务>协议\ndate: 2026-09-01\n---\n\n"
    "# 用户服务协议\n\n甲**不得转让。**其他\n\n<script>x</script> [乙](javascript:x)\n";

/// A platform with these texts as its agreements.
TestPlatform::Change documents(const std::vector<std::string>& texts) {
    return [texts](PlatformSettings& settings) {
        settings.documents = settings.tlsKey.parent_path() / "documents";
        std::filesystem::create_directory(settings.documents);
        int number = 0;
        for (const auto& text : texts)
            std::ofstream(settings.documents / (std::to_string(++number) + ".md"), std::ios::binary) << text;
    };
}

struct Negotiation {
    const char* name;
    HttpFields fields;
    std::string query;
    bool isPage;
};

const Negotiation kNegotiations[] = {
    {"html", {{"accept", "text/html"}}, "", true},
    {"a browser's", kBrowser, "", true},
    {"upper case", {{"accept", "Text/HTML"}}, "", true},
    {"with a parameter", {{"accept", "text/html;charset=utf-8;q=0.1"}}, "", true},
    {"second field", {{"accept", "image/png"}, {"accept", "text/html"}}, "", true},
    {"other query", kBrowser, "lang=en&raw=0&raw", true},
    {"html;q=0", {{"accept", "text/html;q=0"}}, "", false},
    {"html;q=0.000, */*", {{"accept", "text/html;q=0.000, */*"}}, "", false},
    {"html;q=x", {{"accept", "text/html;q=x"}}, "", false},
    {"*/*", {{"accept", "*/*"}}, "", false},
    {"text/*", {{"accept", "text/*"}}, "", false},
    {"absent", {}, "", false},
    {"empty", {{"accept", ""}}, "", false},
    {"xhtml only", {{"accept", "application/xhtml+xml"}}, "", false},
    {"like html", {{"accept", "text/htmlx, text/htm"}}, "", false},
    {"the agent's", {{"accept", "text/markdown, text/plain;q=0.9"}}, "", false},
    {"raw", kBrowser, "raw=1", false},
    {"raw among others", kBrowser, "lang=en&raw=1", false},
    {"another field", {{"accept-language", "text/html"}}, "", false},
};

// R01 R41
TEST(AgreementPage, accept_and_raw_choose_between_page_and_text) {
    TestPlatform platform(documents({kText}));
    const auto hash = toBase64Url(digestOf(kText));
    for (const auto& path : {std::string("/agreements/user-agreement"), "/agreements/" + hash,
                             "/agreements/" + toHex(digestOf(kText))})
        for (const auto& [name, fields, query, isPage] : kNegotiations) {
            const auto answer = get(platform, path, query, fields);
            EXPECT_EQ(answer.status, 200) << name;
            EXPECT_EQ(fieldOf(answer, "Content-Type"), isPage ? kHtmlType : kTextType) << path << " " << name;
            EXPECT_TRUE(fieldOf(answer, "Vary").starts_with("Accept")) << name;
            EXPECT_EQ(answer.body == kText, !isPage) << path << " " << name;
        }
}

// R41: what agents hash is what it was before there was a page.
TEST(AgreementPage, text_is_the_exact_bytes_with_their_fields) {
    const auto odd = kText + "\r\n\xEF\xB7\x90\xFF **  \n";  // no line end is changed, nothing is decoded
    TestPlatform platform(documents({odd}));
    const auto hash = toBase64Url(digestOf(odd));
    for (const auto& [fields, query] : {std::pair<HttpFields, std::string>{{}, ""}, {kBrowser, "raw=1"}}) {
        const auto named = get(platform, "/agreements/user-agreement", query, fields);
        EXPECT_EQ(named.body, odd);
        EXPECT_EQ(s256(named.body), hash);
        EXPECT_EQ(fieldOf(named, "Vary"), "Accept");
        EXPECT_EQ(fieldOf(named, "ETag"), "\"" + hash + "\"");
        EXPECT_EQ(fieldOf(named, "Cache-Control"), "no-cache");
        const auto hashed = get(platform, "/agreements/" + hash, query, fields);
        EXPECT_EQ(hashed.body, odd);
        EXPECT_EQ(fieldOf(hashed, "Cache-Control"), "public, max-age=31536000, immutable");
        EXPECT_EQ(fieldOf(hashed, "Content-Security-Policy"),
                  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    }
}

// R41: the built-in texts, as the metadata names them.
TEST(AgreementPage, every_agreement_in_force_has_a_page_and_its_text) {
    TestPlatform platform;
    const auto metadata = bodyOf(platform.send("GET", "/.well-known/signet-issuer"));
    ASSERT_EQ(metadata["agreements"].size(), 2U);
    for (const auto& agreement : metadata["agreements"]) {
        const auto url = agreement["url"].get<std::string>();
        const auto path = url.substr(platform.node().settings().issuer.size());
        EXPECT_EQ(s256(get(platform, path).body), agreement["sha256"].get<std::string>());
        const auto page = get(platform, path, "", kBrowser);
        EXPECT_TRUE(holds(page.body, agreement["title"].get<std::string>()));
        EXPECT_TRUE(holds(page.body, "<strong>")) << "R01";
        EXPECT_FALSE(holds(page.body, "**"));
        EXPECT_FALSE(holds(page.body, "{{"));
    }
}

// R46: as on every page.
TEST(AgreementPage, page_carries_the_fields_of_the_other_pages) {
    TestPlatform platform;
    const auto page = get(platform, "/agreements/privacy-policy", "", kBrowser);
    const auto home = get(platform, "/", "", kBrowser);
    for (const auto* name :
         {"Content-Type", "Content-Security-Policy", "Permissions-Policy", "Cache-Control",
          "Content-Language", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
          "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"}) {
        EXPECT_NE(fieldOf(page, name), "") << name;
        EXPECT_EQ(fieldOf(page, name), fieldOf(home, name)) << name;
    }
    EXPECT_EQ(fieldOf(page, "Vary"), "Accept, Accept-Language, Cookie");
    EXPECT_EQ(fieldOf(page, "ETag"), "") << "the tag is that of the text";
    EXPECT_FALSE(holds(page.body, "<script")) << "there is nothing to run";
    EXPECT_FALSE(holds(page.body, " style="));
}

// R01 R41
TEST(AgreementPage, page_says_what_the_text_is_and_shows_no_head) {
    TestPlatform platform(documents({kText}));
    const auto body = get(platform, "/agreements/user-agreement", "", kBrowser).body;
    EXPECT_TRUE(holds(body, "<title>用户&lt;服务&gt;协议 · localhost"));
    EXPECT_TRUE(holds(body, "<span lang=\"zh-CN\">用户&lt;服务&gt;协议</span>"));
    EXPECT_TRUE(holds(body, "版本 2026-09"));
    EXPECT_TRUE(holds(body, "生效日期 <time>2026-09-01</time>"));
    const auto hash = toHex(digestOf(kText));
    EXPECT_TRUE(holds(body, "<code>" + hash + "</code>"));
    EXPECT_TRUE(holds(body, "href=\"/agreements/" + hash + "?raw=1\""));
    EXPECT_EQ(get(platform, "/agreements/" + hash, "raw=1", kBrowser).body, kText);
    EXPECT_FALSE(holds(body, "id: user-agreement"));
    EXPECT_FALSE(holds(body, "---"));
    EXPECT_TRUE(holds(body, "<h1>用户服务协议</h1>"));
    EXPECT_FALSE(holds(body, "<h1>用户&lt;服务&gt;协议</h1>")) << "the text has a heading of its own";
}

// R01 R41
TEST(AgreementPage, text_is_rendered_and_harmless) {
    TestPlatform platform(documents({kText}));
    const auto body = get(platform, "/agreements/user-agreement", "", kBrowser).body;
    EXPECT_TRUE(holds(body, "<p>甲<strong>不得转让。</strong>其他</p>")) << "R01";
    EXPECT_TRUE(holds(body, "&lt;script&gt;x&lt;/script&gt; <a>乙</a>"));
    EXPECT_FALSE(holds(body, "<script"));
    EXPECT_FALSE(holds(body, "javascript:"));
}

TEST(AgreementPage, unknown_date_is_left_out_and_a_missing_heading_put_in) {
    TestPlatform platform(documents({"---\nid: a\nversion: 1\ntitle: {{host}}甲\n---\n正文\n"}));
    const auto body = get(platform, "/agreements/a", "", kBrowser).body;
    EXPECT_TRUE(holds(body, "<h1>{{host}}甲</h1>\n<p>正文</p>"));
    EXPECT_FALSE(holds(body, "生效日期"));
}

// R62: an older version has its page too.
TEST(AgreementPage, older_version_is_shown_by_its_hash) {
    const std::string old = "---\nid: a\nversion: 1\ntitle: 甲\n---\n旧文\n";
    TestPlatform platform(documents({old, "---\nid: a\nversion: 2\ntitle: 甲\n---\n新文\n"}));
    EXPECT_TRUE(holds(get(platform, "/agreements/a", "", kBrowser).body, "<p>新文</p>"));
    const auto page = get(platform, "/agreements/" + toHex(digestOf(old)), "", kBrowser);
    EXPECT_TRUE(holds(page.body, "<p>旧文</p>"));
    EXPECT_TRUE(holds(page.body, "版本 1"));
    EXPECT_EQ(get(platform, "/agreements/" + toHex(digestOf("other")), "", kBrowser).status, 404);
}

TEST(AgreementPage, words_are_in_the_visitors_language_and_the_text_in_its_own) {
    TestPlatform platform;
    auto fields = kBrowser;
    fields.emplace_back("accept-language", "en");
    const auto page = get(platform, "/agreements/privacy-policy", "", fields);
    EXPECT_TRUE(holds(page.body, "<html lang=\"en\">"));
    EXPECT_TRUE(holds(page.body, "Exact text"));
    EXPECT_FALSE(holds(page.body, "版本"));
    EXPECT_TRUE(holds(page.body, "<article lang=\"zh-CN\">"));
    const auto chosen = get(platform, "/agreements/privacy-policy", "lang=zh", fields);
    EXPECT_TRUE(holds(chosen.body, "<html lang=\"zh-CN\">"));
    EXPECT_TRUE(holds(fieldOf(chosen, "Set-Cookie"), "__Host-signet-language=zh"));
}

}  // namespace
}  // namespace signet::test
