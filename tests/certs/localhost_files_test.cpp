// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/localhost_certificate.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace signet {
namespace {

const TimePoint kToday = SystemClock().now();
constexpr std::chrono::hours kDay{24};

class LocalhostFilesTest : public testing::Test {
protected:
    LocalhostFilesTest() {
        std::string name = (std::filesystem::temp_directory_path() / "signet-certs-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        files = localhostFiles(folder / "localhost");
    }
    ~LocalhostFilesTest() override { std::filesystem::remove_all(folder); }

    static std::string read(const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static void write(const std::filesystem::path& path, const std::string& text) {
        std::ofstream(path, std::ios::binary) << text;
    }
    static unsigned modeOf(const std::filesystem::path& path) {
        struct stat status {};
        return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
    }
    bool isWhole(TimePoint now = kToday) const { return checkLocalhostFiles(files, now).has_value(); }
    void keep(TimePoint now = kToday) { ASSERT_EQ(keepLocalhostFiles(files, now), true); }

    std::filesystem::path folder;
    LocalhostFiles files;
};

TEST_F(LocalhostFilesTest, noPair_isMadeOnceAndKept) {
    EXPECT_FALSE(isWhole());
    keep();
    const auto server = read(files.server);
    EXPECT_EQ(checkLocalhostFiles(files, kToday), kToday + kLocalhostLife);
    EXPECT_EQ(keepLocalhostFiles(files, kToday), false);
    EXPECT_EQ(read(files.server), server);
}

// R45: attack 54
TEST_F(LocalhostFilesTest, files_areTheUsersAlone) {
    keep();
    EXPECT_EQ(modeOf(files.server), 0600U);
    EXPECT_EQ(modeOf(files.authority), 0600U);
    EXPECT_EQ(modeOf(folder / "localhost"), 0700U);
}

// attack 47
TEST_F(LocalhostFilesTest, keyOfTheAuthority_isInNoFile) {
    keep();
    EXPECT_EQ(read(files.authority).find("PRIVATE"), std::string::npos);
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "localhost")) {
        ++count;
        const auto text = read(entry.path());
        EXPECT_EQ(text.find("BEGIN PRIVATE"), text.rfind("BEGIN PRIVATE"));
    }
    EXPECT_EQ(count, 2U);
}

// R45: attack 49
TEST_F(LocalhostFilesTest, pairWithSixtyDaysLeft_isRenewed) {
    keep();
    const auto end = kToday + kLocalhostLife;
    EXPECT_EQ(keepLocalhostFiles(files, end - kDay * 61), false);
    const auto later = end - kDay * 60;
    EXPECT_TRUE(isWhole(later)) << "it still serves";
    EXPECT_EQ(keepLocalhostFiles(files, later), true);
    EXPECT_EQ(checkLocalhostFiles(files, later), later + kLocalhostLife);
}

TEST_F(LocalhostFilesTest, pairOutsideItsDates_isBrokenAndReplaced) {
    keep();
    EXPECT_FALSE(isWhole(kToday + kLocalhostLife));
    EXPECT_FALSE(isWhole(kToday - kDay * 2));
    EXPECT_EQ(keepLocalhostFiles(files, kToday - kDay * 2), true) << "made under a clock that ran ahead";
}

TEST_F(LocalhostFilesTest, brokenPair_isNamedAndReplaced) {
    const auto other = localhostFiles(folder / "other");
    ASSERT_TRUE(keepLocalhostFiles(other, kToday));
    const auto key = [&] {
        const auto text = read(other.server);
        return text.substr(text.find("-----BEGIN PRIVATE"));
    };
    keep();
    const auto whole = read(files.server);
    const auto certificate = whole.substr(0, whole.find("-----BEGIN PRIVATE"));
    for (const auto& text : {std::string(), std::string("text"), certificate,
                             whole.substr(certificate.size()), certificate + key(), read(other.server),
                             whole.substr(0, whole.size() / 2), whole + std::string(70'000, '\n')}) {
        write(files.server, text);
        const auto checked = checkLocalhostFiles(files, kToday);
        ASSERT_FALSE(checked) << text.size();
        EXPECT_EQ(checked.error().code, ErrorCode::configurationInvalid);
        EXPECT_EQ(checked.error().detail.find("PRIVATE"), std::string::npos);
        EXPECT_EQ(keepLocalhostFiles(files, kToday), true);
        EXPECT_TRUE(isWhole());
        write(files.server, whole);
    }
}

TEST_F(LocalhostFilesTest, authorityThatIsAnothers_isReplaced) {
    const auto other = localhostFiles(folder / "other");
    ASSERT_TRUE(keepLocalhostFiles(other, kToday));
    for (const auto& text : {read(other.authority), std::string(), std::string("x")}) {
        (void)keepLocalhostFiles(files, kToday);
        write(files.authority, text);
        EXPECT_FALSE(isWhole());
        EXPECT_EQ(keepLocalhostFiles(files, kToday), true);
        EXPECT_TRUE(isWhole());
    }
    std::filesystem::remove(files.authority);
    EXPECT_EQ(keepLocalhostFiles(files, kToday), true);
}

// R45: attack 54
TEST_F(LocalhostFilesTest, keyThatOthersMayReadOrWrite_isNotUsed) {
    keep();
    for (const mode_t mode : {0644, 0604, 0602, 0660, 0620, 0666, 0700, 0610, 0601}) {
        ASSERT_EQ(::chmod(files.server.c_str(), mode), 0);
        EXPECT_FALSE(isWhole()) << mode;
    }
    EXPECT_EQ(keepLocalhostFiles(files, kToday), true);
    EXPECT_EQ(modeOf(files.server), 0600U);
    ASSERT_EQ(::chmod(files.server.c_str(), 0640), 0);
    EXPECT_TRUE(isWhole()) << "a group may read the pair of a machine";
}

// R45: attack 54
TEST_F(LocalhostFilesTest, keyOfAnotherUser_isNotUsed) {
    if (::geteuid() != 0) GTEST_SKIP() << "not root";
    keep();
    ASSERT_EQ(::chown(files.server.c_str(), 65534, 65534), 0);
    for (const mode_t mode : {0600, 0640}) {
        ASSERT_EQ(::chmod(files.server.c_str(), mode), 0);
        EXPECT_FALSE(isWhole()) << mode;
    }
}

// attack 54
TEST_F(LocalhostFilesTest, symbolicLinks_areReplacedAndNotFollowed) {
    const auto other = localhostFiles(folder / "other");
    ASSERT_TRUE(keepLocalhostFiles(other, kToday));
    const auto before = read(other.server);
    std::filesystem::create_directory(folder / "localhost");
    std::filesystem::create_symlink(other.server, files.server);
    std::filesystem::create_symlink(other.authority, files.authority);
    EXPECT_FALSE(isWhole());
    EXPECT_EQ(keepLocalhostFiles(files, kToday), true);
    EXPECT_EQ(read(other.server), before);
    EXPECT_TRUE(std::filesystem::is_regular_file(std::filesystem::symlink_status(files.server)));
    EXPECT_TRUE(isWhole());
}

// attack 54
TEST_F(LocalhostFilesTest, folderThatCannotBeWritten_isNamed) {
    write(folder / "file", "");
    const auto kept = keepLocalhostFiles(localhostFiles(folder / "file/localhost"), kToday);
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, ErrorCode::internalError);
    EXPECT_EQ(kept.error().reason, "file_unwritable");
}

}  // namespace
}  // namespace signet
