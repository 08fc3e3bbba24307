// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/local_door_messages.hpp"

#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>
#include <limits>

namespace signet {
namespace {

constexpr JsonLimits kLimits{.maxBytes = 4096, .maxDepth = 2, .maxNodes = 8};
constexpr std::size_t kMaxTextBytes = 2048;

tl::unexpected<Error> malformed() {
    return fail(ErrorCode::invalidRequest, "not an opening", "opening");
}

/// Whether it has exactly these members, each a text.
bool hasTexts(const Json& object, std::initializer_list<const char*> names) {
    if (!object.is_object() || object.size() != names.size()) return false;
    for (const auto* name : names) {
        const auto found = object.find(name);
        if (found == object.end() || !found->is_string() ||
            found->get_ref<const std::string&>().size() > kMaxTextBytes)
            return false;
    }
    return true;
}

/// Whether it is an object without other members than these.
bool hasOnly(const Json& object, std::initializer_list<std::string_view> names) {
    return object.is_object() &&
           std::all_of(object.items().begin(), object.items().end(), [&](const auto& member) {
               return std::find(names.begin(), names.end(), member.key()) != names.end();
           });
}

std::optional<std::uint16_t> portIn(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_unsigned()) return std::nullopt;
    const auto value = found->get<std::uint64_t>();
    if (value > std::numeric_limits<std::uint16_t>::max()) return std::nullopt;
    return static_cast<std::uint16_t>(value);
}

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
/// Clang 14 does not deduce an aggregate by itself.
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

Result<LocalOpening> parseLocalOpening(std::string_view text) {
    const auto json = parseStrictJson(text, kLimits);
    if (!json || !json->is_object() || !json->contains("door") || !(*json)["door"].is_string())
        return malformed();
    const auto& door = (*json)["door"].get_ref<const std::string&>();
    const auto at = [&](const char* name) { return (*json)[name].get<std::string>(); };
    if (door == "extension" && hasTexts(*json, {"door", "extension", "origin"}))
        return ExtensionOpening{at("extension"), at("origin")};
    if (door == "link" && hasTexts(*json, {"door", "url"})) return LinkOpening{at("url")};
    if (door == "show" && hasTexts(*json, {"door"})) return ShowOpening{};
    if (door == "status" && hasTexts(*json, {"door"})) return StatusOpening{};
    if (door == "revoke" && hasTexts(*json, {"door", "origin"})) return RevokeOpening{at("origin")};
    return malformed();
}

std::string localOpeningText(const LocalOpening& opening) {
    const auto json = std::visit(
        Overloaded{
            [](const ExtensionOpening& from) {
                return Json{{"door", "extension"}, {"extension", from.extension}, {"origin", from.origin}};
            },
            [](const LinkOpening& link) {
                return Json{{"door", "link"}, {"url", link.url}};
            },
            [](const ShowOpening&) {
                return Json{{"door", "show"}};
            },
            [](const StatusOpening&) {
                return Json{{"door", "status"}};
            },
            [](const RevokeOpening& revoke) {
                return Json{{"door", "revoke"}, {"origin", revoke.origin}};
            }},
        opening);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<LocalAnswer> parseLocalAnswer(std::string_view text) {
    const auto json = parseStrictJson(text, kLimits);
    if (!json || !hasOnly(*json, {"ok", "code", "ws", "wss"}) || !json->contains("ok") ||
        !(*json)["ok"].is_boolean())
        return malformed();
    LocalAnswer answer;
    if (!(*json)["ok"].get<bool>()) {
        const auto code = json->find("code");
        const bool isNamed = code != json->end() && code->is_string();
        answer.refusal = (isNamed ? errorCodeFromName(code->get_ref<const std::string&>()) : std::nullopt)
                             .value_or(ErrorCode::internalError);
    }
    answer.port = portIn(*json, "ws");
    answer.tlsPort = portIn(*json, "wss");
    return answer;
}

std::string localAnswerText(const LocalAnswer& answer) {
    Json json{{"ok", !answer.refusal}};
    if (answer.refusal) json["code"] = std::string(errorInfo(*answer.refusal).name);
    if (answer.port) json["ws"] = *answer.port;
    if (answer.tlsPort) json["wss"] = *answer.tlsPort;
    return json.dump();
}

}  // namespace signet
