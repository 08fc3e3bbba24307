// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// The relay against a real TLS server on this computer, which does what a platform should never do.
// Attack 52.
#include "agent/relay.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "tests/agent/cli_test_folder.hpp"
#include "tests/agent/login_flow_fixture.hpp"
#include "tests/agent/qt_wait.hpp"
#include "tests/doubles/scripted_tls_server.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>

namespace signet {
namespace {

/// localhost for certificates by name; other names do not resolve here.
const Issued& localhostIdentity() {
    static const Issued identity = sharedPki().tlsServer({"localhost", "127.0.0.1"});
    return identity;
}

std::string metadataFor(const std::string& issuer) {
    const Json metadata{{"issuer", issuer},
                        {"api", 1},
                        {"origins", {issuer}},
                        {"challenge_endpoint", issuer + "/agent/v1/challenges"},
                        {"login_endpoint", issuer + "/agent/v1/logins"},
                        {"browser_handoff", issuer + "/login/handoff"},
                        {"algs", {"ES256"}},
                        {"agreements", Json::array()},
                        {"service", {{"status", "ok"}}}};
    return metadata.dump();
}

/// A server with a script, and a relay whose only root is the test PKI's TLS CA.
struct Line {
    explicit Line(ScriptedTlsServer::Handler handler, const Issued& identity = localhostIdentity(),
                  RelayLimits limits = {})
        : server(identity, std::move(handler)),
          roots(folder.write("roots.pem", rootPem())),
          relay(rootsFor(), limits) {
        issuer = server.url();
        testApplication();
    }
    /// Answers the metadata as it should be; anything else by `script`.
    static ScriptedTlsServer::Handler always(ScriptedAnswer answer) {
        return [answer](const ScriptedRequest&) { return answer; };
    }
    static std::string rootPem() { return sharedPki().root(CaKind::tls).certificate.toPem(); }
    Relay::RootsFor rootsFor() {
        return [this](std::string_view) { return std::vector{roots}; };
    }

    Result<IssuerMetadata> metadata() {
        std::optional<Result<IssuerMetadata>> result;
        relay.fetchMetadata(issuer, [&](Result<IssuerMetadata> r) { result = std::move(r); });
        EXPECT_FALSE(result) << "never before the call returns";
        if (!waitUntil([&] { return result.has_value(); })) return fail(ErrorCode::internalError, "no reply");
        return *result;
    }
    IssuerMetadata platform() const {
        IssuerMetadata platform;
        platform.issuer = issuer;
        platform.challengeEndpoint = issuer + "/agent/v1/challenges";
        platform.loginEndpoint = issuer + "/agent/v1/logins";
        return platform;
    }

