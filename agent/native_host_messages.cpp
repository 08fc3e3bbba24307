// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/native_host_messages.hpp"

#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace signet {
namespace {

constexpr std::size_t kMaxOriginBytes = 300;
constexpr std::size_t kMaxExtensionBytes = 300;
constexpr std::string_view kChromiumScheme = "chrome-extension://";

tl::unexpected<Error> invalid(std::string detail) {
    return fail(ErrorCode::invalidRequest, std::move(detail), "invalid_request");
}

/// The text of a member; null where it is not there or no text.
const std::string* textMember(const Json& object, const char* name) {
    const auto member = object.find(name);
    return member == object.end() ? nullptr : member->get_ptr<const std::string*>();
}

}  // namespace

Result<std::string> extensionFromArguments(std::span<const std::string_view> arguments) {
    std::string_view extension;
    if (!arguments.empty() && arguments[0].starts_with(kChromiumScheme))
        extension = arguments[0];
    else if (arguments.size() >= 2)
        extension = arguments[1];
    const bool isPrintable =
        std::all_of(extension.begin(), extension.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (extension.empty() || extension.size() > kMaxExtensionBytes || !isPrintable)
        return invalid("started by no extension");
    return std::string(extension);
}

Result<std::string> originFromFirstMessage(std::string_view body) {
    const auto message = parseStrictJson(body, {.maxBytes = 4096, .maxDepth = 1, .maxNodes = 2});
    if (!message || !message->is_object() || message->size() != 1) return invalid("no origin");
    const auto* origin = textMember(*message, "origin");
    if (origin == nullptr || origin->empty() || origin->size() > kMaxOriginBytes) return invalid("no origin");
    return *origin;
}

std::string openMessage() {
    return R"({"open":true})";
}

std::string refusalMessage(const Error& error) {
    return canonicalJson(Json{{"open", false}, {"code", error.reason}});
}

}  // namespace signet
