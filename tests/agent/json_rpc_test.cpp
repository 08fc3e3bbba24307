// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Requests of pages: what is read, and that nothing else is.
#include "agent/json_rpc.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace signet {
namespace {

const std::string kId22(22, 'A');
const std::string kNonce44(44, 'n');

std::string call(const std::string& method, const std::string& params, const std::string& id = "1") {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + R"(","params":)" + params + "}";
}

std::string loginParams(const std::string& issuer, const std::string& challenge) {
    return R"({"issuer":")" + issuer + R"(","challenge_id":")" + challenge + "\"}";
}

std::string nonceParams(const std::string& nonce) {
    return R"({"challengeNonce":")" + nonce + "\"}";
}

int faultOf(std::string_view text) {
    const auto request = parseRpc(text);
    return request ? 0 : static_cast<int>(request.error());
}

TEST(JsonRpc, everyMethod_isReadWithItsParameters) {
    EXPECT_EQ(parseRpc(call("hello", "{}"))->method, RpcMethod::hello);
    EXPECT_EQ(parseRpc(call("cancel", "{}"))->method, RpcMethod::cancel);
    EXPECT_EQ(parseRpc(call("watch", "{}"))->method, RpcMethod::watch);
    const auto login = parseRpc(call("login", loginParams("https://uc.example.test", kId22)));
    ASSERT_TRUE(login);
    EXPECT_EQ(login->method, RpcMethod::login);
    EXPECT_EQ(login->issuer, "https://uc.example.test");
    EXPECT_EQ(login->challengeId, kId22);
    EXPECT_EQ(login->challengeNonce, "");
    const auto webeid = parseRpc(call("webeid.authenticate", nonceParams(kNonce44)));
    ASSERT_TRUE(webeid);
    EXPECT_EQ(webeid->method, RpcMethod::webeidAuthenticate);
    EXPECT_EQ(webeid->challengeNonce, kNonce44);
}

TEST(JsonRpc, membersInAnyOrderWithWhiteSpace_areRead) {
    EXPECT_TRUE(parseRpc(" {\"params\" : {} ,\n\"method\":\"hello\",\t\"id\":\"a\",\"jsonrpc\":\"2.0\"} "));
}

TEST(JsonRpc, id_isAnIntegerOrAShortText) {
    EXPECT_EQ(std::get<std::int64_t>(parseRpc(call("hello", "{}", "0"))->id), 0);
    EXPECT_EQ(std::get<std::int64_t>(parseRpc(call("hello", "{}", "-7"))->id), -7);
    EXPECT_EQ(std::get<std::int64_t>(parseRpc(call("hello", "{}", "9007199254740991"))->id),
              9007199254740991);
    EXPECT_EQ(std::get<std::string>(parseRpc(call("hello", "{}", "\"\""))->id), "");
    const std::string longest(64, 'i');
    EXPECT_EQ(std::get<std::string>(parseRpc(call("hello", "{}", "\"" + longest + "\""))->id), longest);
}

// attack 30
TEST(JsonRpc, idOfAnotherKind_isAnInvalidRequest) {
    for (const std::string id : {"null", "true", "1.5", "1e2", "9007199254740992", "-9007199254740992",
                                 "99999999999999999999", "[]", "[1]", "{}"})
        EXPECT_EQ(faultOf(call("hello", "{}", id)), -32600) << id;
    EXPECT_EQ(faultOf(call("hello", "{}", "\"" + std::string(65, 'i') + "\"")), -32600);
}

// attack 30
TEST(JsonRpc, membersThatAreWrongMissingOrUnknown_areAnInvalidRequest) {
    const std::vector<std::string> texts{
        "{}",
        "[]",
        "null",
        "1",
        "\"hello\"",
        R"({"jsonrpc":"2.0","id":1,"method":"hello"})",
        R"({"jsonrpc":"2.0","method":"hello","params":{}})",
        R"({"id":1,"method":"hello","params":{}})",
        R"({"jsonrpc":"2.0","id":1,"params":{}})",
        R"({"jsonrpc":"1.0","id":1,"method":"hello","params":{}})",
        R"({"jsonrpc":2.0,"id":1,"method":"hello","params":{}})",
        R"({"jsonrpc":2,"id":1,"method":"hello","params":{}})",
        R"({"jsonrpc":"2.0","id":1,"method":1,"params":{}})",
        R"({"jsonrpc":"2.0","id":1,"method":["hello"],"params":{}})",
        R"({"jsonrpc":"2.0","id":1,"method":"hello","params":[]})",
        R"({"jsonrpc":"2.0","id":1,"method":"hello","params":null})",
        R"({"jsonrpc":"2.0","id":1,"method":"hello","params":""})",
        R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{},"pin":"123456"})",
        R"({"jsonrpc":"2.0","id":1,"Method":"hello","params":{}})",
        R"([{"jsonrpc":"2.0","id":1,"method":"hello","params":{}}])",
        R"({"jsonrpc":"2.0","id":1,"result":{}})",
    };
    for (const auto& text : texts) EXPECT_EQ(faultOf(text), -32600) << text;
}

// attack 30
TEST(JsonRpc, duplicateKeys_areAnInvalidRequest) {
    for (const std::string text :
         {R"({"jsonrpc":"2.0","id":1,"id":2,"method":"hello","params":{}})",
          R"({"jsonrpc":"2.0","id":1,"method":"hello","method":"login","params":{}})",
          R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{},"params":{}})",
          R"({"jsonrpc":"2.0","\u0069d":1,"id":2,"method":"hello","params":{}})"})
        EXPECT_EQ(faultOf(text), -32600) << text;
    EXPECT_EQ(
        faultOf(call("login", R"({"issuer":"https://a.test","issuer":"https://b.test","challenge_id":")" +
                                  kId22 + "\"}")),
        -32600);
}

