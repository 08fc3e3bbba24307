// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/library_file.hpp"

#include "pkcs11/pcsc_socket.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace signet {
namespace {

Bytes headOf(std::uint8_t bits, std::uint8_t order, std::uint8_t first, std::uint8_t second) {
    Bytes head{0x7F, 'E', 'L', 'F', bits, order};
    head.resize(16);
    head.insert(head.end(), {3, 0, first, second});
    return head;
}

TEST(ElfHead, machines_areToldApart) {
    const auto nameOf = [](BytesView head) {
        const auto parsed = parseElfHead(head);
        return parsed ? architectureName(*parsed) : std::string("none");
    };
    EXPECT_EQ(nameOf(headOf(2, 1, 62, 0)), "x86-64");
    EXPECT_EQ(nameOf(headOf(1, 1, 3, 0)), "x86 (32 bits)");
    EXPECT_EQ(nameOf(headOf(2, 1, 183, 0)), "arm64");
    EXPECT_EQ(nameOf(headOf(2, 1, 2, 1)), "loongarch64");
    EXPECT_EQ(nameOf(headOf(2, 1, 0x16, 0x99)), "sw_64");
    EXPECT_EQ(nameOf(headOf(2, 2, 0, 22)), "s390x");
    EXPECT_EQ(nameOf(headOf(2, 1, 0xFF, 0x7F)), "machine 32767");
    EXPECT_EQ(nameOf(headOf(3, 1, 62, 0)), "none");
    EXPECT_EQ(nameOf(headOf(2, 0, 62, 0)), "none");
    auto cut = headOf(2, 1, 62, 0);
    cut.pop_back();
    EXPECT_EQ(nameOf(cut), "none");
    EXPECT_EQ(nameOf({}), "none");
    EXPECT_EQ(nameOf(bytesOf("MZ a Windows library, long enough")), "none");
}

class InFolder : public ::testing::Test {
protected:
    InFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "signet-library-XXXXXX").string();
        m_folder = ::mkdtemp(name.data());
    }
    ~InFolder() override { std::filesystem::remove_all(m_folder); }
    std::filesystem::path write(const std::string& content) const {
        const auto path = m_folder / "lib.so";
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    std::filesystem::path m_folder;
};

using LibraryFileTest = InFolder;
using PcscSocketTest = InFolder;

TEST_F(LibraryFileTest, skfLibrary_isToldFromAPkcs11Module) {
    const auto head = headOf(2, 1, 62, 0);
    const std::string start(head.begin(), head.end());
    EXPECT_TRUE(inspectLibrary(write(start + "..SKF_EnumDev.."), true)->isSkf);
    EXPECT_FALSE(inspectLibrary(write(start + "..SKF_EnumDev.."))->isSkf);
    EXPECT_FALSE(inspectLibrary(write(start + "SKF_EnumDev C_GetFunctionList"), true)->isSkf);
    EXPECT_FALSE(inspectLibrary(write(start), true)->isSkf);
}

TEST_F(LibraryFileTest, file_isToldWithModeAndHead) {
    const auto path = write("short");
    ::chmod(path.c_str(), 0640);
    const auto file = inspectLibrary(path);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->mode, 0640U);
    EXPECT_EQ(file->owner, ::geteuid());
    EXPECT_EQ(file->bytes, 5U);
    EXPECT_FALSE(file->elf);
    EXPECT_FALSE(inspectLibrary(m_folder));
    EXPECT_FALSE(inspectLibrary(m_folder / "absent"));
    EXPECT_TRUE(ownElfHead());
}

/// The words of glibc's linker; tests/e2e/doctor_test.py has them from a real library.
TEST(LoadFailure, linkersWords_nameTheMissingLibrary) {
    const auto causeOf = [](const char* detail) {
        return loadFailureOf({ErrorCode::moduleFailed, "load_failed", detail});
    };
    const auto missing =
        causeOf("libpcsclite.so.1: cannot open shared object file: No such file or directory");
    EXPECT_EQ(missing.cause, LoadFailure::Cause::missingLibrary);
    EXPECT_EQ(missing.library, "libpcsclite.so.1");
    EXPECT_EQ(causeOf("/opt/x.so: cannot open shared object file: No such file").cause,
              LoadFailure::Cause::other);
    EXPECT_EQ(causeOf("it has no C_GetFunctionList: not a PKCS#11 module").cause,
              LoadFailure::Cause::notPkcs11);
    EXPECT_EQ(causeOf("/opt/x.so: undefined symbol: foo").cause, LoadFailure::Cause::other);
    EXPECT_EQ(causeOf("").cause, LoadFailure::Cause::other);
}

TEST_F(PcscSocketTest, socket_isMissingForbiddenOrThere) {
    EXPECT_EQ(pcscSocket(m_folder / "pcscd.comm"), PcscSocket::missing);
    const auto path = write("");
    EXPECT_EQ(pcscSocket(path), PcscSocket::present);
    if (::geteuid() == 0) GTEST_SKIP() << "root may everything";
    ::chmod(path.c_str(), 0);
    EXPECT_EQ(pcscSocket(path), PcscSocket::forbidden);
}

}  // namespace
}  // namespace signet
