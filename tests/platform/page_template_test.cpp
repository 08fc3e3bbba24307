// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/page_template.hpp"

#include "platform/page_files.hpp"
#include "platform/page_words.hpp"

#include "base/ini.hpp"

#include <gtest/gtest.h>

#include <set>

namespace signet {
namespace {

std::string noWords(std::string_view) {
    return {};
}

TEST(PageTemplate, html_is_escaped_in_text_and_attributes) {
    EXPECT_EQ(escapeHtml("<b a=\"1\" c='2'>&amp;"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
    EXPECT_EQ(escapeHtml("云南"), "云南");
}

// Attack 38: names with newlines, RTL marks, HTML, 5,000 characters are shown literally.
TEST(PageTemplate, hostile_names_are_shown_literally_and_elided) {
    const std::pair<std::string, std::string> cases[] = {
        {"a\nb\r\tc", "a\\0Ab\\0D\\09c"},
        {"\xE2\x80\xAE"
         "evil",
         "\\E2\\80\\AEevil"},
        {"\xE2\x81\xA6x", "\\E2\\81\\A6x"},
        {"<script>", "<script>"},
        {"{{host}}", "{{host}}"},
        {std::string(80, 'x'), std::string(80, 'x')},
        {std::string(5000, 'x'), std::string(80, 'x') + "…"},
    };
    for (const auto& [name, shown] : cases) EXPECT_EQ(shownName(name), shown) << name;
    std::string long_name;
    for (int i = 0; i < 5000; ++i) long_name += "云";
    const auto shown = shownName(long_name, 3);
    EXPECT_EQ(shown, "云云云…") << "cut between characters";
}

TEST(PageTemplate, values_sections_and_comments) {
    const PageValues values{{"name", "<x>"}, {"html", "<b>"}, {"none", ""}};
    const auto words = [](std::string_view name) { return "[" + std::string(name) + "]"; };
    const std::pair<const char*, const char*> cases[] = {
        {"a {{name}} b", "a &lt;x&gt; b"},
        {"{{&html}}", "<b>"},
        {"{{word}}", "[word]"},
        {"{{! gone }}\nx", "x"},
        {"{{#name}}yes {{word}}{{/name}}{{^name}}no{{/name}}", "yes [word]"},
        {"{{#none}}yes{{/none}}{{^none}}no{{/none}}", "no"},
        {"{{#name}}a{{#none}}b{{/none}}c{{/name}}", "ac"},
        {"", ""},
    };
    for (const auto& [text, filled] : cases) EXPECT_EQ(fillTemplate(text, values, words), filled) << text;
    EXPECT_EQ(fillTemplate("{{name}}", {{"name", "{{&html}}"}}, noWords), "{{&amp;html}}")
        << "what is filled in is not read again";
}

/// The names of a template's tags.
std::set<std::string> namesIn(std::string_view text) {
    std::set<std::string> names;
    for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
        auto name = std::string(text.substr(at + 2, text.find("}}", at) - at - 2));
        if (name.starts_with('!')) continue;
        if (name.find_first_of("#^/&") == 0) name.erase(0, 1);
        names.insert(name);
    }
    return names;
}

std::set<std::string> keysOf(std::string_view file) {
    std::set<std::string> keys;
    const auto entries = parseIni(pageFile(file), file);
    for (const auto& entry : *entries) EXPECT_TRUE(keys.insert(entry.key).second) << entry.key << " twice";
    return keys;
}

TEST(PageWords, both_languages_have_the_same_names_and_templates_use_them_all) {
    const auto zh = keysOf("words.zh.ini");
    const auto en = keysOf("words.en.ini");
    EXPECT_EQ(zh, en);
    std::set<std::string> used{"home.title", "login.title", "handoff.title"};
    std::set<std::string> values;
    for (const auto& file : pageFiles()) {
        if (!file.name.ends_with(".html")) continue;
        for (const auto& name : namesIn(file.content)) (zh.contains(name) ? used : values).insert(name);
    }
    EXPECT_EQ(used, zh);
    for (const auto& name : values) EXPECT_EQ(name.find('.'), std::string::npos) << name << " has no words";
    const PageWords words;
    for (const auto& name : zh) {
        EXPECT_FALSE(words.of(Language::zh, name).empty()) << name;
        EXPECT_FALSE(words.of(Language::en, name).empty()) << name;
    }
    EXPECT_EQ(words.of(Language::zh, "login.begin"), "证书登录");
}

}  // namespace
}  // namespace signet
