// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace signet {

/// The head of a library in ELF. Source: System V ABI, chapter 4, "ELF header".
struct ElfHead {
    int bits = 64;
    bool isLittleEndian = true;
    std::uint16_t machine = 0;  ///< e_machine

    friend bool operator==(const ElfHead&, const ElfHead&) = default;
};

/// nullopt: not ELF.
std::optional<ElfHead> parseElfHead(BytesView start);
/// "x86-64", "arm64", "loongarch64", "x86 (32 bits)", …; the number where we have no name.
std::string architectureName(const ElfHead& head);
/// Of the running program, whose libraries must be the same.
std::optional<ElfHead> ownElfHead();

/// A module's file, looked at without loading it.
struct LibraryFile {
    std::uint32_t mode = 0;
    std::uint32_t owner = 0;
    std::uint32_t group = 0;
    std::uint64_t bytes = 0;
    std::optional<ElfHead> elf{};  ///< nullopt: not ELF
    bool isSkf = false;  ///< functions of GM/T 0016 and no C_GetFunctionList; looked for where asked
};

/// nullopt where it cannot be read. `looksForSkf` reads the whole file (up to 64 MiB).
std::optional<LibraryFile> inspectLibrary(const std::filesystem::path& path, bool looksForSkf = false);

/// Why a module did not load, from the error of Module::load.
struct LoadFailure {
    enum class Cause { missingLibrary, notPkcs11, other };
    Cause cause = Cause::other;
    std::string library{};  ///< the missing one
};
LoadFailure loadFailureOf(const Error& error);

}  // namespace signet
