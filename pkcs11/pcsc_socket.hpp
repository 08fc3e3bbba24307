// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <filesystem>

namespace signet {

/// The door of the PC/SC service, without knocking.
enum class PcscSocket { present, missing, forbidden };

/// Where pcsc-lite's client looks for it. Source: pcsc-lite, PCSCLITE_CSOCK_NAME.
std::filesystem::path pcscSocketPath();
PcscSocket pcscSocket(const std::filesystem::path& path = pcscSocketPath());

}  // namespace signet
