// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/json_rpc.hpp"

#include "certs/challenge_id.hpp"
#include "certs/webeid_token.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace signet {
namespace {

constexpr JsonLimits kLimits{.maxBytes = kMaxRpcBytes, .maxDepth = 4, .maxNodes = 32};
constexpr std::size_t kMaxIdBytes = 64;
constexpr std::size_t kMaxIssuerBytes = 512;

/// What takes the text of a parameter; false: not a text of its kind.
struct Parameter {
    std::string_view name;
    std::string RpcRequest::*member;
    bool (*isValid)(std::string_view text);
};

bool isIssuerSized(std::string_view text) {
    return !text.empty() && text.size() <= kMaxIssuerBytes;
}

bool isNonce(std::string_view text) {
    return checkWebEidNonce(text).has_value();
}

constexpr std::array kLoginParameters{Parameter{"issuer", &RpcRequest::issuer, &isIssuerSized},
                                      Parameter{"challenge_id", &RpcRequest::challengeId, &isChallengeId}};
constexpr std::array kWebeidParameters{Parameter{"challengeNonce", &RpcRequest::challengeNonce, &isNonce}};

struct Method {
    std::string_view name;
    RpcMethod method;
    std::span<const Parameter> parameters;
};
constexpr std::array kMethods{
    Method{"hello", RpcMethod::hello, {}}, Method{"login", RpcMethod::login, kLoginParameters},
    Method{"cancel", RpcMethod::cancel, {}}, Method{"watch", RpcMethod::watch, {}},
    Method{"webeid.authenticate", RpcMethod::webeidAuthenticate, kWebeidParameters}};

std::optional<RpcId> readId(const Json& id) {
    if (id.is_number_integer()) return RpcId(id.get<std::int64_t>());
    if (!id.is_string() || id.get_ref<const std::string&>().size() > kMaxIdBytes) return std::nullopt;
    return RpcId(id.get<std::string>());
}

bool readParameters(const Json& params, std::span<const Parameter> parameters, RpcRequest& request) {
    if (!params.is_object() || params.size() != parameters.size()) return false;
    for (const auto& parameter : parameters) {
        const auto found = params.find(std::string(parameter.name));
        if (found == params.end() || !found->is_string()) return false;
        request.*parameter.member = found->get<std::string>();
        if (!parameter.isValid(request.*parameter.member)) return false;
    }
    return true;
}

bool hasMembers(const Json& message) {
    if (!message.is_object() || message.size() != 4) return false;
    const auto version = message.find("jsonrpc");
    return version != message.end() && version->is_string() && *version == "2.0" && message.contains("id") &&
           message.contains("method") && message["method"].is_string() && message.contains("params");
}

/// What a reason of these codes says is not about the tokens or the person before them.
bool isReasonForPages(const Error& error) {
    using enum ErrorCode;
    constexpr std::array kCodes{originNotAllowed, issuerNotAllowed, rateLimited, platformUnreachable,
                                platformTls,      platformError,    timeout,     invalidRequest};
    return error.isFromPlatform || std::find(kCodes.begin(), kCodes.end(), error.code) != kCodes.end();
}

Json idJson(const RpcId& id) {
    return std::visit([](const auto& value) { return Json(value); }, id);
}

std::string errorText(Json id, RpcFault number, std::string_view message, Json data) {
    // What a module or a platform named itself may not be UTF-8.
    return Json{
        {"jsonrpc", "2.0"},
        {"id", std::move(id)},
        {"error",
         {{"code", static_cast<int>(number)}, {"message", std::string(message)}, {"data", std::move(data)}}}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

tl::expected<RpcRequest, RpcFault> parseRpc(std::string_view text) {
    const auto message = parseStrictJson(text, kLimits);
    if (!message)
        return tl::make_unexpected(message.error().reason == "syntax" ? RpcFault::parseError
                                                                      : RpcFault::invalidRequest);
    if (!hasMembers(*message)) return tl::make_unexpected(RpcFault::invalidRequest);
    RpcRequest request;
    const auto id = readId((*message)["id"]);
    if (!id) return tl::make_unexpected(RpcFault::invalidRequest);
    request.id = *id;
    const auto& name = (*message)["method"].get_ref<const std::string&>();
    const auto* method = std::find_if(kMethods.begin(), kMethods.end(),
                                      [&](const Method& known) { return known.name == name; });
    if (method == kMethods.end()) return tl::make_unexpected(RpcFault::unknownMethod);
    request.method = method->method;
    if (!readParameters((*message)["params"], method->parameters, request))
        return tl::make_unexpected(RpcFault::invalidRequest);
    return request;
}

/// As rpcResult would write it; said more often than all else, and always the same.
std::string rpcHelloResult(const RpcId& id) {
    return R"({"id":)" + idJson(id).dump() +
           R"(,"jsonrpc":"2.0","result":{"agent":"signet","api":1,"ready":true}})";
}

std::string rpcResult(const RpcId& id, const Json& result) {
    return Json{{"jsonrpc", "2.0"}, {"id", idJson(id)}, {"result", result}}.dump();
}

std::string rpcError(const RpcId& id, const Error& error) {
    Json data{{"code", std::string(errorInfo(error.code).name)}};
    if (isReasonForPages(error) && !error.reason.empty()) data["reason"] = error.reason;
    // Without the parameters: they may name a module, a date or a person.
    return errorText(idJson(id), RpcFault::agent, sentence(Error{.code = error.code}, Language::en),
                     std::move(data));
}

std::string rpcFault(RpcFault fault) {
    const auto* const message = fault == RpcFault::parseError      ? "Parse error"
                                : fault == RpcFault::unknownMethod ? "Method not found"
                                                                   : "Invalid Request";
    return errorText(nullptr, fault, message,
                     {{"code", std::string(errorInfo(ErrorCode::invalidRequest).name)}});
}

std::string rpcRateLimited(const RpcId* id) {
    return errorText(id == nullptr ? Json(nullptr) : idJson(*id), RpcFault::agent, "Too many messages",
                     {{"code", std::string(errorInfo(ErrorCode::rateLimited).name)}});
}

std::string rpcNotification(std::string_view method, const Json& params) {
    return Json{{"jsonrpc", "2.0"}, {"method", std::string(method)}, {"params", params}}.dump();
}

std::string_view stageName(LoginStage stage) {
    switch (stage) {
        case LoginStage::choose:
            return "choose";
        case LoginStage::pin:
            return "pin";
        case LoginStage::signing:
            return "signing";
        case LoginStage::relaying:
            return "relaying";
    }
    return "";
}

}  // namespace signet
