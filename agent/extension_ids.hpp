// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <span>
#include <string_view>

namespace signet {

/// The extensions that may speak for a browser, as signet-native-host names them: "chrome-extension://ID/"
/// and Firefox's id. From extension/identity.txt.
std::span<const std::string_view> pinnedExtensionIds();

}  // namespace signet
