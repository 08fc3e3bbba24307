// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/configuration.hpp"
#include "base/result.hpp"

#include <sys/types.h>

#include <filesystem>
#include <optional>

namespace signet {

/// The administrator's policy; nullopt where there is none. The file and every folder above it (also above
/// what a link points to, and where there is no file) must belong to the administrator and be writable by no
/// one else, or the program refuses to start: a policy that a user can change or take away is none. Errors:
/// configurationInvalid with reason "policy_unsafe" or "policy_unreadable", or as parseConfiguration.
Result<std::optional<LayerEntries>> readPolicy(const std::filesystem::path& file, uid_t administrator);

}  // namespace signet
