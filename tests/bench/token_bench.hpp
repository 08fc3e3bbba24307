// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace signet::bench {

/// The value; a benchmark that cannot go on ends with the reason.
template <class T>
T must(Result<T> result, const char* what) {
    if (!result) {
        std::fprintf(stderr, "%s: %s\n", what, result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline void must(CK_RV rv, const char* what) {
    if (rv == CKR_OK) return;
    std::fprintf(stderr, "%s: 0x%lx\n", what, rv);
    std::exit(1);
}

inline std::filesystem::path hostProgram() {
    const char* folder = std::getenv("SIGNET_BIN");
    if (folder == nullptr) {
        std::fputs("SIGNET_BIN is not set\n", stderr);
        std::exit(1);
    }
    return std::filesystem::path(folder) / "signet-token-host";
}

}  // namespace signet::bench
