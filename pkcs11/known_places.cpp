// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/known_modules.hpp"

#include <string>
#include <system_error>

namespace signet {

std::vector<std::filesystem::path> systemLibraryFolders() {
    std::vector<std::filesystem::path> folders;
    const std::string architecture = SIGNET_LIBRARY_ARCHITECTURE;
    if (!architecture.empty()) folders.push_back(std::filesystem::path("/usr/lib") / architecture);
    for (const char* folder : {"/usr/lib64", "/usr/lib", "/usr/local/lib64", "/usr/local/lib"})
        folders.emplace_back(folder);
    return folders;
}

std::vector<std::filesystem::path> existingModules(std::span<const std::string_view> patterns,
                                                   std::span<const std::filesystem::path> libraryFolders) {
    constexpr std::string_view kFolder = "{lib}/";
    std::vector<std::filesystem::path> found;
    const auto addIfThere = [&found](const std::filesystem::path& path) {
        std::error_code fault;
        if (std::filesystem::is_regular_file(path, fault)) found.push_back(path);
    };
    for (const auto pattern : patterns) {
        if (!pattern.starts_with(kFolder))
            addIfThere(pattern);
        else
            for (const auto& folder : libraryFolders) addIfThere(folder / pattern.substr(kFolder.size()));
    }
    return found;
}

}  // namespace signet
