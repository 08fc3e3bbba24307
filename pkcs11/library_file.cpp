// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/library_file.hpp"

#include "base/file.hpp"

#include <elf.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace signet {
namespace {

constexpr std::size_t kMaxLibraryBytes = std::size_t{64} * 1024 * 1024;
/// Identification, type and machine; the rest differs with the word length.
constexpr std::size_t kHeadBytes = EI_NIDENT + 4;

struct Machine {
    std::uint16_t number;
    std::string_view name64;
    std::string_view name32;
};
/// LoongArch is newer than the elf.h of old systems; Sunway is not in any.
constexpr std::array kMachines{Machine{EM_X86_64, "x86-64", "x32"},
                               Machine{EM_386, "x86", "x86 (32 bits)"},
                               Machine{EM_AARCH64, "arm64", "arm64 (32 bits)"},
                               Machine{EM_ARM, "arm", "arm (32 bits)"},
                               Machine{EM_MIPS, "mips64", "mips (32 bits)"},
                               Machine{258, "loongarch64", "loongarch (32 bits)"},
                               Machine{EM_RISCV, "riscv64", "riscv (32 bits)"},
                               Machine{EM_PPC64, "ppc64", "ppc"},
                               Machine{EM_S390, "s390x", "s390"},
                               Machine{0x9916, "sw_64", "sw (32 bits)"}};

std::optional<ElfHead> readElfHead(const std::filesystem::path& path) {
    std::array<char, kHeadBytes> start{};
    std::ifstream file(path, std::ios::binary);
    file.read(start.data(), start.size());
    const auto count = static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0));
    return parseElfHead(BytesView(reinterpret_cast<const std::uint8_t*>(start.data()), count));
}

bool namesSkfOnly(const std::filesystem::path& path) {
    const auto content = readFile(path, kMaxLibraryBytes);
    return content && content->find("SKF_EnumDev") != std::string::npos &&
           content->find("C_GetFunctionList") == std::string::npos;
}

}  // namespace

std::optional<ElfHead> parseElfHead(BytesView start) {
    constexpr std::array<std::uint8_t, 4> kMagic{0x7F, 'E', 'L', 'F'};
    if (start.size() < kHeadBytes || !std::equal(kMagic.begin(), kMagic.end(), start.begin()))
        return std::nullopt;
    if (start[EI_CLASS] != ELFCLASS32 && start[EI_CLASS] != ELFCLASS64) return std::nullopt;
    if (start[EI_DATA] != ELFDATA2LSB && start[EI_DATA] != ELFDATA2MSB) return std::nullopt;
    ElfHead head{.bits = start[EI_CLASS] == ELFCLASS64 ? 64 : 32,
                 .isLittleEndian = start[EI_DATA] == ELFDATA2LSB};
    const auto first = start[EI_NIDENT + 2];
    const auto second = start[EI_NIDENT + 3];
    head.machine =
        static_cast<std::uint16_t>(head.isLittleEndian ? first | second << 8U : first << 8U | second);
    return head;
}

std::string architectureName(const ElfHead& head) {
    const auto found = std::find_if(kMachines.begin(), kMachines.end(),
                                    [&](const Machine& row) { return row.number == head.machine; });
    if (found == kMachines.end()) return "machine " + std::to_string(head.machine);
    return std::string(head.bits == 64 ? found->name64 : found->name32);
}

std::optional<ElfHead> ownElfHead() {
    return readElfHead("/proc/self/exe");
}

std::optional<LibraryFile> inspectLibrary(const std::filesystem::path& path, bool looksForSkf) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    LibraryFile file{.mode = status.st_mode & 07777U,
                     .owner = status.st_uid,
                     .group = status.st_gid,
                     .bytes = static_cast<std::uint64_t>(status.st_size)};
    file.elf = readElfHead(path);
    file.isSkf = looksForSkf && namesSkfOnly(path);
    return file;
}

/// The linker says "LIBRARY: cannot open shared object file: No such file or directory", and names the module
/// itself with its whole path.
LoadFailure loadFailureOf(const Error& error) {
    constexpr std::string_view kMissing = ": cannot open shared object file";
    if (error.detail.find("C_GetFunctionList: not a PKCS#11 module") != std::string::npos)
        return {LoadFailure::Cause::notPkcs11, {}};
    const auto end = error.detail.find(kMissing);
    if (end == std::string::npos) return {};
    const auto space = error.detail.rfind(' ', end);
    const auto begin = space == std::string::npos ? 0 : space + 1;
    auto library = error.detail.substr(begin, end - begin);
    if (library.empty() || library.front() == '/') return {};
    return {LoadFailure::Cause::missingLibrary, std::move(library)};
}

}  // namespace signet
