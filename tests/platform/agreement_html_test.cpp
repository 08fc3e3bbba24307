// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// R01 R41: what is made of an agreement's Markdown.
#include "platform/agreement_html.hpp"

#include <gtest/gtest.h>

#include <string>

namespace signet {
namespace {

using Case = std::pair<std::string, std::string>;

std::string htmlOf(const std::string& markdown) {
    auto html = agreementHtml(markdown);
    EXPECT_TRUE(html) << markdown;
    return html ? *html : std::string();
}

// R01: material clauses are bold, wherever the mark stands between Chinese characters.
TEST(AgreementHtml, bold_stays_bold_beside_chinese_punctuation) {
    const Case cases[] = {
        {"**重要**", "<p><strong>重要</strong></p>\n"},
        {"甲**重要。**后文", "<p>甲<strong>重要。</strong>后文</p>\n"},
        {"甲**“引文”重要**后文", "<p>甲<strong>“引文”重要</strong>后文</p>\n"},
        {"甲;**乙。****丙。**丁", "<p>甲;<strong>乙。****丙。</strong>丁</p>\n"},
        {"**甲。**乙,**丙。**丁", "<p><strong>甲。</strong>乙,<strong>丙。</strong>丁</p>\n"},
        {"1. **甲。**乙", "<ol>\n<li><strong>甲。</strong>乙</li>\n</ol>\n"},
        {"甲**乙\n丙。**丁", "<p>甲<strong>乙\n丙。</strong>丁</p>\n"},
        {"a ** b", "<p>a ** b</p>\n"},
        {"\\*\\*甲\\*\\*", "<p>**甲**</p>\n"},
        {"`a**b**`", "<p><code>a**b**</code></p>\n"},
        {"***\n", "<hr>\n"},
        {"**", "<p>**</p>\n"},
    };
    for (const auto& [markdown, html] : cases) EXPECT_EQ(htmlOf(markdown), html) << markdown;
}

TEST(AgreementHtml, html_is_shown_literally) {
    const Case cases[] = {
        {"<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
        {"a <b onclick=\"x\">b</b>", "<p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>\n"},
        {"<div>\n\n甲\n\n</div>", "<p>&lt;div&gt;</p>\n<p>甲</p>\n<p>&lt;/div&gt;</p>\n"},
        {"<!-- x -->", "<p>&lt;!-- x --&gt;</p>\n"},
        {"    <i>", "<p>&lt;i&gt;</p>\n"},
        {"```\n<a href=\"javascript:1\">\n```",
         "<pre><code>&lt;a href=&quot;javascript:1&quot;&gt;\n</code></pre>\n"},
    };
    for (const auto& [markdown, html] : cases) EXPECT_EQ(htmlOf(markdown), html) << markdown;
}

TEST(AgreementHtml, links_that_could_run_something_are_none) {
    for (const auto* address :
         {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html;base64,PHN2Zz4=", "vbscript:x",
          "javascript&#58;alert(1)", "java&Tab;script:alert(1)", "&#1;javascript:x", "<java\tscript:x>",
          "signet://login?issuer=x", "file:///etc/passwd", "blob:x", "unknown:x"}) {
        const auto html = htmlOf("[甲](" + std::string(address) + ")");
        EXPECT_EQ(html, "<p><a>甲</a></p>\n") << address;
    }
    EXPECT_EQ(htmlOf("<javascript:x>"), "<p><a>javascript:x</a></p>\n");
    EXPECT_EQ(htmlOf("[甲][1]\n\n[1]: javascript:x \"乙\""), "<p><a>甲</a></p>\n");
}

TEST(AgreementHtml, other_links_lead_where_they_say) {
    for (const std::string address :
         {"https://example.test/a?b=1#c:d", "HTTP://example.test", "mailto:a@example.test", "tel:+8687112345",
          "/agreements/privacy-policy", "#six:", "a/b:c"})
        EXPECT_EQ(htmlOf("[甲](" + address + ")"), "<p><a href=\"" + address + "\">甲</a></p>\n");
    EXPECT_EQ(htmlOf("[**甲**](https://example.test/a**b)"),
              "<p><a href=\"https://example.test/a**b\"><strong>甲</strong></a></p>\n");
}

TEST(AgreementHtml, pictures_leave_their_words) {
    EXPECT_EQ(htmlOf("甲![乙 \"<丙>\"](https://example.test/x.png \"丁\")戊"),
              "<p>甲乙 &quot;&lt;丙&gt;&quot;戊</p>\n");
    EXPECT_EQ(htmlOf("[![甲](x.png)](javascript:x)"), "<p><a>甲</a></p>\n");
}

TEST(AgreementHtml, headings_lists_and_tables_are_there) {
    const Case cases[] = {
        {"# 甲\n\n## 乙\n", "<h1>甲</h1>\n<h2>乙</h2>\n"},
        {"3. 甲\n4. 乙\n", "<ol start=\"3\">\n<li>甲</li>\n<li>乙</li>\n</ol>\n"},
        {"- 甲\n", "<ul>\n<li>甲</li>\n</ul>\n"},
        {"|甲|乙|\n|:-:|---|\n|**丙。**丁||\n",
         "<table>\n<thead>\n<tr>\n<th align=\"center\">甲</th>\n<th>乙</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
         "<td align=\"center\"><strong>丙。</strong>丁</td>\n<td></td>\n</tr>\n</tbody>\n</table>\n"},
        {"~~甲~~", "<p>~~甲~~</p>\n"},
        {"", ""},
    };
    for (const auto& [markdown, html] : cases) EXPECT_EQ(htmlOf(markdown), html) << markdown;
}

}  // namespace
}  // namespace signet
