// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/pcsc_socket.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace signet {

std::filesystem::path pcscSocketPath() {
    const char* name = std::getenv("PCSCLITE_CSOCK_NAME");
    return name == nullptr ? "/run/pcscd/pcscd.comm" : name;
}

PcscSocket pcscSocket(const std::filesystem::path& path) {
    if (::access(path.c_str(), R_OK | W_OK) == 0) return PcscSocket::present;
    return errno == EACCES || errno == EPERM ? PcscSocket::forbidden : PcscSocket::missing;
}

}  // namespace signet
