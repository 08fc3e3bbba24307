// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signet::test {

/// A distinctive PIN that no memory of this process holds as it is: only masked, until it is typed.
class Needle {
public:
    /// 24 characters, made anew for each object.
    Needle();
    /// The PIN itself, in memory that wipes itself.
    SecretBytes typed() const;
    /// Lower-case hexadecimal; the PIN is wiped again before this returns.
    std::string sha256() const;
    /// Whether `bytes` begin with the PIN; never builds it.
    bool isAt(const std::uint8_t* bytes) const;
    /// One character alone gives nothing away, and finds candidates fast.
    std::uint8_t firstCharacter() const;
    std::size_t size() const { return m_masked.size(); }

private:
    std::vector<std::uint8_t> m_masked;
    std::vector<std::uint8_t> m_mask;
};

struct ScanHit {
    std::string mapping;  ///< the line of /proc/PID/maps
    std::size_t offset = 0;
};

struct Scan {
    std::size_t scannedBytes = 0;
    std::vector<ScanHit> hits{};
};

/// Looks for the needle in every readable mapping of a process. Errors: internalError with reason "no_rights"
/// when this user may not read its memory.
Result<Scan> scanMemory(pid_t process, const Needle& needle);
/// The needle in a file of /proc such as environ and cmdline. Errors: as scanMemory().
Result<std::size_t> countInFile(const std::string& path, const Needle& needle);

}  // namespace signet::test
