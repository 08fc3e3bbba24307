// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/http.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace signet {
namespace {

constexpr std::string_view kRetrySeconds = "5";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool hasField(const HttpResponse& response, std::string_view name) {
    return std::any_of(response.fields.begin(), response.fields.end(),
                       [&](const auto& f) { return f.first == name; });
}

}  // namespace

std::size_t HttpRequest::countFields(std::string_view lowerName) const {
    return static_cast<std::size_t>(std::count_if(
        fields.begin(), fields.end(), [&](const auto& field) { return field.first == lowerName; }));
}

std::optional<std::string_view> HttpRequest::field(std::string_view lowerName) const {
    if (countFields(lowerName) != 1) return std::nullopt;
    return std::find_if(fields.begin(), fields.end(),
                        [&](const auto& field) { return field.first == lowerName; })
        ->second;
}

std::optional<std::string_view> HttpRequest::cookie(std::string_view name) const {
    auto rest = field("cookie").value_or("");
    std::optional<std::string_view> found;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        const auto pair = trimmed(rest.substr(0, end));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            if (found) return std::nullopt;
            found = pair.substr(equals + 1);
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return found;
}

std::optional<std::string_view> HttpRequest::queryValue(std::string_view name) const {
    std::string_view rest = query;
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        if (pair.substr(0, equals) == name) return pair.substr(std::min(equals + 1, pair.size()));
    }
    return std::nullopt;
}

int httpStatusOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::challengeUnknown:
            return 404;
        case ErrorCode::challengeExpired:
            return 410;
        case ErrorCode::challengeUsed:
        case ErrorCode::agreementOutdated:
            return 409;
        case ErrorCode::rateLimited:
            return 429;
        case ErrorCode::maintenance:
            return 503;
        case ErrorCode::badRequest:
            return 400;
        case ErrorCode::badSignature:
        case ErrorCode::algNotAllowed:
        case ErrorCode::certificateUntrusted:
        case ErrorCode::certificateExpired:
        case ErrorCode::certificateNotYetValid:
        case ErrorCode::certificateRevoked:
        case ErrorCode::certificateNotForLogin:
        case ErrorCode::revocationUnknown:
        case ErrorCode::identityMissing:
        case ErrorCode::accountRestricted:
        case ErrorCode::accountSuspended:
        case ErrorCode::accountFrozen:
        case ErrorCode::accountTerminated:
        case ErrorCode::accountUnknown:
        case ErrorCode::certificateNotBound:
        case ErrorCode::actNotAllowed:
        case ErrorCode::channelMismatch:
            return 403;
        // The agent's own and what must never happen here.
        case ErrorCode::originNotAllowed:
        case ErrorCode::hostNotAllowed:
        case ErrorCode::issuerNotAllowed:
        case ErrorCode::busy:
        case ErrorCode::userCancelled:
        case ErrorCode::noToken:
        case ErrorCode::noCertificate:
        case ErrorCode::pinIncorrect:
        case ErrorCode::pinLocked:
        case ErrorCode::pinFinalTryDeclined:
        case ErrorCode::tokenRemoved:
        case ErrorCode::tokenError:
        case ErrorCode::moduleFailed:
        case ErrorCode::signatureInvalid:
        case ErrorCode::platformUnreachable:
        case ErrorCode::platformTls:
        case ErrorCode::platformError:
        case ErrorCode::timeout:
        case ErrorCode::invalidRequest:
        case ErrorCode::configurationInvalid:
        case ErrorCode::internalError:
            return 500;
    }
    return 500;
}

HttpResponse problem(const Error& error, std::optional<int> status) {
    const int code = status.value_or(httpStatusOf(error.code));
    const auto& info = errorInfo(error.code);
    nlohmann::json body{{"type", "urn:signet:error:" + std::string(info.name)},
                        {"title", sentence(error, Language::en)},
                        {"status", code},
                        {"code", info.name}};
    // What went wrong inside is for the log, not for the caller.
    body["detail"] = code == 500 ? std::string("internal error") : error.detail;
    if (!error.reason.empty() && code != 500) body["reason"] = error.reason;
    // The values of the sentence's placeholders ("date", "name") stand beside it, as RFC 9457 extensions.
    if (code != 500)
        for (const auto& [name, value] : error.params)
            if (!body.contains(name)) body[name] = value;
    HttpResponse response{code, {{"Content-Type", "application/problem+json"}}};
    if (code == 429 || code == 503) response.fields.emplace_back("Retry-After", kRetrySeconds);
    response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return response;
}

HttpResponse problem(ErrorCode code, std::string_view detail, std::optional<int> status) {
    Error error;
    error.code = code;
    error.detail = detail;
    return problem(error, status);
}

HttpResponse jsonAnswer(std::string body) {
    return {200, {{"Content-Type", "application/json"}}, std::move(body)};
}

void addSecurityFields(HttpResponse& response, bool isPublicHost) {
    const auto add = [&response](const char* name, const char* value) {
        if (!hasField(response, name)) response.fields.emplace_back(name, value);
    };
    add("Cache-Control", "no-store");
    add("X-Content-Type-Options", "nosniff");
    add("Content-Security-Policy",
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    add("Cross-Origin-Resource-Policy", "same-origin");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Referrer-Policy", "no-referrer");
    add("X-Frame-Options", "DENY");
    if (isPublicHost) add("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace signet
