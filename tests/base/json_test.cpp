// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace signet {
namespace {

std::string reasonOf(std::string_view text, const JsonLimits& limits = {}) {
    const auto parsed = parseStrictJson(text, limits);
    if (parsed) return "accepted";
    EXPECT_EQ(parsed.error().code, ErrorCode::badRequest);
    return parsed.error().reason;
}

TEST(StrictJson, well_formed_texts_are_accepted) {
    for (const auto* text :
         {"null", "true", " 0 ", "-0", "\"\"", "[]", "{}", "\t{\"a\":[1,{\"b\":null}]}\r\n",
          "9007199254740991", "-9007199254740991", "\"\\ud83d\\ude00\"", "\"云南\""})
        EXPECT_EQ(reasonOf(text), "accepted") << text;
}

TEST(StrictJson, syntax_errors_are_refused) {
    for (const auto* text : {"",          " ",         "{",
                             "}",         "[1,]",      "{\"a\":1,}",
                             "{'a':1}",   "{a:1}",     "{\"a\" 1}",
                             "nul",       "tru",       "+1",
                             "01",        "1.",        ".5",
                             "0x10",      "NaN",       "Infinity",
                             "\"a",       "\"\n\"",    "\"\t\"",
                             "\"\\x41\"", "\"\\u12\"", "// comment\n1",
                             "/* c */1",  "[1 2]",     "{\"a\":1 \"b\":2}",
                             "{\"a\"}",   "{1:2}",     "1e999"})
        EXPECT_EQ(reasonOf(text), "syntax") << text;
}

TEST(StrictJson, text_after_the_value_is_refused) {
    for (const auto* text : {"{} {}", "1 2", "{}x", "[]]", "null,", "\"a\"\"b\""})
        EXPECT_EQ(reasonOf(text), "syntax") << text;
}

TEST(StrictJson, nul_does_not_end_the_text) {
    EXPECT_EQ(reasonOf(std::string("{}\0", 3)), "syntax");
    EXPECT_EQ(reasonOf(std::string("{}\0{\"hidden\":1}", 15)), "syntax");
    EXPECT_EQ(reasonOf(std::string("\0", 1)), "syntax");
    EXPECT_EQ(reasonOf("\"\\u0000\""), "accepted");
}

TEST(StrictJson, byte_order_mark_is_refused) {
    EXPECT_EQ(reasonOf("\xEF\xBB\xBF{}"), "byte_order_mark");
    EXPECT_EQ(reasonOf("{}\xEF\xBB\xBF"), "syntax");
}

TEST(StrictJson, invalid_utf8_is_refused) {
    const std::string cases[] = {"\"\xff\"",     "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf5\x80\x80\x80\"",
                                 "\"\xe4\xba\"", "\"\x80\""};
    for (const auto& text : cases) EXPECT_EQ(reasonOf(text), "syntax") << testing::PrintToString(text);
}

TEST(StrictJson, lone_surrogates_are_refused) {
    for (const auto* text :
         {"\"\\ud800\"", "\"\\udc00\"", "\"\\ud800x\"", "\"\\ud800\\u0041\"", "\"\\ude00\\ud83d\""})
        EXPECT_EQ(reasonOf(text), "syntax") << text;
}

TEST(StrictJson, duplicate_keys_are_refused_in_every_spelling) {
    for (const auto* text : {R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":3})", R"({"a":1,"\u0061":2})",
                             R"([{"x":{"a":1,"a":2}}])", R"({"":1,"":2})", R"({"a":{},"a":{}})"})
        EXPECT_EQ(reasonOf(text), "duplicate_key") << text;
    EXPECT_EQ(reasonOf(R"({"a":{"a":1},"b":{"a":2}})"), "accepted");
}

TEST(StrictJson, numbers_that_are_not_integers_are_refused) {
    for (const auto* text : {"1.0", "1e3", "1E3", "-0.0", "0.5", "[1.0]", "1e-3", "18446744073709551616",
                             "-9223372036854775809"})
        EXPECT_EQ(reasonOf(text), "number_not_integer") << text;
}

TEST(StrictJson, integers_beyond_2_to_53_are_refused) {
    for (const auto* text :
         {"9007199254740992", "-9007199254740992", "18446744073709551615", "-9223372036854775808"})
        EXPECT_EQ(reasonOf(text), "number_range") << text;
}

TEST(StrictJson, depth_is_limited) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_EQ(reasonOf(nested(16)), "accepted");
    EXPECT_EQ(reasonOf(nested(17)), "too_deep");
    EXPECT_EQ(reasonOf(std::string(60000, '[')), "too_deep");
    EXPECT_EQ(reasonOf(nested(3), {.maxDepth = 2}), "too_deep");
}

