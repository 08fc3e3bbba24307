// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/journal.hpp"

#include "cli_test_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <nlohmann/json.hpp>

#include <thread>

namespace signet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

JournalEntry entryOf(const std::string& result) {
    JournalEntry entry;
    entry.time = TimePoint(std::chrono::seconds(1790000000));
    entry.issuer = "https://uc.example.test";
    entry.origin = "signet:agent";
    entry.purpose = "login";
    entry.act = "self";
    entry.certificate = std::string(64, 'a');
    entry.subject = "云南示例建筑有限公司 9153**********047P";
    entry.result = result;
    return entry;
}

class JournalFile : public testing::Test {
protected:
    TestFolder m_folder;
    std::filesystem::path m_path = m_folder / "state/signet/journal.jsonl";
};

TEST_F(JournalFile, appended_isReadBackOldestFirst) {
    Journal journal(m_path);
    ASSERT_TRUE(journal.append(entryOf("ok")));
    ASSERT_TRUE(journal.append(entryOf("pin_incorrect")));
    const auto content = journal.read();
    ASSERT_TRUE(content);
    ASSERT_EQ(content->entries.size(), 2U);
    EXPECT_EQ(content->entries[0].result, "ok");
    EXPECT_EQ(content->entries[1].result, "pin_incorrect");
    EXPECT_EQ(content->entries[0].subject, entryOf("").subject);
    EXPECT_EQ(content->entries[0].time, entryOf("").time);
    EXPECT_EQ(content->brokenLines, 0U);
}

TEST(JournalEntry, webEid_isNamedWithItsOriginAndNoIssuer) {
    const auto entry = journalEntryOf({.origin = "https://shop.example.test",
                                       .kind = LoginKind::webEid,
                                       .certificate = std::string(64, 'a'),
                                       .result = "ok"});
    EXPECT_EQ(entry.purpose, "web-eid");
    EXPECT_EQ(entry.origin, "https://shop.example.test");
    EXPECT_EQ(entry.issuer, "");
    EXPECT_EQ(entry.certificate, std::string(64, 'a'));
    EXPECT_EQ(entry.result, "ok");
}

TEST_F(JournalFile, modes_arePrivate) {  // attacks.md 54
    Journal journal(m_path);
    ASSERT_TRUE(journal.append(entryOf("ok")));
    ::chmod(m_path.c_str(), 0644);
    ASSERT_TRUE(journal.append(entryOf("ok")));
    struct stat status {};
    ASSERT_EQ(::stat(m_path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat(m_path.parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(JournalFile, hostileNames_stayOnOneAsciiLine) {  // attacks.md 54
    Journal journal(m_path);
    auto entry = entryOf("ok");
    entry.subject = "a\n{\"result\":\"forged\"}\x1b[2J\u202E\xff";
    entry.client = std::string(5000, 'x');
    ASSERT_TRUE(journal.append(entry));
    const auto text = m_folder.read("state/signet/journal.jsonl");
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_TRUE(
        std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
    const auto content = journal.read();
    ASSERT_EQ(content->entries.size(), 1U);
    EXPECT_THAT(content->entries[0].subject, HasSubstr("a\n{"));
    EXPECT_LT(content->entries[0].client.size(), 2000U);
}

TEST_F(JournalFile, brokenLines_areSkippedAndCounted) {
    m_folder.write(
        "state/signet/journal.jsonl",
        "garbage\n{\"time\":\"2026-10-01T08:00:00Z\",\"result\":\"ok\",\"later\":1}\n{\"time\":1}\n"
        "{\"time\":\"yesterday\"}\n{\"time\":\"2026-10-01T08:00:00Z\",\"res");
    Journal journal(m_path);
    auto content = journal.read();
    ASSERT_TRUE(content);
    EXPECT_EQ(content->entries.size(), 1U);
    EXPECT_EQ(content->brokenLines, 4U);
    // The line that was cut does not swallow the next one.
    ASSERT_TRUE(journal.append(entryOf("ok")));
    content = journal.read();
    EXPECT_EQ(content->entries.size(), 2U);
    EXPECT_EQ(content->brokenLines, 4U);
}

TEST_F(JournalFile, full_isRotatedOnce) {
    Journal journal(m_path, 2000);
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(journal.append(entryOf("n" + std::to_string(i))));
    EXPECT_LE(std::filesystem::file_size(m_path), 2000U);
    EXPECT_LE(std::filesystem::file_size(m_path.string() + ".1"), 2000U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(m_path.parent_path()), {}), 2);
    const auto content = journal.read();
    EXPECT_EQ(content->entries.back().result, "n39");
    EXPECT_EQ(content->entries[content->entries.size() - 2].result, "n38");
    EXPECT_GT(content->entries.size(), 4U);
}

TEST_F(JournalFile, manyWriters_loseNothing) {
    std::vector<std::jthread> writers;
    for (int w = 0; w < 4; ++w)
        writers.emplace_back([&] {
            Journal journal(m_path, 60'000);
            for (int i = 0; i < 50; ++i) EXPECT_TRUE(journal.append(entryOf("ok")));
        });
    writers.clear();
    const auto content = Journal(m_path).read();
    EXPECT_EQ(content->entries.size(), 200U);
    EXPECT_EQ(content->brokenLines, 0U);
}

TEST_F(JournalFile, missing_isEmpty) {
    const auto content = Journal(m_path).read();
    ASSERT_TRUE(content);
    EXPECT_TRUE(content->entries.empty());
}

TEST_F(JournalFile, symbolicLink_isNotFollowed) {  // attacks.md 54
    m_folder.write("victim", "");
    std::filesystem::create_directories(m_path.parent_path());
    std::filesystem::create_symlink(m_folder / "victim", m_path);
    const auto refused = Journal(m_path).append(entryOf("ok"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "file_unwritable");
    EXPECT_EQ(m_folder.read("victim"), "");
}

TEST(JournalDisk, full_isAnErrorNotACrash) {
    const auto refused = Journal("/dev/full").append(entryOf("ok"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "file_unwritable");
}

}  // namespace
}  // namespace signet
