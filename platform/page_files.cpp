// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/page_files.hpp"

#include "platform/builtin_pages.hpp"

namespace signet {

std::span<const PageFile> pageFiles() {
    return kBuiltinPageFiles;
}

std::string_view pageFile(std::string_view name) {
    for (const auto& file : pageFiles())
        if (file.name == name) return file.content;
    return {};
}

}  // namespace signet