// attacks 30, 31, 40
TEST(JsonRpc, parametersOfAMethod_areExactlyItsOwn) {
    const std::string issuer = "https://uc.example.test";
    const std::vector<std::pair<std::string, std::string>> table{
        {"hello", R"({"x":1})"},
        {"cancel", R"({"id":1})"},
        {"watch", loginParams(issuer, kId22)},
        {"login", "{}"},
        {"login", R"({"issuer":"https://uc.example.test"})"},
        {"login", R"({"challenge_id":")" + kId22 + "\"}"},
        {"login", loginParams("", kId22)},
        {"login", loginParams(std::string(513, 'i'), kId22)},
        {"login", loginParams(issuer, "")},
        {"login", loginParams(issuer, kId22.substr(1))},
        {"login", loginParams(issuer, kId22 + "A")},
        {"login", loginParams(issuer, kId22.substr(1) + "=")},
        {"login", loginParams(issuer, kId22.substr(1) + "+")},
        {"login", loginParams(issuer, kId22.substr(1) + " ")},
        {"login", loginParams(issuer, kId22.substr(1) + "\\u0000")},
        {"login", R"({"issuer":1,"challenge_id":")" + kId22 + "\"}"},
        {"login", R"({"issuer":["https://uc.example.test"],"challenge_id":")" + kId22 + "\"}"},
        {"login", R"({"issuer":"https://uc.example.test","challenge_id":1})"},
        {"login", R"({"issuer":"https://uc.example.test","pin":"123456","challenge_id":")" + kId22 + "\"}"},
        {"login", R"({"issuer":"https://uc.example.test","digest":")" + kId22 + "\"}"},
        {"webeid.authenticate", "{}"},
        {"webeid.authenticate", nonceParams(kNonce44.substr(1))},
        {"webeid.authenticate", nonceParams(std::string(129, 'n'))},
        {"webeid.authenticate", nonceParams(kNonce44 + " ")},
        {"webeid.authenticate", nonceParams(kNonce44 + "\\n")},
        {"webeid.authenticate", nonceParams(kNonce44 + "。")},
        {"webeid.authenticate", R"({"challengeNonce":44})"},
        {"webeid.authenticate", R"({"challengenonce":")" + kNonce44 + "\"}"},
    };
    for (const auto& [method, params] : table)
        EXPECT_EQ(faultOf(call(method, params)), -32600) << method << " " << params;
    EXPECT_EQ(faultOf(call("webeid.authenticate", nonceParams(std::string(128, 'n')))), 0);
    EXPECT_EQ(faultOf(call("login", loginParams(std::string(512, 'i'), kId22))), 0);
}

// attack 43
TEST(JsonRpc, methodThatIsNone_isNotFound) {
    for (const std::string name : {"", "Hello", "hello ", "login.stage", "tokens.changed", "rpc.discover",
                                   "sign", "webeid", "webeid.sign", "webeid.getCertificate", "changePin",
                                   "generateKey", "hello\\u0000", "__proto__", "登录"})
        EXPECT_EQ(faultOf(call(name, "{}")), -32601) << name;
}

// attack 30
TEST(JsonRpc, textThatIsNoJson_isAParseError) {
    const std::vector<std::string> texts{"",
                                         " ",
                                         "{",
                                         "hello",
                                         call("hello", "{}") + "x",
                                         call("hello", "{}") + call("hello", "{}"),
                                         "{'jsonrpc':'2.0'}",
                                         call("hello", "{},"),
                                         call("hello", "{}", "01"),
                                         call("hello", "{}", "+1"),
                                         call("hello", "{}", "NaN"),
                                         call("hello", "{}", "1e400"),
                                         call("hello", "{}", "-1e400"),
                                         call("hello", "{}", "\"\\ud800\""),
                                         call("hello", "{}", "\"\\udc00\\ud800\""),
                                         call("hello", "{}", "\"\\ud800x\""),
                                         call("hello", "{}", "\"\xff\""),
                                         call("hello", "{}", "\"\xc0\xaf\""),
                                         call("hello", "{}", "\"\xed\xa0\x80\""),
                                         call("hello", "{}", "\"\n\""),
                                         call("hello", "{}", std::string("\"\0\"", 3)),
                                         call("hello", "{}") + std::string(1, '\0'),
                                         "//x\n" + call("hello", "{}")};
    for (const auto& text : texts) EXPECT_EQ(faultOf(text), -32700) << text;
}

// attack 30: too much of anything.
TEST(JsonRpc, whatIsTooDeepTooWideOrTooLong_isAnInvalidRequest) {
    std::string wide = "[0";
    for (int i = 0; i < 40; ++i) wide += ",0";
    const std::vector<std::string> texts{"\xEF\xBB\xBF" + call("hello", "{}"),
                                         call("hello", R"({"a":{"b":{"c":{"d":1}}}})"),
                                         std::string(30'000, '['),
                                         call("hello", std::string(30'000, '[')),
                                         call("hello", wide + "]"),
                                         std::string(kMaxRpcBytes, ' ') + call("hello", "{}"),
                                         std::string(kMaxRpcBytes + 1, ' ')};
    for (const auto& text : texts) EXPECT_EQ(faultOf(text), -32600) << text.substr(0, 60);
}

TEST(JsonRpc, messageOfTheLargestSize_isRead) {
    auto text = call("hello", "{}");
    text += std::string(kMaxRpcBytes - text.size(), ' ');
    EXPECT_EQ(faultOf(text), 0);
    EXPECT_EQ(faultOf(text + " "), -32600);
}

}  // namespace
}  // namespace signet
