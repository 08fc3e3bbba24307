// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace signet {

/// The whole of a regular file. Units: bytes. Errors: configurationInvalid with reason "file_missing",
/// "file_too_large" or "file_unreadable".
Result<std::string> readFile(const std::filesystem::path& path, std::size_t maxBytes);

/// Writes a file as a whole or not at all: a temporary file beside it (mode 0600, no symbolic link followed),
/// fsync, rename, fsync of the folder. Errors: internalError with reason "file_unwritable".
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content);

/// The same for a file that must not be there yet (mode 0644): whoever is first wins.
/// Errors: invalidRequest with reason "file_exists"; internalError with reason "file_unwritable".
Result<void> writeNewFile(const std::filesystem::path& path, std::string_view content);

/// Makes a folder and its parents, each new one with mode 0700. Errors: internalError with reason
/// "file_unwritable".
Result<void> makePrivateFolder(const std::filesystem::path& path);

/// Adds one line to a file of mode 0600 with a single write, so that lines of several processes do not mix;
/// symbolic links are not followed. What was written of a line that did not fit (disk full) is cut off again;
/// with several writers the caller holds a lock, or that could cut off the line of another.
/// Errors: internalError with reason "file_unwritable".
Result<void> appendLine(const std::filesystem::path& path, std::string_view line);

}  // namespace signet
