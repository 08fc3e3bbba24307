// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <span>
#include <string>
#include <string_view>

namespace signet {

// What signet-native-host and the browser say to each other before it relays; for the agent's part see
// local_door_messages.hpp. Pure functions; texts are bodies of frames.

/// Which extension started the host, from the arguments that the browser gives: Chromium
/// "chrome-extension://ID/", Firefox the manifest's path and the id.
/// Errors: invalidRequest with reason "invalid_request".
Result<std::string> extensionFromArguments(std::span<const std::string_view> arguments);

/// The extension's first message, exactly {"origin":"…"} of 1 to 300 bytes. Errors: as above.
Result<std::string> originFromFirstMessage(std::string_view body);

/// What the extension is told: {"open":true}.
std::string openMessage();
/// {"open":false,"code":"…"}; the code is the error's reason.
std::string refusalMessage(const Error& error);

}  // namespace signet
