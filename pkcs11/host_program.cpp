// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_host_client.hpp"

#include <system_error>

namespace signet {

std::filesystem::path tokenHostProgram() {
    constexpr const char* kName = "signet-token-host";
    std::error_code fault;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", fault);
    const auto beside = self.parent_path() / kName;
    if (!fault && std::filesystem::is_regular_file(beside, fault)) return beside;
    return std::filesystem::path(SIGNET_LIBEXECDIR) / kName;
}

}  // namespace signet
