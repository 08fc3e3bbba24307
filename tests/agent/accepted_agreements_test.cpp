// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/accepted_agreements.hpp"

#include "cli_test_folder.hpp"
#include "tests/doubles/scripted_loop.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace signet {
namespace {

class AcceptedAgreementsTest : public testing::Test {
protected:
    AcceptedAgreementsFile file() {
        return {m_path, m_clock, [this](const Error& error) { m_warnings.push_back(error.reason); }};
    }
    TestFolder m_folder;
    FakeClock m_clock;
    std::filesystem::path m_path = m_folder / "state/signet/agreements.json";
    std::vector<std::string> m_warnings;
};

TEST_F(AcceptedAgreementsTest, accepted_isKeptByIssuerAndCertificate) {  // R63
    file().accept("https://a.test", "c1", {{"ua", "2026-09", "h1"}, {"pp", "1", "h2"}});
    file().accept("https://a.test", "c2", {{"ua", "2025-01", "h0"}});
    file().accept("https://a.test", "c1", {{"ua", "2026-10", "h3"}});
    const auto first = file().accepted("https://a.test", "c1");
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].id, "ua");
    EXPECT_EQ(first[0].version, "2026-10");
    EXPECT_EQ(first[0].sha256, "h3");
    EXPECT_EQ(file().accepted("https://a.test", "c2").at(0).version, "2025-01");
    EXPECT_TRUE(file().accepted("https://b.test", "c1").empty());
    struct stat status {};
    ASSERT_EQ(::stat(m_path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_TRUE(m_warnings.empty());
}

// R02: what, which text, when.
TEST_F(AcceptedAgreementsTest, time_isThatOfTheFirstAcceptance) {
    m_clock.time = TimePoint(std::chrono::seconds(1'790'000'000));
    file().accept("https://a.test", "c1", {{"ua", "2026-09", "h1"}});
    m_clock.time += std::chrono::hours(24);
    file().accept("https://a.test", "c1", {{"ua", "2026-09", "h1"}, {"pp", "1", "h2"}});
    const auto text = m_folder.read("state/signet/agreements.json");
    EXPECT_NE(text.find(R"("accepted_at": "2026-09-21T14:13:20Z")"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("accepted_at": "2026-09-22T14:13:20Z")"), std::string::npos) << text;
    file().accept("https://a.test", "c1", {{"ua", "2026-09", "h9"}, {"pp", "1", "h2"}});
    EXPECT_EQ(m_folder.read("state/signet/agreements.json").find("2026-09-21"), std::string::npos)
        << "another text is another acceptance";
    EXPECT_EQ(file().accepted("https://a.test", "c1").size(), 2U);
}

TEST_F(AcceptedAgreementsTest, brokenFile_countsAsEmptyAndIsReplaced) {
    for (const auto* content :
         {"", "{", "[1]", "{\"https://a.test\":[]}", "{\"https://a.test\":{\"c\":{\"x\":1}}}"}) {
        m_folder.write("state/signet/agreements.json", content);
        EXPECT_TRUE(file().accepted("https://a.test", "c").empty()) << content;
        file().accept("https://a.test", "c", {{"ua", "1", "h"}});
        EXPECT_EQ(file().accepted("https://a.test", "c").size(), 1U) << content;
    }
}

TEST_F(AcceptedAgreementsTest, unwritable_warnsOnly) {
    m_folder.write("state", "a file where the folder should be");
    file().accept("https://a.test", "c", {{"ua", "1", "h"}});
    EXPECT_EQ(m_warnings, std::vector<std::string>{"file_unwritable"});
}

}  // namespace
}  // namespace signet
