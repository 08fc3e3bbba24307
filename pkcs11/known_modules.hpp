// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace signet {

/// The lines of data/known_modules.txt; "{lib}" stands for a library folder.
std::span<const std::string_view> knownModules();

/// Those of `patterns` that exist, "{lib}" replaced by each of `libraryFolders`.
std::vector<std::filesystem::path> existingModules(std::span<const std::string_view> patterns,
                                                   std::span<const std::filesystem::path> libraryFolders);

/// The library folders of this system.
std::vector<std::filesystem::path> systemLibraryFolders();

}  // namespace signet
