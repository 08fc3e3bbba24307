// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/test_pki/test_pki.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace signet {

struct WriteOptions {
    std::filesystem::path folder;
    std::vector<std::string> names{};     ///< of TestPki::names(); empty = all
    std::vector<std::string> tlsNames{};  ///< beside localhost, its addresses and uc.example.test
};

/// Writes the PKI as files (certs/test_pki/README.md names them) and manifest.json. Ends the process when a
/// file cannot be written.
void writeTestPki(TestPki& pki, const WriteOptions& options);

}  // namespace signet
