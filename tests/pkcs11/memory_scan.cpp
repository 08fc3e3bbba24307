// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/pkcs11/memory_scan.hpp"

#include "base/encoding.hpp"
#include "base/fd.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace signet::test {
namespace {

constexpr std::size_t kNeedleBytes = 24;
constexpr std::size_t kBlockBytes = 1 << 20;
/// The pages that the kernel shares with every process; they cannot be read through /proc.
constexpr std::string_view kUnreadable[] = {"[vvar]", "[vsyscall]", "[vvar_vclock]"};

/// Beyond this it is the shadow of a sanitizer: terabytes of which almost nothing is there.
constexpr std::uint64_t kMaxMappingBytes = 4ULL << 30;

tl::unexpected<Error> noRights(const std::string& path) {
    return fail(ErrorCode::internalError, path + ": " + std::strerror(errno), "no_rights");
}

void findIn(const std::uint8_t* block, std::size_t size, std::size_t first, const std::string& mapping,
            const Needle& needle, Scan& scan) {
    if (size < needle.size()) return;
    const auto* const end = block + size - needle.size() + 1;
    for (const auto* at = block; at < end; ++at) {
        at = static_cast<const std::uint8_t*>(
            std::memchr(at, needle.firstCharacter(), static_cast<std::size_t>(end - at)));
        if (at == nullptr) return;
        if (needle.isAt(at)) scan.hits.push_back({mapping, first + static_cast<std::size_t>(at - block)});
    }
}

/// One mapping, block after block; a needle across the border is seen, because blocks overlap.
void scanMapping(int memory, std::uint64_t begin, std::uint64_t end, const std::string& mapping,
                 const Needle& needle, Scan& scan) {
    static std::vector<std::uint8_t> block(kBlockBytes + kNeedleBytes);
    for (std::uint64_t at = begin; at < end; at += kBlockBytes) {
        const auto wanted = std::min<std::uint64_t>(end - at, block.size());
        const auto got = ::pread(memory, block.data(), wanted, static_cast<off_t>(at));
        if (got <= 0) return;  // a page that is not there, for example beyond the end of a mapped file
        findIn(block.data(), static_cast<std::size_t>(got), at - begin, mapping, needle, scan);
        scan.scannedBytes += std::min<std::size_t>(static_cast<std::size_t>(got), kBlockBytes);
    }
    std::memset(block.data(), 0, block.size());
}

bool isReadable(const std::string& line) {
    for (const auto name : kUnreadable)
        if (line.ends_with(name)) return false;
    const auto space = line.find(' ');
    return space != std::string::npos && line[space + 1] == 'r';
}

}  // namespace

Needle::Needle() : m_masked(kNeedleBytes), m_mask(kNeedleBytes) {
    constexpr std::string_view kAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    RAND_bytes(m_mask.data(), static_cast<int>(m_mask.size()));
    for (std::size_t i = 0; i < kNeedleBytes; ++i) {
        std::uint8_t random = 0;
        RAND_bytes(&random, 1);
        m_masked[i] = static_cast<std::uint8_t>(kAlphabet[random % kAlphabet.size()]) ^ m_mask[i];
    }
}

SecretBytes Needle::typed() const {
    SecretBytes pin(m_masked.size());
    for (std::size_t i = 0; i < m_masked.size(); ++i) pin.data()[i] = m_masked[i] ^ m_mask[i];
    return pin;
}

std::string Needle::sha256() const {
    const SecretBytes pin = typed();
    std::array<std::uint8_t, 32> digest{};
    EVP_Digest(pin.data(), pin.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return toHex(digest);
}

std::uint8_t Needle::firstCharacter() const {
    return m_masked.front() ^ m_mask.front();
}

bool Needle::isAt(const std::uint8_t* bytes) const {
    for (std::size_t i = 0; i < m_masked.size(); ++i)
        if ((bytes[i] ^ m_mask[i]) != m_masked[i]) return false;
    return true;
}

Result<Scan> scanMemory(pid_t process, const Needle& needle) {
    const std::string folder = "/proc/" + std::to_string(process);
    const Fd memory(::open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
    std::ifstream maps(folder + "/maps");
    if (!memory.isOpen() || !maps) return noRights(folder);
    // All lines first: scanning takes memory itself.
    std::vector<std::string> lines;
    for (std::string line; std::getline(maps, line);) lines.push_back(line);
    Scan scan;
    for (const auto& line : lines) {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        if (isReadable(line) && std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64, &begin, &end) == 2 &&
            end - begin <= kMaxMappingBytes)
            scanMapping(memory.get(), begin, end, line, needle, scan);
    }
    return scan;
}

Result<std::size_t> countInFile(const std::string& path, const Needle& needle) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return noRights(path);
    const std::vector<char> content{std::istreambuf_iterator<char>(file), {}};
    Scan scan;
    findIn(reinterpret_cast<const std::uint8_t*>(content.data()), content.size(), 0, path, needle, scan);
    return scan.hits.size();
}

}  // namespace signet::test
