// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signet {

using HttpFields = std::vector<std::pair<std::string, std::string>>;

/// A request as the routes see it, without any socket.
struct HttpRequest {
    std::string method;
    std::string path;   ///< as sent, without the query
    std::string query;  ///< without the '?'
    HttpFields fields;  ///< names in lower case
    std::string body;
    std::string address;  ///< of the peer, as callerKey gives it

    /// nullopt when it is missing or there are several.
    std::optional<std::string_view> field(std::string_view lowerName) const;
    std::size_t countFields(std::string_view lowerName) const;
    /// The cookie of that name; nullopt when it is missing or there are several.
    std::optional<std::string_view> cookie(std::string_view name) const;
    /// What the query says of that name, as sent, the first time; empty without '='. nullopt when it says
    /// nothing.
    std::optional<std::string_view> queryValue(std::string_view name) const;
};

struct HttpResponse {
    int status = 200;
    HttpFields fields{};
    std::string body{};
};

/// The HTTP status that goes with a code (docs/platform-api.md).
int httpStatusOf(ErrorCode code);

/// RFC 9457: application/problem+json with type, title, status, code, detail and, where there are any, reason
/// and the error's params.
HttpResponse problem(const Error& error, std::optional<int> status = std::nullopt);
HttpResponse problem(ErrorCode code, std::string_view detail, std::optional<int> status = std::nullopt);
/// 200 application/json.
HttpResponse jsonAnswer(std::string body);

/// The fields that every answer carries: no sniffing, no framing, no referrer, no store (unless the answer
/// says otherwise). `isPublicHost`: adds Strict-Transport-Security, which on localhost would break other
/// programs' ports.
void addSecurityFields(HttpResponse& response, bool isPublicHost);

}  // namespace signet
