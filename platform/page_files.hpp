// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <span>
#include <string_view>

namespace signet {

/// A file of platform/pages/ that was compiled in.
struct PageFile {
    std::string_view name;
    std::string_view content;
};

std::span<const PageFile> pageFiles();
/// Empty when there is no such file.
std::string_view pageFile(std::string_view name);

}  // namespace signet