    TestFolder folder;
    ScriptedTlsServer server;
    std::filesystem::path roots;
    Relay relay;
    std::string issuer;
};

std::string failureOf(const Result<IssuerMetadata>& result) {
    return result ? "no failure" : nameOf(result.error());
}

TEST(Relay, metadata_isRead) {
    std::string issuer;
    Line line([&](const ScriptedRequest&) { return ScriptedAnswer{.body = metadataFor(issuer)}; });
    issuer = line.issuer;
    const auto metadata = line.metadata();
    ASSERT_TRUE(metadata) << failureOf(metadata) << metadata.error().detail;
    EXPECT_EQ(metadata->loginEndpoint, line.issuer + "/agent/v1/logins");
    ASSERT_EQ(line.server.requests().size(), 1U);
    const auto request = line.server.requests()[0];
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.target, "/.well-known/signet-issuer");
    EXPECT_EQ(request.fields.at("user-agent"), "signet");
    EXPECT_EQ(request.fields.at("accept-encoding"), "identity");
    EXPECT_EQ(request.fields.count("cookie"), 0U);
}

TEST(Relay, certificateOfAnotherName_isRefused) {
    const auto other = sharedPki().tlsServer({"other.example.test"});
    Line line(Line::always({}), other);
    EXPECT_EQ(failureOf(line.metadata()), "platform_tls/tls_name_mismatch");
    EXPECT_TRUE(line.server.requests().empty());
}

TEST(Relay, certificateOfAnotherRoot_isRefused) {
    const auto other = sharedPki().tlsServer({"localhost"}, CaKind::otherTls);
    Line line(Line::always({}), other);
    const auto result = line.metadata();
    EXPECT_EQ(failureOf(result), "platform_tls/tls_untrusted");
    EXPECT_EQ(result.error().params.at("host"), "localhost");
    EXPECT_TRUE(line.server.requests().empty());
}

TEST(Relay, certificateOfTheSystemsRootsOnly_isNotEnoughWhereTheIssuerHasItsOwn) {
    Line line(Line::always({}));
    line.folder.write("roots.pem", sharedPki().root(CaKind::otherTls).certificate.toPem());
    EXPECT_EQ(failureOf(line.metadata()), "platform_tls/tls_untrusted");
}

TEST(Relay, unknownRootWithTheSystemsRoots_isRefused) {
    Line line(Line::always({}));
    Relay plain;
    std::optional<Result<IssuerMetadata>> result;
    plain.fetchMetadata(line.issuer, [&](Result<IssuerMetadata> r) { result = std::move(r); });
    ASSERT_TRUE(waitUntil([&] { return result.has_value(); }));
    EXPECT_EQ(failureOf(*result), "platform_tls/tls_untrusted");
}

TEST(Relay, certificateThatExpired_isRefused) {
    Profile profile;
    profile.issuer = CaKind::tls;
    profile.subject = {{"CN", "localhost"}};
    profile.subjectAltName = "DNS:localhost";
    profile.extendedKeyUsage = "serverAuth";
    profile.keyUsage = "critical,digitalSignature";
    profile.startsIn = std::chrono::hours(-48);
    profile.endsIn = std::chrono::hours(-1);
    profile.hasRevocationSources = false;
    Line line(Line::always({}), sharedPki().issue(profile));
    EXPECT_EQ(failureOf(line.metadata()), "platform_tls/tls_expired");
}

TEST(Relay, noTlsAtAll_isRefused) {
    Line line(Line::always({}));
    line.server.setPlainGreeting("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_EQ(failureOf(line.metadata()), "platform_tls/tls_failed");
}

TEST(Relay, issuerWithoutTls_isNeverAsked) {
    Line line(Line::always({}));
    line.issuer = "http://localhost:" + std::to_string(line.server.port());
    EXPECT_EQ(failureOf(line.metadata()), "issuer_not_allowed/issuer_form");
    EXPECT_EQ(line.server.connections(), 0);
}

TEST(Relay, rootsThatCannotBeRead_failClosed) {
    Line line(Line::always({}));
    std::filesystem::remove(line.roots);
    EXPECT_EQ(failureOf(line.metadata()), "configuration_invalid/file_missing");
    line.folder.write("roots.pem", "no certificate in here\n");
    EXPECT_EQ(failureOf(line.metadata()), "configuration_invalid/issuer_ca");
    EXPECT_EQ(line.server.connections(), 0);
}

TEST(Relay, redirect_isRefused) {
    for (const int status : {301, 302, 303, 307, 308, 304}) {
        Line line(Line::always({.status = status, .fields = {{"Location", "https://localhost:1/"}}}));
        EXPECT_EQ(failureOf(line.metadata()), "platform_error/redirect_refused") << status;
        EXPECT_EQ(line.server.requests().size(), 1U);
    }
}

TEST(Relay, answerOf10Megabytes_isCutOff) {
    const std::size_t tenMegabytes = 10 * 1024 * 1024;
    Line announced(Line::always({.body = std::string(tenMegabytes, ' ')}));
    EXPECT_EQ(failureOf(announced.metadata()), "platform_error/answer_too_large");
    Line chunked(Line::always({.extraBytes = tenMegabytes}));
    EXPECT_EQ(failureOf(chunked.metadata()), "platform_error/answer_too_large");
    Line refusal(Line::always({.status = 500, .extraBytes = tenMegabytes}));
    EXPECT_EQ(failureOf(refusal.metadata()), "platform_error/answer_too_large");
}

TEST(Relay, packedAnswer_isNotUnpacked) {
    // gzip of "{}": would be valid JSON once unpacked.
    const auto packed = fromHex("1f8b0800000000000003abae050043bfa6a302000000");
    Line line(Line::always({.body = std::string(textOf(*packed)), .fields = {{"Content-Encoding", "gzip"}}}));
    EXPECT_EQ(failureOf(line.metadata()), "platform_error/answer_malformed");
}

TEST(Relay, slowAnswer_timesOut) {
    Line line(Line::always({.isStalled = true}), localhostIdentity(),
              {.request = std::chrono::milliseconds(200)});
    const auto result = line.metadata();
    EXPECT_EQ(failureOf(result), "timeout/request");
    EXPECT_EQ(result.error().params.at("host"), "localhost");
}

TEST(Relay, garbage_isNamed) {
    for (const auto* body : {"", "garbage", "[]", "{\"issuer\":", "{}", "\xff\xfe", "{\"api\":1.5}"}) {
        Line line(Line::always({.body = body}));
        EXPECT_EQ(failureOf(line.metadata()), "platform_error/answer_malformed") << body;
    }
    std::string issuer;
    Line html([&](const ScriptedRequest&) {
        return ScriptedAnswer{.contentType = "text/html", .body = metadataFor(issuer)};
    });
    issuer = html.issuer;
    EXPECT_EQ(failureOf(html.metadata()), "platform_error/answer_malformed");
    Line notHttp(Line::always({.raw = "SSH-2.0-OpenSSH_9.2\r\n\r\n"}));
    const auto result = notHttp.metadata();
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().code == ErrorCode::platformError ||
                result.error().code == ErrorCode::platformUnreachable)
        << failureOf(result);
}

TEST(Relay, connectionClosedInTheMiddle_isUnreachable) {
    Line closed(Line::always({.isClosed = true}));
    EXPECT_EQ(failureOf(closed.metadata()), "platform_unreachable/closed");
    Line half(Line::always(
        {.raw = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"}));
    EXPECT_EQ(failureOf(half.metadata()), "platform_unreachable/closed");
}

TEST(Relay, nobodyListens_isUnreachable) {
    Line line(Line::always({}));
    const auto taken = line.server.port();
    line.issuer = "https://localhost:1";
    ASSERT_NE(taken, 1);
    const auto result = line.metadata();
    EXPECT_EQ(failureOf(result), "platform_unreachable/refused");
    EXPECT_EQ(result.error().params.at("host"), "localhost");
}

TEST(Relay, nameThatDoesNotResolve_isUnreachable) {
    Line line(Line::always({}));
    line.issuer = "https://no-such-host.invalid";
    EXPECT_EQ(failureOf(line.metadata()), "platform_unreachable/dns");
}

// A proxy of the environment is used, but never for this computer itself.
TEST(Relay, proxyOfTheSystem_isUsedButNotForLoopback) {
    std::string issuer;
    Line line([&](const ScriptedRequest&) { return ScriptedAnswer{.body = metadataFor(issuer)}; });
    issuer = line.issuer;
    ::setenv("https_proxy", "http://127.0.0.1:1", 1);
    const auto direct = line.metadata();
    line.issuer = "https://uc.example.test";
    const auto proxied = line.metadata();
    ::unsetenv("https_proxy");
    EXPECT_TRUE(direct) << failureOf(direct);
    EXPECT_EQ(failureOf(proxied), "platform_unreachable/proxy") << proxied.error().detail;
}

TEST(Relay, problemDocument_isThePlatformsWord) {
    struct Row {
        int status;
        const char* type;
        const char* body;
        const char* name;
    };
    const Row table[] = {
        {409, "application/problem+json", R"({"code":"challenge_used"})", "challenge_used"},
        {403, "application/problem+json; charset=utf-8", R"({"code":"account_unknown","title":"x"})",
         "account_unknown"},
        {400, "application/problem+json", R"({"code":"bad_request"})", "bad_request"},
        {429, "application/problem+json", R"({"code":"rate_limited"})", "rate_limited"},
        {503, "application/problem+json", R"({"code":"maintenance"})", "maintenance"},
        {403, "application/problem+json", R"({"code":"pin_locked"})", "platform_error/unknown_code"},
        {403, "application/problem+json", R"({"code":"internal_error"})", "platform_error/unknown_code"},
        {403, "application/problem+json", R"({"code":"made_up"})", "platform_error/unknown_code"},
        {403, "application/json", R"({"code":"challenge_used"})", "platform_error/http_403"},
        {404, "text/html", "<html>", "platform_error/http_404"},
        {500, "application/problem+json", "{", "platform_error/http_500"},
        {502, "text/html", "", "platform_error/http_502"},
        {401, "text/html", "", "platform_error/http_401"},
        {204, "application/json", "", "platform_error/http_204"},
    };
    for (const auto& row : table) {
        Line line(Line::always({.status = row.status, .contentType = row.type, .body = row.body}));
        const auto result = line.metadata();
        EXPECT_EQ(failureOf(result), row.name) << row.status << row.body;
        EXPECT_TRUE(result.error().isFromPlatform);
        EXPECT_EQ(result.error().params.at("host"), "localhost");
    }
}

TEST(Relay, cancelledRequest_doesNotReply) {
    Line line(Line::always({.isStalled = true}));
    bool hasReplied = false;
    const auto id =
        line.relay.fetchMetadata(line.issuer, [&](const Result<IssuerMetadata>&) { hasReplied = true; });
    ASSERT_TRUE(waitUntil([&] { return line.server.requests().size() == 1; }));
    line.relay.cancel(id);
    line.relay.cancel(id);
    line.issuer = "https://localhost:1";
    (void)line.metadata();  // the loop has run
    EXPECT_FALSE(hasReplied);
}

TEST(Relay, destroyedInTheMiddle_doesNotReply) {
    Line line(Line::always({.isStalled = true}));
    bool hasReplied = false;
    {
        Relay relay(line.rootsFor());
        relay.fetchMetadata(line.issuer, [&](const Result<IssuerMetadata>&) { hasReplied = true; });
        ASSERT_TRUE(waitUntil([&] { return line.server.requests().size() == 1; }));
    }
    line.issuer = "https://localhost:1";
    (void)line.metadata();
    EXPECT_FALSE(hasReplied);
}

SignedLogin someLogin() {
    return {.challengeId = std::string(22, 'A'),
            .protectedHeader = "eyJ9",
            .signature = {1, 2, 3},
            .binding = {"tls-server-end-point", std::string(43, 'A')},
            .peerCertificate = localhostIdentity().certificate.fingerprint()};
}

TEST(Relay, loginPost_sendsTheSameBytesForTheSameValues) {
    Line line(Line::always({.isClosed = true}));
    for (int i = 0; i < 2; ++i) {
        std::optional<Error> error;
        line.relay.postLogin(line.platform(), someLogin(),
                             [&](const Result<RelayedLogin>& r) { error = r.error(); });
        ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
        EXPECT_EQ(nameOf(*error), "platform_unreachable/closed");
    }
    const auto requests = line.server.requests();
    ASSERT_GE(requests.size(), 2U);
    for (const auto& request : requests) {
        EXPECT_EQ(request.method, "POST");
        EXPECT_EQ(request.target, "/agent/v1/logins");
        EXPECT_EQ(
            request.body,
            R"({"cb":{"data":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","type":"tls-server-end-point"},)"
            R"("challenge_id":"AAAAAAAAAAAAAAAAAAAAAA","protected":"eyJ9","signature":"AQID"})");
    }
}

// A server with another certificate than the one that the statement binds gets nothing, though its
// certificate is good.
TEST(Relay, loginPostToAnotherCertificate_sendsNothing) {
    Line line(Line::always({}), sharedPki().tlsServer({"localhost"}));
    std::optional<Error> error;
    line.relay.postLogin(line.platform(), someLogin(),
                         [&](const Result<RelayedLogin>& r) { error = r.error(); });
    ASSERT_TRUE(waitUntil([&] { return error.has_value(); }));
    EXPECT_EQ(nameOf(*error), "platform_tls/certificate_changed");
    EXPECT_TRUE(line.server.requests().empty()) << "refused before a byte was sent";
}

TEST(Relay, completion_carriesSecretAndKey) {
    const std::string session(43, 'S');
    Line line(
        Line::always({.body = R"({"session":")" + session + R"("})", .fields = {{"Set-Cookie", "a=b"}}}));
    const SecretBytes handoff(bytesOf("handoff"));
    const SecretBytes secret(bytesOf("secret"));
    const Completion completion{"cid", handoff.view(), secret.view(), std::string(43, 'K'),
                                localhostIdentity().certificate.fingerprint()};
    for (int i = 0; i < 2; ++i) {
        std::optional<Result<CompletionAnswer>> answer;
        line.relay.complete(line.platform(), completion,
                            [&](Result<CompletionAnswer> r) { answer = std::move(r); });
        ASSERT_TRUE(waitUntil([&] { return answer.has_value(); }));
        ASSERT_TRUE(*answer) << nameOf(answer->error());
        EXPECT_EQ(textOf((*answer)->session.view()), session);
    }
    const auto requests = line.server.requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[0].target, "/login/complete");
    EXPECT_EQ(requests[0].body, R"({"challenge_id":"cid","handoff":"handoff","secret":"secret"})");
    EXPECT_EQ(requests[0].fields.at("idempotency-key"), std::string(43, 'K'));
    EXPECT_EQ(requests[1].fields.count("cookie"), 0U) << "no cookie is kept";
}

TEST(Relay, challenge_comesWithTheCertificateOfThePeer) {
    const Json challenge = challengeJson([] {
        ScriptedLoop loop;
        auto made = ScriptedPlatform(loop, kIssuer).challenge;
        made.sessionBinding = std::string(43, 'A');
        return made;
    }());
    Line line(Line::always({.body = challenge.dump()}));
    for (int i = 0; i < 2; ++i) {  // the second over the same connection
        std::optional<Result<FetchedChallenge>> answer;
        line.relay.fetchChallenge(line.platform(), std::string(22, 'A'),
                                  [&](Result<FetchedChallenge> r) { answer = std::move(r); });
        ASSERT_TRUE(waitUntil([&] { return answer.has_value(); }));
        ASSERT_TRUE(*answer) << nameOf(answer->error()) << answer->error().detail;
        EXPECT_EQ((*answer)->peerCertificate, localhostIdentity().certificate.fingerprint());
        EXPECT_EQ((*answer)->challenge.audience, kIssuer);
    }
    EXPECT_EQ(line.server.connections(), 1);
}

// Nothing is signed when the platform is not what it should be: the whole flow over the real relay.
TEST(Relay, badPlatform_endsTheFlowBeforeAnythingIsAsked) {
    struct Row {
        ScriptedAnswer answer;
        const char* name;
    };
    const Row table[] = {{{.status = 302}, "platform_error/redirect_refused"},
                         {{.extraBytes = 10 * 1024 * 1024}, "platform_error/answer_too_large"},
                         {{.isStalled = true}, "timeout/request"},
                         {{.body = "garbage"}, "platform_error/answer_malformed"},
                         {{.isClosed = true}, "platform_unreachable/closed"}};
    for (const auto& row : table) {
        Line line(Line::always(row.answer), localhostIdentity(), {.request = std::chrono::milliseconds(500)});
        Desktop desktop;
        desktop.request.issuer = line.issuer;
        LoginFlow flow({desktop.ui,
                        desktop.tokens,
                        line.relay,
                        desktop.checker,
                        desktop.trust,
                        desktop.clock,
                        desktop.timers,
                        {line.issuer}},
                       desktop.request);
        flow.start([&](Result<LoginResult> result) { desktop.outcome = std::move(result); });
        ASSERT_TRUE(waitUntil([&] {
            desktop.loop.runAll();
            return desktop.outcome.has_value();
        }));
        EXPECT_EQ(nameOf(desktop.error()), row.name);
        EXPECT_TRUE(desktop.nothingWasAsked());
        EXPECT_TRUE(desktop.nothingWasSigned());
    }
}

}  // namespace
}  // namespace signet
