// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/statement_check.hpp"

#include "base/encoding.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

std::string statement(std::string_view header, std::string_view payload = R"({"act":{"as":"self"}})") {
    return toBase64Url(bytesOf(header)) + "." + toBase64Url(bytesOf(payload));
}

constexpr std::string_view kHeader = R"({"alg":"ES256","typ":"signet-login.v1+jws","x5c":["AAAA"]})";

TEST(CheckStatement, statementOfItsAlgorithm_passes) {
    EXPECT_TRUE(checkStatement(Algorithm::es256, statement(kHeader)));
}

// Attack 33: what C_Sign gets always starts as the statement does.
TEST(CheckStatement, anythingElse_isRefused) {
    const auto good = statement(kHeader);
    const std::vector<std::string> bad{
        "",
        ".",
        "plain text of a page",
        good.substr(0, good.find('.')),
        good.substr(0, good.find('.') + 1),
        good.substr(good.find('.')),
        good + ".",
        good + ".AAAA",
        good + "=",
        good + "\n",
        " " + good,
        good + std::string(1, '\0'),
        statement(R"({"alg":"ES384","typ":"signet-login.v1+jws","x5c":["AAAA"]})"),
        statement(R"({"typ":"signet-login.v1+jws","alg":"ES256","x5c":["AAAA"]})"),
        statement(R"({"alg":"ES256","typ":"JWT","x5c":["AAAA"]})"),
        statement(R"({"alg":"ES256"})"),
        statement(R"([{"alg":"ES256","typ":"signet-login.v1+jws",)"),
        statement(std::string(kHeader), std::string(300'000, 'x')),
    };
    for (const auto& text : bad) {
        const auto checked = checkStatement(Algorithm::es256, text);
        ASSERT_FALSE(checked) << text.substr(0, 100);
        EXPECT_EQ(checked.error().code, ErrorCode::invalidRequest);
        EXPECT_EQ(checked.error().reason, "not_a_statement");
    }
}

TEST(CheckWebEidMessage, lengthOfTwoHashes_isAllThatIsTaken) {
    for (const auto algorithm :
         {Algorithm::es256, Algorithm::rs256, Algorithm::ps256, Algorithm::es384, Algorithm::sm2sm3})
        for (std::size_t size = 0; size < 200; ++size) {
            const bool isGood =
                size == (algorithm == Algorithm::es384 ? 96U : 64U) && algorithm != Algorithm::sm2sm3;
            const auto checked = checkWebEidMessage(algorithm, std::string(size, 'A'));
            EXPECT_EQ(checked.has_value(), isGood) << toString(algorithm) << " " << size;
            if (!checked) {
                EXPECT_EQ(checked.error().reason, "not_web_eid");
            }
        }
}

SignRequest request() {
    SignRequest request;
    request.key = {1, "label", "serial", {1}, {2}};
    request.algorithms = {Algorithm::es256};
    request.statements = {statement(kHeader)};
    return request;
}

TEST(CheckSignRequest, completeRequest_passes) {
    EXPECT_TRUE(checkSignRequest(request()));
}

TEST(CheckSignRequest, incompleteRequests_areRefused) {
    const auto refused = [](void (*change)(SignRequest&)) {
        auto changed = request();
        change(changed);
        const auto checked = checkSignRequest(changed);
        return !checked && checked.error().code == ErrorCode::invalidRequest;
    };
    EXPECT_TRUE(refused([](SignRequest& r) { r.algorithms.clear(); }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.statements.clear(); }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.algorithms.push_back(Algorithm::rs256); }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.key.keyId.clear(); }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.key.certificate.clear(); }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.key.certificate.resize(64 * 1024 + 1); }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.key.tokenLabel.resize(2000); }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.statements[0] = "text of a page"; }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.kind = MessageKind::webEid; }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.statements[0] = std::string(64, 'A'); }));
    EXPECT_TRUE(refused([](SignRequest& r) { r.kind = static_cast<MessageKind>(2); }));
}

TEST(CheckSignRequest, webEidRequest_passes) {
    auto asked = request();
    asked.kind = MessageKind::webEid;
    asked.statements = {std::string(64, 'A')};
    EXPECT_TRUE(checkSignRequest(asked));
}

}  // namespace
}  // namespace signet
