// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/evidence.hpp"

#include <string>

namespace signet {

/// A POSIX shell script that verifies the exported files with the openssl command alone. It exits 0 only when
/// everything fits.
std::string verifyScript(const Evidence& evidence);
/// What the files are, and the commands one by one.
std::string evidenceReadme(const Evidence& evidence);

}  // namespace signet
