// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/http.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace signet {

inline constexpr std::string_view kPreCookie = "__Host-signet-pre";
inline constexpr std::string_view kSessionCookie = "__Host-signet-session";
inline constexpr std::string_view kLanguageCookie = "__Host-signet-language";

/// The value of a Set-Cookie field: for this host and HTTPS only, out of the scripts' reach. A life of 0
/// deletes it.
std::string setCookie(std::string_view name, std::string_view value, std::chrono::seconds life);

/// The session's token, from the cookie or the Authorization field; nullopt when there is none.
std::optional<std::string_view> sessionToken(const HttpRequest& request);

}  // namespace signet
