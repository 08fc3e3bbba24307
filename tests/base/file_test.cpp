// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

namespace signet {
namespace {

namespace fs = std::filesystem;

class File : public testing::Test {
protected:
    File() {
        std::string name = (fs::temp_directory_path() / "signet-file-XXXXXX").string();
        m_folder = ::mkdtemp(name.data());
    }
    ~File() override { fs::remove_all(m_folder); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    static unsigned modeOf(const fs::path& path) {
        struct stat status {};
        EXPECT_EQ(::stat(path.c_str(), &status), 0);
        return status.st_mode & 07777;
    }
    fs::path m_folder;
};

TEST_F(File, writtenAtomically_isPrivateAndWhole) {
    const auto path = m_folder / "a";
    ASSERT_TRUE(writeFileAtomically(path, "one"));
    ASSERT_TRUE(writeFileAtomically(path, "two"));
    EXPECT_EQ(readFile(path, 100).value(), "two");
    EXPECT_EQ(modeOf(path), 0600U);
    EXPECT_EQ(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()), 1);
}

TEST_F(File, writtenWhereNoFolderIs_isRefused) {
    const auto result = writeFileAtomically(m_folder / "none" / "a", "x");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, "file_unwritable");
}

TEST_F(File, newFile_isPublicAndNeverReplacesOne) {
    const auto path = m_folder / "a";
    ASSERT_TRUE(writeNewFile(path, "one"));
    EXPECT_EQ(modeOf(path), 0644U);
    const auto again = writeNewFile(path, "two");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::invalidRequest);
    EXPECT_EQ(again.error().reason, "file_exists");
    EXPECT_EQ(readFile(path, 100).value(), "one");
    fs::create_symlink(m_folder / "elsewhere", m_folder / "link");
    EXPECT_EQ(writeNewFile(m_folder / "link", "x").error().reason, "file_exists");
    EXPECT_FALSE(fs::exists(m_folder / "elsewhere"));
    EXPECT_EQ(writeNewFile(m_folder / "none" / "a", "x").error().reason, "file_unwritable");
    EXPECT_EQ(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()), 2);
}

TEST_F(File, read_namesWhatIsWrong) {
    EXPECT_EQ(readFile(m_folder / "none", 10).error().reason, "file_missing");
    EXPECT_EQ(readFile(m_folder, 10).error().reason, "file_unreadable");
    std::ofstream(m_folder / "big") << std::string(11, 'x');
    EXPECT_EQ(readFile(m_folder / "big", 10).error().reason, "file_too_large");
    EXPECT_TRUE(readFile(m_folder / "big", 11));
}

TEST_F(File, appendedLines_followNoSymbolicLink) {
    ASSERT_TRUE(appendLine(m_folder / "log", "one"));
    ASSERT_TRUE(appendLine(m_folder / "log", "two"));
    EXPECT_EQ(readFile(m_folder / "log", 100).value(), "one\ntwo\n");
    EXPECT_EQ(modeOf(m_folder / "log"), 0600U);
    fs::create_symlink(m_folder / "log", m_folder / "link");
    EXPECT_FALSE(appendLine(m_folder / "link", "three"));
    EXPECT_EQ(readFile(m_folder / "log", 100).value(), "one\ntwo\n");
}

/// No file may grow beyond `bytes` while it lives; that is an error of write, not a signal.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int);
};

TEST_F(File, lineThatDoesNotFit_leavesNoHalf) {
    ASSERT_TRUE(appendLine(m_folder / "log", "one"));
    Result<void> appended;
    {
        const FileSizeLimit limit(7);  // three bytes more
        appended = appendLine(m_folder / "log", "two and more");
    }
    ASSERT_FALSE(appended);
    EXPECT_EQ(appended.error().reason, "file_unwritable");
    EXPECT_EQ(readFile(m_folder / "log", 100).value(), "one\n");
    ASSERT_TRUE(appendLine(m_folder / "log", "three"));
    EXPECT_EQ(readFile(m_folder / "log", 100).value(), "one\nthree\n");
}

TEST_F(File, lineOnAFullDisk_isRefused) {
    const auto appended = appendLine("/dev/full", "one");
    ASSERT_FALSE(appended);
    EXPECT_EQ(appended.error().reason, "file_unwritable");
}

TEST_F(File, privateFolders_have0700) {
    ASSERT_TRUE(makePrivateFolder(m_folder / "x" / "y"));
    EXPECT_EQ(modeOf(m_folder / "x"), 0700U);
    EXPECT_EQ(modeOf(m_folder / "x" / "y"), 0700U);
    ASSERT_TRUE(writeFileAtomically(m_folder / "f", ""));
    EXPECT_FALSE(makePrivateFolder(m_folder / "f"));
}

}  // namespace
}  // namespace signet
