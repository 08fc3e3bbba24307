// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/bridge_rules.hpp"

#include "base/encoding.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

namespace signet {
namespace {

using Refused = tl::unexpected<BridgeRefusal>;

constexpr std::string_view kHelloPath = "/v1/hello";
constexpr std::string_view kSocketPath = "/v1";
constexpr std::string_view kHandOffPath = "/v1/open/";
constexpr std::size_t kTicketBytes = 32;
constexpr std::size_t kKeyBytes = 16;

bool isSame(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

std::size_t count(const BridgeHead& head, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(head.fields.begin(), head.fields.end(),
                      [&](const auto& field) { return isSame(field.first, name); }));
}

/// The value of a field that is there once; several count as none.
std::optional<std::string_view> field(const BridgeHead& head, std::string_view name) {
    std::optional<std::string_view> value;
    for (const auto& [known, content] : head.fields) {
        if (!isSame(known, name)) continue;
        if (value) return std::nullopt;
        value = content;
    }
    return value;
}

/// Whether a list of tokens, in one field or several, has this one.
bool lists(const BridgeHead& head, std::string_view name, std::string_view token) {
    for (const auto& [known, content] : head.fields) {
        if (!isSame(known, name)) continue;
        auto rest = content;
        for (;;) {
            const auto comma = std::min(rest.find(','), rest.size());
            auto item = rest.substr(0, comma);
            item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
            item = item.substr(0, item.find_last_not_of(" \t") + 1);
            if (isSame(item, token)) return true;
            if (comma == rest.size()) break;
            rest.remove_prefix(comma + 1);
        }
    }
    return false;
}

/// A head that no browser sends; a body has no business here, in whichever way it is announced.
bool isMalformed(const BridgeHead& head) {
    if (!head.isHttp11 || !head.target.starts_with('/')) return true;
    if (count(head, "host") != 1) return true;
    if (count(head, "transfer-encoding") != 0) return true;
    const auto lengths = count(head, "content-length");
    return lengths > 1 || (lengths == 1 && field(head, "content-length") != "0");
}

bool isOurHost(std::string_view host, std::uint16_t port) {
    const auto suffix = ":" + std::to_string(port);
    constexpr std::array<std::string_view, 3> kNames{"127.0.0.1", "localhost", "[::1]"};
    return std::any_of(kNames.begin(), kNames.end(),
                       [&](std::string_view name) { return host == std::string(name) + suffix; });
}

const std::string* allowedOrigin(const BridgeHead& head, const BridgePolicy& policy) {
    const auto origin = field(head, "origin");
    if (!origin) return nullptr;
    const auto found = std::find(policy.origins.begin(), policy.origins.end(), *origin);
    return found == policy.origins.end() ? nullptr : &*found;
}

/// The browser's address bar sends none. What it is for is in the ticket, which is used once.
bool isHandOff(const BridgeHead& head) {
    return head.method == "GET" && head.target.starts_with(kHandOffPath) && count(head, "origin") == 0;
}

tl::expected<BridgeAdmission, BridgeRefusal> admitHandOff(const BridgeHead& head) {
    const auto ticket = head.target.substr(kHandOffPath.size());
    const auto bytes = fromBase64Url(ticket);
    if (!bytes || bytes->size() != kTicketBytes) return Refused(403);
    return BridgeAdmission{.wish = BridgeWish::handOff, .ticket = std::string(ticket)};
}

tl::expected<BridgeWish, BridgeRefusal> checkUpgrade(const BridgeHead& head) {
    if (!lists(head, "connection", "upgrade") || !lists(head, "upgrade", "websocket")) return Refused(426);
    if (field(head, "sec-websocket-version") != "13")
        return Refused(count(head, "sec-websocket-version") > 1 ? 400 : 426);
    const auto key = fromBase64(field(head, "sec-websocket-key").value_or(""));
    if (!key || key->size() != kKeyBytes || count(head, "upgrade") != 1) return Refused(400);
    if (!lists(head, "sec-websocket-protocol", kBridgeProtocol)) return Refused(400);
    return BridgeWish::upgrade;
}

tl::expected<BridgeWish, BridgeRefusal> wishOf(const BridgeHead& head) {
    if (head.target.size() > kMaxTargetBytes) return Refused(414);
    if (head.target != kHelloPath && head.target != kSocketPath) return Refused(404);
    if (head.method == "OPTIONS" && head.target == kHelloPath &&
        field(head, "access-control-request-method") == "GET")
        return BridgeWish::preflight;
    if (head.method != "GET") return Refused(405);
    return head.target == kHelloPath ? BridgeWish::hello : checkUpgrade(head);
}

}  // namespace

tl::expected<BridgeAdmission, BridgeRefusal> admit(const BridgeHead& head, const BridgePolicy& policy) {
    if (isMalformed(head)) return Refused(400);
    const bool isFromAgent = isHandOff(head);
    const auto* const origin = allowedOrigin(head, policy);
    if (origin == nullptr && !isFromAgent) return Refused(403);
    if (!isOurHost(*field(head, "host"), policy.port)) return Refused(421);
    if (isFromAgent) return admitHandOff(head);
    const auto wish = wishOf(head);
    if (!wish) return Refused(wish.error());
    return BridgeAdmission{
        .wish = *wish,
        .origin = *origin,
        .isPrivateNetwork = field(head, "access-control-request-private-network") == "true"};
}

}  // namespace signet
