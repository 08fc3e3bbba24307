// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Whatever a page sends: what is read is a request of the protocol and nothing besides, and every answer to
// it is JSON that a page can read.
#include "agent/json_rpc.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace signet;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void checkParameters(const RpcRequest& request) {
    const bool isLogin = request.method == RpcMethod::login;
    require(isLogin == !request.issuer.empty() && request.issuer.size() <= 512);
    require(request.challengeId.size() == (isLogin ? 22U : 0U));
    if (request.method != RpcMethod::webeidAuthenticate) return require(request.challengeNonce.empty());
    require(request.challengeNonce.size() >= 44 && request.challengeNonce.size() <= 128);
    require(request.challengeNonce.find_first_of(" \"\\\r\n<") == std::string::npos);
}

/// The id goes back as it came, and alone.
void checkAnswers(const RpcRequest& request, std::string_view text) {
    const auto sent = Json::parse(text);
    const Error error{
        .code = ErrorCode::tokenError, .reason = std::string(text), .detail = std::string(text)};
    for (const auto& answer :
         {rpcHelloResult(request.id), rpcRateLimited(&request.id), rpcError(request.id, error)}) {
        const auto read = Json::parse(answer);
        require(read["id"] == sent["id"] && read["jsonrpc"] == "2.0" && read.size() == 3);
    }
    const Error named{.code = ErrorCode::timeout, .reason = request.issuer + std::string(text)};
    require(Json::parse(rpcError(request.id, named)).contains("error"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = textOf({data, size});
    const auto request = parseRpc(text);
    if (!request) {
        (void)rpcFault(request.error());
        return 0;
    }
    require(size <= kMaxRpcBytes);
    checkParameters(*request);
    checkAnswers(*request, text);
    return 0;
}
