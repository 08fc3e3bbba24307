// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/cookies.hpp"

namespace signet {

std::string setCookie(std::string_view name, std::string_view value, std::chrono::seconds life) {
    return std::string(name) + "=" + std::string(value) +
           "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(life.count());
}

std::optional<std::string_view> sessionToken(const HttpRequest& request) {
    constexpr std::string_view kBearer = "Bearer ";
    if (const auto field = request.field("authorization"); field && field->starts_with(kBearer))
        return field->substr(kBearer.size());
    return request.cookie(kSessionCookie);
}

}  // namespace signet
