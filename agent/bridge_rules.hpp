// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signet {

/// The head of a request, as it was read and without any socket. Views into the reader's memory.
struct BridgeHead {
    std::string_view method{};
    std::string_view target{};
    bool isHttp11 = false;
    std::vector<std::pair<std::string_view, std::string_view>> fields{};  ///< any case, in their order
};

/// What a caller wants and may have.
enum class BridgeWish {
    hello,      ///< GET /v1/hello
    preflight,  ///< OPTIONS before it
    upgrade,    ///< GET /v1 as a WebSocket
    handOff,    ///< GET /v1/open/…: the browser was sent here by the agent itself
};

struct BridgeAdmission {
    BridgeWish wish = BridgeWish::hello;
    std::string origin{};           ///< one of the policy's; empty for handOff
    std::string ticket{};           ///< handOff
    bool isPrivateNetwork = false;  ///< preflight: the browser asks for this too
};

/// Who is let in. Source: protocol.md section 5.
struct BridgePolicy {
    std::vector<std::string> origins{};  ///< exact, as browsers serialise them
    std::uint16_t port = 0;              ///< of this listener: part of every Host
};

/// An HTTP status: 400, 403 (Origin), 404 (path), 405, 414, 421 (Host), 426.
using BridgeRefusal = unsigned;

inline constexpr std::size_t kMaxTargetBytes = 256;
inline constexpr std::string_view kBridgeProtocol = "signet.v1";

/// Every rule that is checked before a byte is answered, Origin before Host before path before method, so
/// that a foreign page learns nothing but that it is foreign.
/// Thread: any. Source: protocol.md section 5; RFC 9112 section 3.2, RFC 6455 section 4.2.1.
tl::expected<BridgeAdmission, BridgeRefusal> admit(const BridgeHead& head, const BridgePolicy& policy);

}  // namespace signet
