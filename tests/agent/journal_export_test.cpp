// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/journal_export.hpp"

#include "agent/journal_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <ctime>

namespace signet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto kZh = Language::zh;
constexpr auto kEn = Language::en;

JournalEntry entryOf(const std::string& result) {
    return {.time = TimePoint(std::chrono::seconds(1790000000)),
            .issuer = "https://uc.example.test/base",
            .origin = "signet:agent",
            .purpose = "login",
            .client = "permits",
            .act = "legal_rep:91530100MA00000047",
            .certificate = std::string(64, 'a'),
            .subject = "云南示例建筑有限公司 9153**********047P",
            .challenge = "cid-1",
            .result = result};
}

TEST(JournalWords, entry_isToldInBothLanguages) {
    auto entry = entryOf("ok");
    EXPECT_EQ(siteWords(entry), "uc.example.test");
    EXPECT_EQ(purposeWords(entry, kZh), "登录 · permits");
    EXPECT_EQ(actWords(entry, kZh), "法定代表人 91530100MA00000047");
    EXPECT_EQ(resultWords(entry, kZh), "成功");
    EXPECT_EQ(resultWords(entry, kEn), "Done");
    entry.origin = "https://shop.example.test";
    EXPECT_EQ(siteWords(entry), "shop.example.test");
    EXPECT_EQ(purposeWords(entry, kEn), "Log in · permits");
    EXPECT_EQ(actWords({.act = "self"}, kEn), "Yourself");
}

TEST(JournalWords, everyPurposeOfStatements_hasItsWord) {
    for (const auto purpose : {Purpose::login, Purpose::bind, Purpose::rebind, Purpose::cancel,
                               Purpose::freeze, Purpose::stepUp}) {
        const auto name = std::string(toString(purpose));
        EXPECT_NE(purposeWords({.purpose = name}, kZh), name);
    }
    EXPECT_NE(purposeWords({.purpose = "web-eid"}, kZh), "web-eid");
}

TEST(JournalWords, refusal_hasItsSentence) {
    EXPECT_EQ(resultWords(entryOf("pin_locked"), kEn), sentence(Error{.code = ErrorCode::pinLocked}, kEn));
    EXPECT_THAT(resultWords(entryOf("platform_unreachable"), kEn), HasSubstr("uc.example.test"));
    EXPECT_EQ(resultWords(entryOf("from_the_future"), kEn), "from_the_future");
}

TEST(JournalWords, fields_areTheSameForEveryEntry) {
    const auto names = journalFields({}, kZh);
    const auto fields = journalFields(entryOf("ok"), kZh);
    ASSERT_EQ(names.size(), fields.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ(names[i].name, fields[i].name);
        EXPECT_FALSE(fields[i].value.empty()) << fields[i].name;
    }
}

TEST(JournalWords, time_isLocal) {
    ::setenv("TZ", "Asia/Shanghai", 1);
    ::tzset();
    EXPECT_EQ(localTimeText(TimePoint(std::chrono::seconds(0))), "1970-01-01 08:00:00");
    ::unsetenv("TZ");
    ::tzset();
}

TEST(JournalExport, csv_hasAMarkANameRowAndTheNewestFirst) {
    const auto csv = journalCsv({.entries = {entryOf("ok"), entryOf("pin_locked")}}, kZh);
    EXPECT_THAT(csv, StartsWith("\xEF\xBB\xBF时间,"));
    EXPECT_LT(csv.find("pin_locked"), csv.find(",ok\r\n"));
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 3);
    EXPECT_THAT(csv, HasSubstr("\"云南示例建筑有限公司 9153**********047P\""));
}

TEST(JournalExport, formula_becomesText) {
    EXPECT_EQ(csvCell("plain"), "plain");
    EXPECT_EQ(csvCell(""), "");
    EXPECT_EQ(csvCell("a,b"), "\"a,b\"");
    EXPECT_EQ(csvCell("say \"x\""), "\"say \"\"x\"\"\"");
    for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", " =1", "=1", "-1", "\t=1", "\r=1"})
        EXPECT_EQ(csvCell(text), "\"'" + std::string(text) + "\"") << text;
}

TEST(JournalExport, hostileName_staysInItsCell) {
    auto entry = entryOf("ok");
    entry.subject = "=HYPERLINK(\"x\")\r\n\x1b[2J\u202Efdp";
    const auto csv = journalCsv({.entries = {entry}}, kEn);
    EXPECT_THAT(csv, HasSubstr("\"'=HYPERLINK(\"\"x\"\")"));
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 2);
    EXPECT_THAT(csv, Not(HasSubstr("\u202E")));
    EXPECT_THAT(csv, Not(HasSubstr("\x1b")));
}

TEST(JournalExport, document_isTheJournalItself) {
    const auto text = journalDocument({.entries = {entryOf("ok"), entryOf("busy")}, .brokenLines = 3});
    const auto json = Json::parse(text);
    EXPECT_EQ(json["skipped"], 3);
    EXPECT_EQ(json["entries"][1], journalJson(entryOf("busy")));
}

}  // namespace
}  // namespace signet
