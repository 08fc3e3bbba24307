// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/companion_program.hpp"
#include "pkcs11/token_host_client.hpp"

namespace signet {

std::filesystem::path tokenHostProgram() {
    return companionProgram("signet-token-host");
}

}  // namespace signet
