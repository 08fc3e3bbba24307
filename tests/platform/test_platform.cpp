// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/platform/test_platform.hpp"

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "certs/signature.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace signet::test {
namespace {

void writePem(const std::filesystem::path& file, const std::vector<Certificate>& certificates) {
    std::string pem;
    for (const auto& certificate : certificates) pem += certificate.toPem();
    ASSERT_TRUE(writeFileAtomically(file, pem));
}

void writeKey(const std::filesystem::path& file, EVP_PKEY* key) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &data);
    ASSERT_TRUE(writeFileAtomically(file, std::string_view(data, static_cast<std::size_t>(size))));
}

}  // namespace

TempFolder::TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "signet-platform-XXXXXX").string();
    m_path = ::mkdtemp(name.data());
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

TestClock::TestClock() : m_seconds(SystemClock().now().time_since_epoch().count()) {
}

Result<Bytes> FakeTransport::fetch(const std::string& url, BytesView, std::size_t,
                                   std::chrono::milliseconds) {
    ++calls;
    if (answer) return answer(url);
    return fail(ErrorCode::revocationUnknown, "nobody answers", "unreachable");
}

TestPki& sharedPki() {
    static TestPki pki;
    return pki;
}

TestPlatform::TestPlatform(const Change& change, TestPki& pki) {
    std::filesystem::create_directory(folder.path() / "trust");
    writePem(folder.path() / "trust" / "cas.pem", pki.trusted());
    const auto tls = pki.tlsServer({"localhost", "127.0.0.1"});
    writePem(folder.path() / "tls.pem", tls.chain);
    writeKey(folder.path() / "tls.key", tls.key.get());
    m_binding = toBase64Url(tls.certificate.fingerprint());
    settings.issuer = "https://localhost:{port}";
    settings.listen = {"127.0.0.1", 0};
    settings.tlsCertificate = folder.path() / "tls.pem";
    settings.tlsKey = folder.path() / "tls.key";
    settings.database = "sqlite:" + (folder.path() / "platform.db").string();
    settings.trust = {folder.path() / "trust"};
    settings.challengeRate = 0;
    if (change) change(settings);
    restart();
}

void TestPlatform::restart() {
    m_node.reset();
    auto parts = loadNodeParts(withPort(settings, 8443));
    if (!parts) {
        ADD_FAILURE() << parts.error().detail;
        std::abort();
    }
    if (wrapStorage) parts->storage = wrapStorage(std::move(parts->storage));
    m_node = std::make_unique<Node>(std::move(*parts), clock, transport);
    EXPECT_TRUE(m_node->prepare());
}

HttpResponse TestPlatform::send(const std::string& method, const std::string& path, const std::string& body,
                                const HttpFields& fields) {
    HttpRequest request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.fields = fields;
    request.address = "192.0.2.1";
    if (!body.empty() && request.countFields("content-type") == 0)
        request.fields.emplace_back("content-type", "application/json");
    return m_node->handle(request);
}

HttpResponse TestPlatform::post(const std::string& path, const json& body, const HttpFields& fields) {
    return send("POST", path, body.dump(), fields);
}

Started TestPlatform::startForAgent(const std::string& purpose, const json& extra) {
    Started started;
    started.secret = *randomToken();
    json wish{{"purpose", purpose}, {"sid", s256(started.secret)}};
    wish.update(extra);
    const auto answer = post("/agent/v1/challenges", wish);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto read = send("GET", "/agent/v1/challenges/" + bodyOf(answer).value("challenge_id", ""));
    auto challenge = parseChallenge(read.body);
    EXPECT_TRUE(challenge) << read.body;
    if (challenge) started.challenge = std::move(*challenge);
    return started;
}

Started TestPlatform::startForPage(const HttpFields& fields) {
    const auto answer = post("/login/challenges", {{"purpose", "login"}}, fields);
    EXPECT_EQ(answer.status, 200) << answer.body;
    Started started;
    started.origin = node().settings().origins.front();
    started.cookies = {{"cookie", cookieOf(answer, "__Host-signet-pre")}};
    auto challenge =
        parseChallenge(send("GET", "/agent/v1/challenges/" + bodyOf(answer).value("challenge_id", "")).body);
    EXPECT_TRUE(challenge);
    if (challenge) started.challenge = std::move(*challenge);
    return started;
}

std::string signStatement(const Challenge& challenge, std::string_view origin, const ChannelBinding& binding,
                          const Issued& signer, Algorithm algorithm, std::string& protectedText) {
    protectedText = encodeProtected(algorithm, signer.chain);
    const auto payload = statementPayload(challenge, origin, binding, signer.certificate);
    const auto signature =
        signWithKey(algorithm, signer.key.get(), bytesOf(signingInput(protectedText, payload)));
    EXPECT_TRUE(signature);
    return signature ? toBase64Url(*signature) : std::string();
}

json TestPlatform::signedBody(const Started& started, const Issued& signer, Algorithm algorithm) const {
    std::string header;
    const auto signature =
        signStatement(started.challenge, started.origin, binding(), signer, algorithm, header);
    return {{"challenge_id", started.challenge.id},
            {"protected", header},
            {"signature", signature},
            {"cb", {{"type", binding().type}, {"data", binding().data}}}};
}

json TestPlatform::signedBody(const Started& started, const Issued& signer) const {
    return signedBody(started, signer, algorithmOf(signer.certificate));
}

Started TestPlatform::registerWith(const Issued& signer) {
    auto started = startForAgent("bind");
    const auto answer = login(started, signer);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return started;
}

HttpResponse TestPlatform::complete(const Started& started, const HttpResponse& login,
                                    const HttpFields& fields) {
    json body{{"challenge_id", started.challenge.id}, {"handoff", bodyOf(login).value("handoff", "")}};
    auto all = fields;
    if (started.cookies.empty()) body["secret"] = started.secret;
    all.insert(all.end(), started.cookies.begin(), started.cookies.end());
    return post("/login/complete", body, all);
}

Algorithm algorithmOf(const Certificate& certificate) {
    switch (certificate.keyType()) {
        case KeyType::rsa:
            return Algorithm::rs256;
        case KeyType::p256:
            return Algorithm::es256;
        case KeyType::p384:
            return Algorithm::es384;
        case KeyType::sm2:
            return Algorithm::sm2sm3;
        case KeyType::other:
            break;
    }
    ADD_FAILURE() << "no algorithm for this key";
    return Algorithm::es256;
}

json bodyOf(const HttpResponse& response) {
    return json::parse(response.body, nullptr, false);
}

std::string codeOf(const HttpResponse& response) {
    const auto body = bodyOf(response);
    if (!body.is_object() || fieldOf(response, "Content-Type") != "application/problem+json") return {};
    EXPECT_EQ(body.value("status", 0), response.status);
    return body.value("code", "");
}

std::string fieldOf(const HttpResponse& response, std::string_view name) {
    for (const auto& [key, value] : response.fields)
        if (key == name) return value;
    return {};
}

std::string cookieOf(const HttpResponse& response, std::string_view name) {
    for (const auto& [key, value] : response.fields)
        if (key == "Set-Cookie" && value.starts_with(std::string(name) + "="))
            return value.substr(0, value.find(';'));
    return {};
}

std::string allBytesIn(const std::filesystem::path& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ostringstream content;
        content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        all += content.str();
    }
    return all;
}

}  // namespace signet::test
