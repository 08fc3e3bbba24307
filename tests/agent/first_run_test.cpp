// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/first_run.hpp"

#include "cli_test_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace signet {
namespace {

const std::vector<std::string> kNone;
const std::vector<std::string> kOne{"https://a.test"};
const std::vector<std::string> kTwo{"https://a.test", "https://b.test"};

class FirstRunFileTest : public testing::Test {
protected:
    FirstRunFile file() {
        return {m_path, [this](const Error& error) { m_warnings.push_back(error.reason); }};
    }
    TestFolder m_folder;
    std::filesystem::path m_path = m_folder / "state/signet/first-run.json";
    std::vector<std::string> m_warnings;
};

TEST_F(FirstRunFileTest, itself_opensOnceForAPlatform) {
    EXPECT_TRUE(file().opensByItself(kOne));
    file().remember(kOne);
    EXPECT_FALSE(file().opensByItself(kOne));
    EXPECT_FALSE(file().opensByItself(kTwo)) << "a second platform is no first run";
    EXPECT_TRUE(file().opensByItself({"https://b.test"})) << "of another platform it is";
    struct stat status {};
    ASSERT_EQ(::stat(m_path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_TRUE(m_warnings.empty());
}

TEST_F(FirstRunFileTest, withoutPlatform_saysSoOnceAndComesBackWithOne) {
    EXPECT_TRUE(file().opensByItself(kNone));
    file().remember(kNone);
    EXPECT_FALSE(file().opensByItself(kNone));
    EXPECT_TRUE(file().opensByItself(kOne));
    file().remember(kOne);
    EXPECT_FALSE(file().opensByItself(kNone));
}

TEST_F(FirstRunFileTest, brokenFile_countsAsEmptyAndIsReplaced) {
    for (const auto* content : {"", "{", "[1]", "{\"shown_for\":7}", "{\"shown_for\":[1]}"}) {
        m_folder.write("state/signet/first-run.json", content);
        EXPECT_TRUE(file().opensByItself(kOne)) << content;
        file().remember(kOne);
        EXPECT_FALSE(file().opensByItself(kOne)) << content;
    }
}

TEST_F(FirstRunFileTest, unwritable_warnsOnly) {
    m_folder.write("state", "a file where the folder should be");
    file().remember(kOne);
    EXPECT_EQ(m_warnings, std::vector<std::string>{"file_unwritable"});
}

}  // namespace
}  // namespace signet
