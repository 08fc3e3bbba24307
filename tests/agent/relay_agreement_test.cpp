// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// Agreements over a real TLS server on this computer.
#include "agent/relay.hpp"

#include "base/encoding.hpp"
#include "tests/agent/cli_test_folder.hpp"
#include "tests/agent/login_flow_fixture.hpp"
#include "tests/agent/qt_wait.hpp"
#include "tests/doubles/scripted_tls_server.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

const std::string kText = "---\nid: ua\nversion: 1\n---\n\n# 协议\n";

struct Line {
    explicit Line(ScriptedAnswer answer, RelayLimits limits = {})
        : server(sharedPki().tlsServer({"localhost"}), [answer](const ScriptedRequest&) { return answer; }),
          relay([this](std::string_view) { return std::vector{roots}; }, limits) {
        testApplication();
        platform.issuer = server.url();
        agreement = {"ua", "1", "协议", toBase64Url(sha256(bytesOf(kText))),
                     platform.issuer + "/agreements/1"};
    }
    Result<std::string> fetch() {
        std::optional<Result<std::string>> result;
        relay.fetchAgreement(platform, agreement, [&](Result<std::string> r) { result = std::move(r); });
        EXPECT_FALSE(result) << "never before the call returns";
        if (!waitUntil([&] { return result.has_value(); })) return fail(ErrorCode::internalError, "no reply");
        return *result;
    }
    std::string failure() {
        const auto result = fetch();
        return result ? "no failure" : nameOf(result.error());
    }

    TestFolder folder;
    std::filesystem::path roots =
        folder.write("roots.pem", sharedPki().root(CaKind::tls).certificate.toPem());
    ScriptedTlsServer server;
    Relay relay;
    IssuerMetadata platform;
    PublishedAgreement agreement;
};

// R41
TEST(RelayAgreement, text_isReadByteForByte) {
    for (const std::string type : {"text/markdown; charset=utf-8", "text/plain"}) {
        Line line({.contentType = type, .body = kText});
        const auto text = line.fetch();
        ASSERT_TRUE(text) << nameOf(text.error()) << text.error().detail;
        EXPECT_EQ(*text, kText);
        const auto request = line.server.requests().at(0);
        EXPECT_EQ(request.target, "/agreements/1");
        EXPECT_EQ(request.fields.at("accept"), "text/markdown, text/plain;q=0.9");
        EXPECT_EQ(request.fields.count("cookie"), 0U);
    }
}

TEST(RelayAgreement, whatIsNotTheText_isRefused) {
    const std::vector<std::pair<ScriptedAnswer, std::string>> rows{
        {{.contentType = "text/markdown", .body = kText + "x"}, "platform_error/document_changed"},
        {{.contentType = "text/markdown", .body = ""}, "platform_error/document_changed"},
        {{.contentType = "text/html", .body = kText}, "platform_error/answer_malformed"},
        {{.status = 404, .contentType = "text/markdown", .body = kText}, "platform_error/http_404"},
        {{.status = 302, .fields = {{"Location", "/agreements/2"}}}, "platform_error/redirect_refused"}};
    for (const auto& [answer, name] : rows) {
        Line line(answer);
        EXPECT_EQ(line.failure(), name);
        EXPECT_EQ(line.server.requests().size(), 1U);
    }
}

TEST(RelayAgreement, size_isCappedByItself) {
    const std::string long1(200 * 1024, 'x');
    Line fits({.contentType = "text/markdown", .body = long1});
    fits.agreement.sha256 = toBase64Url(sha256(bytesOf(long1)));
    EXPECT_EQ(fits.failure(), "no failure") << "more than other answers may have";
    Line tooLarge({.contentType = "text/markdown", .body = std::string(256 * 1024 + 1, 'x')});
    EXPECT_EQ(tooLarge.failure(), "platform_error/answer_too_large");
    Line unannounced({.contentType = "text/markdown", .extraBytes = 300 * 1024});
    EXPECT_EQ(unannounced.failure(), "platform_error/answer_too_large");
}

TEST(RelayAgreement, time_isLimited) {
    Line line({.isStalled = true}, {.request = std::chrono::milliseconds(200)});
    EXPECT_EQ(line.failure(), "timeout/request");
}

// Attack 52: what the metadata names can lead nowhere else.
TEST(RelayAgreement, addressOfAnother_isNotAsked) {
    Line line({.contentType = "text/markdown", .body = kText});
    const auto port = std::to_string(line.server.port());
    const std::vector<std::string> urls{"",
                                        "https://other.example.test/1",
                                        "http://localhost:" + port + "/1",
                                        "https://localhost:" + port,
                                        "https://localhost:" + port + "9/1",
                                        "https://localhost/1",
                                        "https://localhost:" + port + "@other.example.test/1",
                                        line.platform.issuer + "/1?next=//other.test",
                                        line.platform.issuer + "/a\r\nHost: b",
                                        line.platform.issuer + "/1#x"};
    for (const auto& url : urls) {
        line.agreement.url = url;
        EXPECT_EQ(line.failure(), "platform_error/endpoint_foreign") << url;
    }
    EXPECT_TRUE(line.server.requests().empty());
}

}  // namespace
}  // namespace signet
