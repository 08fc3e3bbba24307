// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/sm2_memory.hpp"

#include "cli_test_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace signet {
namespace {

// Issue 3, point 5: remembered per module file hash and token model.
class Sm2MemoryTest : public testing::Test {
protected:
    Sm2MemoryTest() {
        m_folder.write("a.so", "module a");
        m_folder.write("b.so", "module b");
    }
    Sm2Memory memory() {
        const auto profile =
            parseSm2Profile("name = p\nstrategy = 1 prehashed\nstrategy = 2 message\n", "p.conf");
        return {{*profile}, m_path, [this](const Error& error) { m_warnings.push_back(error.reason); }};
    }
    std::string first(const std::string& module, const TokenInfo& token) {
        return memory().ways(m_folder / module, token).strategies.at(0).name;
    }

    TestFolder m_folder;
    std::filesystem::path m_path = m_folder / "state/signet/sm2-strategies.json";
    std::vector<std::string> m_warnings;
    const TokenInfo m_token{.manufacturer = "Maker", .model = "One"};
};

TEST_F(Sm2MemoryTest, learned_comesFirstForThisModuleAndModelOnly) {
    EXPECT_EQ(first("a.so", m_token), "p/1/prehashed");
    memory().learn(m_folder / "a.so", m_token, "p/2/message");
    EXPECT_EQ(first("a.so", m_token), "p/2/message");
    EXPECT_EQ(first("b.so", m_token), "p/1/prehashed");
    EXPECT_EQ(first("a.so", {.manufacturer = "Maker", .model = "Two"}), "p/1/prehashed");
    struct stat status {};
    ASSERT_EQ(::stat(m_path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    memory().learn(m_folder / "a.so", m_token, "p/1/prehashed");
    EXPECT_EQ(first("a.so", m_token), "p/1/prehashed") << "the last that worked";
    EXPECT_TRUE(m_warnings.empty());
}

TEST_F(Sm2MemoryTest, forgotten_isTriedAnew) {
    memory().learn(m_folder / "a.so", m_token, "p/2/message");
    memory().forget(m_folder / "a.so", m_token);
    EXPECT_EQ(first("a.so", m_token), "p/1/prehashed");
    memory().forget(m_folder / "b.so", m_token);
}

TEST_F(Sm2MemoryTest, anotherVersionOfTheModule_isTriedAnew) {
    auto one = memory();
    one.learn(m_folder / "a.so", m_token, "p/2/message");
    m_folder.write("a.so", "module a, version 2");
    EXPECT_EQ(one.ways(m_folder / "a.so", m_token).strategies.at(0).name, "p/1/prehashed")
        << "also in one that has read the file before";
}

TEST_F(Sm2MemoryTest, brokenFile_countsAsEmptyAndIsReplaced) {
    for (const auto* content : {"", "{", "[1]", "{\"x\":[]}"}) {
        m_folder.write("state/signet/sm2-strategies.json", content);
        EXPECT_EQ(first("a.so", m_token), "p/1/prehashed") << content;
        memory().learn(m_folder / "a.so", m_token, "p/2/message");
        EXPECT_EQ(first("a.so", m_token), "p/2/message") << content;
    }
}

TEST_F(Sm2MemoryTest, moduleThatCannotBeRead_isNotRemembered) {
    memory().learn(m_folder / "none.so", m_token, "p/2/message");
    EXPECT_EQ(first("none.so", m_token), "p/1/prehashed");
    EXPECT_FALSE(std::filesystem::exists(m_path));
}

TEST_F(Sm2MemoryTest, unwritable_warnsOnly) {
    m_folder.write("state", "a file where the folder should be");
    memory().learn(m_folder / "a.so", m_token, "p/2/message");
    EXPECT_EQ(m_warnings, std::vector<std::string>{"file_unwritable"});
}

TEST_F(Sm2MemoryTest, profiles_areReadInOrderBeforeTheBuiltIn) {
    m_folder.write("own.conf", "name = own\nstrategy = 9 message\n");
    const auto profiles = loadSm2Profiles({m_folder / "own.conf"});
    ASSERT_TRUE(profiles);
    EXPECT_EQ(profiles->front().name, "own");
    EXPECT_EQ(profiles->size(), 1 + builtInSm2Profiles().size());
    m_folder.write("own.conf", "name = own\nstrategy = 9 guessed\n");
    const auto refused = loadSm2Profiles({m_folder / "own.conf"});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("own.conf:2"), std::string::npos);
    EXPECT_FALSE(loadSm2Profiles({m_folder / "none.conf"}));
}

}  // namespace
}  // namespace signet
