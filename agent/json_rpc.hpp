// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace signet {

/// The largest message of every door. Units: bytes. Source: protocol.md section 5.
inline constexpr std::size_t kMaxRpcBytes = std::size_t{64} * 1024;

enum class RpcMethod { hello, login, cancel, watch, webeidAuthenticate };

using RpcId = std::variant<std::int64_t, std::string>;

/// A request as it is meant; a member that its method does not have is empty.
struct RpcRequest {
    RpcId id{};
    RpcMethod method = RpcMethod::hello;
    std::string issuer{};
    std::string challengeId{};
    std::string challengeNonce{};
};

/// The numbers of JSON-RPC 2.0 section 5.1, and one of its own range for everything that the agent says.
enum class RpcFault : int {
    parseError = -32700,
    invalidRequest = -32600,
    unknownMethod = -32601,
    agent = -32000
};

/// Reads a message, strictly: one object of exactly the known members, `params` an object of exactly those of
/// its method, an id of at most 64 bytes. Nothing of the message comes back with a fault.
/// Thread: any. Source: JSON-RPC 2.0; protocol.md section 5.
tl::expected<RpcRequest, RpcFault> parseRpc(std::string_view text);

/// Texts of answers.
std::string rpcHelloResult(const RpcId& id);
std::string rpcResult(const RpcId& id, const Json& result);
/// Names the code; the finer reason only where it says nothing about tokens or the person.
std::string rpcError(const RpcId& id, const Error& error);
/// To a message that could not be read: its id is not known.
std::string rpcFault(RpcFault fault);
/// `id` is null where the message was not read.
std::string rpcRateLimited(const RpcId* id);
std::string rpcNotification(std::string_view method, const Json& params);

/// "choose", "pin", "signing", "relaying".
std::string_view stageName(LoginStage stage);

}  // namespace signet