TEST(StrictJson, length_and_number_of_values_are_limited) {
    EXPECT_EQ(reasonOf("\"" + std::string(64 * 1024 - 2, 'x') + "\""), "accepted");
    EXPECT_EQ(reasonOf("\"" + std::string(64 * 1024 - 1, 'x') + "\""), "too_long");
    std::string many = "[0";
    for (int i = 0; i < 5000; ++i) many += ",0";
    EXPECT_EQ(reasonOf(many + "]"), "too_many_values");
    EXPECT_EQ(reasonOf("[1,2,3]", {.maxNodes = 3}), "too_many_values");
    EXPECT_EQ(reasonOf("[1,2]", {.maxNodes = 3}), "accepted");
}

TEST(StrictJson, error_holds_no_piece_of_the_text) {
    const auto parsed = parseStrictJson("{\"secret-value\": tru}");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().detail.find("secret"), std::string::npos);
}

TEST(CanonicalJson, members_are_sorted_by_utf16_code_units) {
    // The example of RFC 8785 section 3.2.3.
    const auto parsed = parseStrictJson(
        R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",)"
        R"("\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(canonicalJson(*parsed),
              "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
              "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
              "\"\U0001F600\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(CanonicalJson, order_around_the_surrogates_is_of_utf16) {
    const auto parsed = parseStrictJson(
        "{\"\uE000\":1,\"\uD7FF\":2,\"\U00010000\":3,\"\U0010FFFF\":4,\"\uFFFF\":5,\"\":6,\"a\":7,\"aa\":8}");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(
        canonicalJson(*parsed),
        "{\"\":6,\"a\":7,\"aa\":8,\"\uD7FF\":2,\"\U00010000\":3,\"\U0010FFFF\":4,\"\uE000\":1,\"\uFFFF\":5}");
}

TEST(CanonicalJson, strings_are_escaped_as_rfc_8785_says) {
    // The string of RFC 8785 section 3.2.2, and every control character.
    const auto example = parseStrictJson(R"(["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"])");
    ASSERT_TRUE(example);
    EXPECT_EQ(canonicalJson(*example), "[\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]");
    const auto controls =
        parseStrictJson(R"("\u0000\u0008\u0009\u000a\u000b\u000c\u000d\u001f\u007f\u2028")");
    ASSERT_TRUE(controls);
    EXPECT_EQ(canonicalJson(*controls), "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\x7f\u2028\"");
}

TEST(CanonicalJson, white_space_goes_and_integers_stay) {
    const auto parsed =
        parseStrictJson("{ \"b\" : [ 1 , -2 , 9007199254740991 ] ,\n\"a\" : { } , \"c\" : [ ] , \"d\":-0 }");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(canonicalJson(*parsed), R"({"a":{},"b":[1,-2,9007199254740991],"c":[],"d":0})");
}

TEST(CanonicalJson, is_a_fixed_point_of_parsing) {
    const std::string canonical = R"({"act":{"as":"self"},"agr":[],"iat":1790000000,"t":true,"z":null})";
    EXPECT_EQ(canonicalJson(parseStrictJson(canonical).value()), canonical);
}

TEST(CanonicalJson, text_of_ours_that_is_not_utf8_does_not_throw) {
    EXPECT_EQ(canonicalJson(Json("a\xff")), "\"a\uFFFD\"");
    Json object = Json::object();
    object["k\xff"] = 1;
    EXPECT_EQ(canonicalJson(object), "{\"k\uFFFD\":1}");
}

}  // namespace
}  // namespace signet
