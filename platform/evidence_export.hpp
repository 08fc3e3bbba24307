// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "platform/storage.hpp"
#include "platform/vault.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace signet {

/// The files that prove a login to anybody who has the openssl command and nothing of ours (R26): name →
/// content. Errors: challengeUnknown when there is no such login; internalError.
Result<std::map<std::string, std::string>> evidenceFiles(Storage& storage, const Vault& vault,
                                                         const std::string& challengeId);

/// Writes them into a folder (0700; files 0600, verify.sh 0700). Errors: internalError with reason
/// "file_unwritable".
Result<void> writeEvidence(const std::map<std::string, std::string>& files,
                           const std::filesystem::path& folder);

}  // namespace signet
