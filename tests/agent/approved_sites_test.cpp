// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/approved_sites.hpp"

#include "cli_test_folder.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace signet {
namespace {

const std::string kSiteA = "https://a.example.test";
const std::string kSiteB = "https://b.example.test:8443";

unsigned modeOf(const std::filesystem::path& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

TEST(ApprovedSites, approval_isRememberedByTheNextProgram) {
    const TestFolder folder;
    const auto file = folder / "state/signet/sites.json";
    ApprovedSites sites(file, {});
    EXPECT_FALSE(sites.isApproved(kSiteA));
    sites.approve(kSiteA);
    sites.approve(kSiteB);
    sites.approve(kSiteA);
    const ApprovedSites again(file, {});
    EXPECT_EQ(again.origins(), (std::vector{kSiteA, kSiteB}));
    EXPECT_TRUE(again.isApproved(kSiteB));
    EXPECT_FALSE(again.isApproved("https://a.example.test:8443"));
    EXPECT_FALSE(again.isApproved("https://A.example.test"));
}

// attack 54
TEST(ApprovedSites, fileAndFolder_areTheUsersAlone) {
    const TestFolder folder;
    const auto file = folder / "signet/sites.json";
    ApprovedSites(file, {}).approve(kSiteA);
    EXPECT_EQ(modeOf(file), 0600U);
    EXPECT_EQ(modeOf(file.parent_path()), 0700U);
}

// attack 54
TEST(ApprovedSites, symbolicLink_isReplacedAndNotFollowed) {
    const TestFolder folder;
    const auto target = folder.write("target", "[]");
    std::filesystem::create_symlink(target, folder / "sites.json");
    ApprovedSites(folder / "sites.json", {}).approve(kSiteA);
    EXPECT_EQ(folder.read("target"), "[]");
    EXPECT_TRUE(std::filesystem::is_regular_file(std::filesystem::symlink_status(folder / "sites.json")));
    EXPECT_TRUE(ApprovedSites(folder / "sites.json", {}).isApproved(kSiteA));
}

TEST(ApprovedSites, fileThatIsBroken_countsAsEmptyAndIsWrittenAnew) {
    for (const auto& content :
         {std::string(), std::string("["), std::string("{}"), std::string("null"),
          std::string("\"https://a.example.test\""), std::string(R"({"https://a.example.test":true})"),
          std::string(R"([["https://a.example.test"]])"),
          std::string("\xEF\xBB\xBF[\"https://a.example.test\"]"), "[" + std::string(1000, '['),
          "[\"https://a.example.test\"]" + std::string(300'000, ' ')}) {
        const TestFolder folder;
        const auto file = folder.write("sites.json", content);
        ApprovedSites sites(file, {});
        EXPECT_TRUE(sites.origins().empty()) << content.substr(0, 40);
        sites.approve(kSiteB);
        EXPECT_EQ(ApprovedSites(file, {}).origins(), std::vector{kSiteB});
    }
}

TEST(ApprovedSites, whatIsNoOriginInTheFile_isPassedOver) {
    const TestFolder folder;
    const auto file =
        folder.write("sites.json", R"(["null","*","https://*.example.test","http://a.example.test",
        "https://a.example.test/","https://A.example.test","signet:agent","",17,null,true,{},
        "https://a.example.test\u0000","https://a.example.test\n","\u202e","https://a.example.test"])");
    EXPECT_EQ(ApprovedSites(file, {}).origins(), std::vector{kSiteA});
}

// attack 56
TEST(ApprovedSites, revocation_isWrittenAtOnce) {
    const TestFolder folder;
    const auto file = folder.write("sites.json", R"(["https://a.example.test","https://a.example.test"])");
    ApprovedSites sites(file, {});
    EXPECT_EQ(sites.revoke(kSiteB), false);
    EXPECT_EQ(sites.revoke(kSiteA), true);
    EXPECT_FALSE(sites.isApproved(kSiteA));
    EXPECT_FALSE(ApprovedSites(file, {}).isApproved(kSiteA));
    EXPECT_EQ(sites.revoke(kSiteA), false);
}

// attack 54: also as root, who may write everywhere else.
TEST(ApprovedSites, fileThatCannotBeWritten_isToldAndHoldsForThisProgram) {
    const TestFolder folder;
    std::vector<Error> warnings;
    ApprovedSites sites(folder.write("file", "") / "sites.json",
                        [&](const Error& error) { warnings.push_back(error); });
    sites.approve(kSiteA);
    EXPECT_TRUE(sites.isApproved(kSiteA));
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0].reason, "file_unwritable");
    const auto revoked = sites.revoke(kSiteA);
    ASSERT_FALSE(revoked);
    EXPECT_EQ(revoked.error().reason, "file_unwritable");
    EXPECT_FALSE(sites.isApproved(kSiteA)) << "what the user took back does not hold, whatever the disk says";
}

// attack 55
TEST(ApprovedSites, list_doesNotGrowWithoutEnd) {
    ApprovedSites sites({}, {});
    for (int i = 0; i < 1100; ++i) sites.approve("https://s" + std::to_string(i) + ".example.test");
    EXPECT_EQ(sites.origins().size(), 1000U);
}

TEST(ApprovedSites, place_isBelowTheStateFolder) {
    const char* old = std::getenv("XDG_STATE_HOME");
    const std::string kept = old == nullptr ? "" : old;
    ::setenv("XDG_STATE_HOME", "/state", 1);
    EXPECT_EQ(defaultApprovedSitesFile(), "/state/signet/sites.json");
    old == nullptr ? ::unsetenv("XDG_STATE_HOME") : ::setenv("XDG_STATE_HOME", kept.c_str(), 1);
}

}  // namespace
}  // namespace signet
