// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/companion_program.hpp"

#include <system_error>

namespace signet {

std::filesystem::path companionProgram(std::string_view name) {
    std::error_code fault;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", fault);
    const auto beside = self.parent_path() / name;
    if (!fault && std::filesystem::is_regular_file(beside, fault)) return beside;
    return std::filesystem::path(SIGNET_LIBEXECDIR) / name;
}

}  // namespace signet
