// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What pages are told: codes, and nothing of tokens, people or of what they sent.
#include "agent/json_rpc.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace signet {
namespace {

Json read(const std::string& text) {
    auto json = Json::parse(text, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << text;
    return json;
}

TEST(JsonRpcAnswers, hello_saysNothingButThat) {
    EXPECT_EQ(
        read(rpcHelloResult(RpcId(7))),
        (Json{
            {"jsonrpc", "2.0"}, {"id", 7}, {"result", {{"agent", "signet"}, {"api", 1}, {"ready", true}}}}));
}

TEST(JsonRpcAnswers, result_hasTheIdAsItCame) {
    EXPECT_EQ(read(rpcResult(RpcId("a\"\n\xe7\x99\xbb"), Json::object())),
              (Json{{"jsonrpc", "2.0"}, {"id", "a\"\n\xe7\x99\xbb"}, {"result", Json::object()}}));
    EXPECT_EQ(read(rpcResult(RpcId(-1), {{"handoff", "x"}}))["id"], -1);
}

TEST(JsonRpcAnswers, notification_hasNoId) {
    EXPECT_EQ(read(rpcNotification("tokens.changed", {{"present", true}})),
              (Json{{"jsonrpc", "2.0"}, {"method", "tokens.changed"}, {"params", {{"present", true}}}}));
}

TEST(JsonRpcAnswers, stages_areThoseOfTheProtocol) {
    EXPECT_EQ(stageName(LoginStage::choose), "choose");
    EXPECT_EQ(stageName(LoginStage::pin), "pin");
    EXPECT_EQ(stageName(LoginStage::signing), "signing");
    EXPECT_EQ(stageName(LoginStage::relaying), "relaying");
}

// attack 30: the whole answer is fixed text.
TEST(JsonRpcAnswers, fault_isTheSameForEveryMessage) {
    EXPECT_EQ(rpcFault(RpcFault::parseError),
              R"({"error":{"code":-32700,"data":{"code":"invalid_request"},"message":"Parse error"},)"
              R"("id":null,"jsonrpc":"2.0"})");
    EXPECT_EQ(read(rpcFault(RpcFault::invalidRequest))["error"]["code"], -32600);
    EXPECT_EQ(read(rpcFault(RpcFault::unknownMethod))["error"]["code"], -32601);
    for (const auto fault : {RpcFault::parseError, RpcFault::invalidRequest, RpcFault::unknownMethod}) {
        EXPECT_EQ(read(rpcFault(fault))["error"]["data"], Json({{"code", "invalid_request"}}));
        EXPECT_TRUE(read(rpcFault(fault))["id"].is_null());
    }
}

// attack 29
TEST(JsonRpcAnswers, rateLimited_hasTheIdWhereItIsKnown) {
    const RpcId id(3);
    EXPECT_EQ(read(rpcRateLimited(&id))["id"], 3);
    EXPECT_TRUE(read(rpcRateLimited(nullptr))["id"].is_null());
    EXPECT_EQ(read(rpcRateLimited(nullptr))["error"]["data"], Json({{"code", "rate_limited"}}));
}

TEST(JsonRpcAnswers, error_namesItsCodeInEverySingleCase) {
    for (const auto& row : errorTable()) {
        const auto error = read(rpcError(RpcId(1), Error{.code = row.code}))["error"];
        EXPECT_EQ(error["code"], -32000);
        EXPECT_EQ(error["data"], Json({{"code", std::string(row.name)}}));
        EXPECT_FALSE(error["message"].get<std::string>().empty()) << row.name;
        EXPECT_EQ(error["message"].get<std::string>().find('{'), std::string::npos) << row.name;
    }
}

// attacks 21, 42: a reason that says something of tokens stays here.
TEST(JsonRpcAnswers, reason_isTheDoorsOrThePlatforms) {
    using enum ErrorCode;
    for (const auto code : {originNotAllowed, issuerNotAllowed, rateLimited, platformUnreachable, platformTls,
                            platformError, timeout, invalidRequest})
        EXPECT_EQ(read(rpcError(RpcId(1), Error{.code = code, .reason = "why"}))["error"]["data"]["reason"],
                  "why");
    for (const auto code : {noToken, noCertificate, pinIncorrect, pinLocked, pinFinalTryDeclined,
                            tokenRemoved, tokenError, moduleFailed, signatureInvalid, certificateUntrusted,
                            certificateNotForLogin, busy, userCancelled, internalError, configurationInvalid})
        EXPECT_FALSE(read(rpcError(RpcId(1), Error{.code = code, .reason = "why"}))["error"]["data"].contains(
            "reason"));
    const Error platforms{.code = certificateNotBound, .reason = "why", .isFromPlatform = true};
    EXPECT_EQ(read(rpcError(RpcId(1), platforms))["error"]["data"]["reason"], "why");
}

// attack 38: names of tokens, modules and people, hostile ones too, never come to a page.
TEST(JsonRpcAnswers, error_saysNothingOfWhatItIsAbout) {
    for (const auto& row : errorTable()) {
        Error error{.code = row.code, .detail = "SECRET-detail <script>\n"};
        for (const auto* name : {"module", "host", "date", "name"})
            error.params[name] = "SECRET-param\r\n\xe2\x80\xae<b>\xff";
        error.triesLeft = 2;
        const auto text = rpcError(RpcId(1), error);
        EXPECT_EQ(text, rpcError(RpcId(1), Error{.code = row.code})) << row.name;
        EXPECT_EQ(text.find("SECRET"), std::string::npos) << row.name;
    }
}

TEST(JsonRpcAnswers, reasonThatIsNoUtf8_isStillAMessage) {
    const auto text = rpcError(RpcId(1), Error{.code = ErrorCode::platformError, .reason = "a\xff\"b"});
    EXPECT_EQ(read(text)["error"]["data"]["reason"], "a\xef\xbf\xbd\"b");
}

}  // namespace
}  // namespace signet
