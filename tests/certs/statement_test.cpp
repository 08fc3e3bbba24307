// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/statement.hpp"

#include "base/encoding.hpp"
#include "certs/signature.hpp"
#include "tests/certs/shared_pki.hpp"
#include "tests/certs/statement_sample.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace signet {
namespace {

std::string encodedHeader(const Json& header) {
    return toBase64Url(bytesOf(canonicalJson(header)));
}

Json headerJson() {
    const auto issued = pki().enterprise();
    return {{"alg", "ES256"}, {"typ", "signet-login.v1+jws"}, {"x5c", {toBase64(issued.certificate.der())}}};
}

TEST(StatementPayload, is_exactly_what_the_contract_says) {
    const auto leaf = pki().enterprise().certificate;
    const auto challenge = sampleChallenge();
    const std::string expected =
        R"({"act":{"as":"legal_rep","mandate":"m-7","org":"91350200MA2YJ1XR9G"},)"
        R"("agr":[{"id":"user-agreement","s256":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE","ver":"2026-09"}],)"
        R"("aud":"https://uc.example.test",)"
        R"("cb":{"data":"YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE","type":"tls-server-end-point"},)"
        R"("cid":"MTIzNDU2Nzg5MGFiY2RlZg","client":"rp-123","exp":1790000120,"iat":1790000000,)"
        R"("nonce":"bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4","origin":"https://uc.example.test",)"
        R"("purpose":"login","req":"cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI",)"
        R"("sid":"c3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3M",)"
        R"("txn":")" +
        toBase64Url(sha256(bytesOf("转让施工许可"))) + R"(","v":"urn:signet:login:v1","x5t":")" +
        toBase64Url(leaf.fingerprint()) + "\"}";
    EXPECT_EQ(statementPayload(challenge, "https://uc.example.test", sampleBinding(), leaf), expected);
}

TEST(StatementPayload, self_without_client_text_and_binding_has_empty_values) {
    const auto leaf = pki().enterprise().certificate;
    auto challenge = sampleChallenge();
    challenge.act = {};
    challenge.client.reset();
    challenge.text.reset();
    challenge.request.clear();
    challenge.sessionBinding.clear();
    challenge.agreements.clear();
    const auto payload = parseStrictJson(statementPayload(challenge, kAgentOrigin, {}, leaf)).value();
    EXPECT_EQ(payload.at("act"), Json::parse(R"({"as":"self"})"));
    EXPECT_EQ(payload.at("cb"), Json::parse(R"({"type":"none","data":""})"));
    EXPECT_EQ(payload.at("client"), "");
    EXPECT_EQ(payload.at("agr"), Json::array());
    EXPECT_EQ(payload.at("origin"), "signet:agent");
    EXPECT_FALSE(payload.contains("txn"));
    EXPECT_EQ(payload.size(), 15U);
}

TEST(StatementPayload, name_shown_for_the_act_is_not_signed) {
    const auto leaf = pki().enterprise().certificate;
    auto challenge = sampleChallenge();
    const auto before = statementPayload(challenge, kAgentOrigin, {}, leaf);
    challenge.act.name = "另一个名称";
    challenge.client->name = "另一个系统";
    EXPECT_EQ(statementPayload(challenge, kAgentOrigin, {}, leaf), before);
}

TEST(StatementHeader, encodes_and_decodes) {
    const auto issued = pki().enterprise();
    const auto encoded = encodeProtected(Algorithm::es256, issued.chain);
    const auto decoded = decodeProtected(encoded);
    ASSERT_TRUE(decoded) << decoded.error().detail;
    EXPECT_EQ(decoded->algorithm, Algorithm::es256);
    EXPECT_EQ(decoded->chain, issued.chain);
    EXPECT_EQ(decoded->chain.size(), 2U);
    EXPECT_EQ(encodeProtected(decoded->algorithm, decoded->chain), encoded);
}

TEST(StatementHeader, certificates_come_from_the_source) {
    const auto issued = pki().enterprise();
    int calls = 0;
    const auto decoded = decodeProtected(encodeProtected(Algorithm::es256, issued.chain), [&](BytesView der) {
        ++calls;
        return Certificate::fromDer(der);
    });
    ASSERT_TRUE(decoded);
    EXPECT_EQ(calls, 2);
    const auto refused =
        decodeProtected(encodeProtected(Algorithm::es256, issued.chain),
                        [](BytesView) -> Result<Certificate> { return fail(ErrorCode::rateLimited); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::rateLimited);
}

TEST(StatementHeader, anything_but_the_three_members_is_refused) {
    const auto der = toBase64(pki().enterprise().certificate.der());
    const struct {
        const char* what;
        std::function<void(Json&)> change;
    } cases[] = {
        {"unknown member", [](Json& h) { h["kid"] = "1"; }},
        {"crit", [](Json& h) { h["crit"] = Json::array({"b64"}); }},
        {"no typ", [](Json& h) { h.erase("typ"); }},
        {"another typ", [](Json& h) { h["typ"] = "JWT"; }},
        {"typ instead of x5c",
         [](Json& h) {
             h.erase("x5c");
             h["jwk"] = "x";
         }},
        {"no alg", [](Json& h) { h.erase("alg"); }},
        {"alg a number", [](Json& h) { h["alg"] = 7; }},
        {"x5c a text", [&](Json& h) { h["x5c"] = der; }},
        {"x5c empty", [](Json& h) { h["x5c"] = Json::array(); }},
        {"x5c of nine", [&](Json& h) { h["x5c"] = Json(std::vector<std::string>(9, der)); }},
        {"x5c of numbers", [](Json& h) { h["x5c"] = {1}; }},
        {"x5c base64url", [](Json& h) { h["x5c"] = {"-_-_"}; }},
        {"x5c with line breaks", [&](Json& h) { h["x5c"] = {der.substr(0, 64) + "\n" + der.substr(64)}; }},
        {"x5c not a certificate", [](Json& h) { h["x5c"] = {"AAAA"}; }},
        {"x5c with trailing bytes", [&](Json& h) { h["x5c"] = {toBase64(Bytes(2000, 0x30))}; }},
    };
    for (const auto& row : cases) {
        auto header = headerJson();
        row.change(header);
        const auto decoded = decodeProtected(encodedHeader(header));
        ASSERT_FALSE(decoded) << row.what;
        EXPECT_EQ(decoded.error().code, ErrorCode::badRequest) << row.what;
    }
}

TEST(StatementHeader, unknown_algorithm_is_not_allowed) {
    for (const auto* name : {"none", "HS256", "ES256K", "EdDSA", "es256", ""}) {
        auto header = headerJson();
        header["alg"] = name;
        const auto decoded = decodeProtected(encodedHeader(header));
        ASSERT_FALSE(decoded) << name;
        EXPECT_EQ(decoded.error().code, ErrorCode::algNotAllowed) << name;
    }
}

TEST(StatementHeader, other_spelling_of_the_same_header_is_refused) {
    const auto header = headerJson();
    const auto canonical = canonicalJson(header);
    ASSERT_TRUE(decodeProtected(toBase64Url(bytesOf(canonical))));
    std::string escaped = canonical;
    escaped.replace(escaped.find("ES256"), 1, "\\u0045");
    const std::string unsorted = R"({"typ":"signet-login.v1+jws",)" +
                                 canonical.substr(1, canonical.find(",\"typ\"") - 1) +
                                 canonical.substr(canonical.find(",\"x5c\""));
    for (const auto& text : {header.dump(1), escaped, unsorted, canonical + " "})
        EXPECT_FALSE(decodeProtected(toBase64Url(bytesOf(text)))) << text.substr(0, 40);
    const auto encoded = toBase64Url(bytesOf(canonical));
    EXPECT_FALSE(decodeProtected(encoded + "="));
    EXPECT_FALSE(decodeProtected(encoded + "\n"));
    EXPECT_FALSE(decodeProtected(""));
    EXPECT_FALSE(decodeProtected(std::string(64 * 1024 + 1, 'A')));
}

/// A statement that is signed, and what the verifier has of it.
struct Signed {
    std::string header;
    Bytes signature;
};

Signed signSample(const Issued& issued, Algorithm algorithm, const Challenge& challenge) {
    auto header = encodeProtected(algorithm, issued.chain);
    const auto payload = statementPayload(challenge, kSampleOrigin, sampleBinding(), issued.certificate);
    const auto input = signingInput(header, payload);
    return {header, signWithKey(algorithm, issued.key.get(), bytesOf(input)).value()};
}

Result<void> verify(const Signed& statement, const std::string& payload) {
    return verifyStatement(decodeProtected(statement.header).value(), statement.header, payload,
                           statement.signature);
}

struct KeyRow {
    KeyKind key;
    Algorithm algorithm;
};
constexpr KeyRow kKeys[] = {{KeyKind::rsa2048, Algorithm::rs256},
                            {KeyKind::rsa3072, Algorithm::ps256},
                            {KeyKind::p256, Algorithm::es256},
                            {KeyKind::p384, Algorithm::es384},
                            {KeyKind::sm2, Algorithm::sm2sm3}};

// R15
TEST(Statement, every_algorithm_verifies_over_the_rebuilt_payload) {
    const auto challenge = sampleChallenge();
    for (const auto& row : kKeys) {
        const auto issued = pki().enterprise(row.key);
        const auto statement = signSample(issued, row.algorithm, challenge);
        // The platform's record of the challenge, as it went over the wire and back.
        const auto recorded = parseChallenge(canonicalJson(challengeJson(challenge)));
        ASSERT_TRUE(recorded) << recorded.error().detail;
        const auto payload = statementPayload(*recorded, kSampleOrigin, sampleBinding(), issued.certificate);
        const auto result = verify(statement, payload);
        EXPECT_TRUE(result) << toString(row.algorithm) << (result ? "" : result.error().detail);
    }
}

/// One way to change what the verifier rebuilds.
struct Tampering {
    const char* field;
    std::function<void(Challenge&, std::string& origin, ChannelBinding&)> change;
};

std::vector<Tampering> tamperings() {
    const std::string other43 = toBase64Url(Bytes(32, 0x55));
    return {
        {"act", [](auto& c, auto&, auto&) { c.act.as = "operator"; }},
        {"act", [](auto& c, auto&, auto&) { c.act.org = "91440101MA5CJQ4N59"; }},
        {"act", [](auto& c, auto&, auto&) { c.act.mandate = "m-8"; }},
        {"act", [](auto& c, auto&, auto&) { c.act = {}; }},
        {"agr", [](auto& c, auto&, auto&) { c.agreements[0].version = "2026-10"; }},
        {"agr", [](auto& c, auto&, auto&) { c.agreements[0].id = "privacy"; }},
        {"agr", [=](auto& c, auto&, auto&) { c.agreements[0].sha256 = other43; }},
        {"agr", [](auto& c, auto&, auto&) { c.agreements.clear(); }},
        {"aud", [](auto& c, auto&, auto&) { c.audience += "/"; }},
        {"cb", [=](auto&, auto&, auto& b) { b.data = other43; }},
        {"cb", [](auto&, auto&, auto& b) { b = {}; }},
        {"cid", [](auto& c, auto&, auto&) { c.id = toBase64Url(Bytes(16, 0x55)); }},
        {"client", [](auto& c, auto&, auto&) { c.client->id = "rp-124"; }},
        {"client", [](auto& c, auto&, auto&) { c.client.reset(); }},
        {"exp", [](auto& c, auto&, auto&) { c.expiresAt += std::chrono::seconds(1); }},
        {"iat", [](auto& c, auto&, auto&) { c.issuedAt -= std::chrono::seconds(1); }},
        {"nonce", [=](auto& c, auto&, auto&) { c.nonce = other43; }},
        {"origin", [](auto&, auto& o, auto&) { o = "https://uc.example.test:8443"; }},
        {"origin", [](auto&, auto& o, auto&) { o = kAgentOrigin; }},
        {"purpose", [](auto& c, auto&, auto&) { c.purpose = Purpose::bind; }},
        {"req", [=](auto& c, auto&, auto&) { c.request = other43; }},
        {"req", [](auto& c, auto&, auto&) { c.request.clear(); }},
        {"sid", [=](auto& c, auto&, auto&) { c.sessionBinding = other43; }},
        {"txn", [](auto& c, auto&, auto&) { c.text = "转让全部资质"; }},
        {"txn", [](auto& c, auto&, auto&) { c.text.reset(); }},
    };
}

// R15, R26
TEST(Statement, tampering_with_any_field_fails) {
    for (const auto& key : kKeys) {
        const auto issued = pki().enterprise(key.key);
        const auto statement = signSample(issued, key.algorithm, sampleChallenge());
        for (const auto& row : tamperings()) {
            auto challenge = sampleChallenge();
            std::string origin(kSampleOrigin);
            auto binding = sampleBinding();
            row.change(challenge, origin, binding);
            const auto result =
                verify(statement, statementPayload(challenge, origin, binding, issued.certificate));
            ASSERT_FALSE(result) << row.field << " " << toString(key.algorithm);
            EXPECT_EQ(result.error().code, ErrorCode::badSignature) << row.field;
        }
    }
}

// R15, R26
TEST(Statement, tampering_with_version_or_certificate_hash_fails) {
    const auto issued = pki().enterprise();
    const auto statement = signSample(issued, Algorithm::es256, sampleChallenge());
    const auto payload =
        statementPayload(sampleChallenge(), kSampleOrigin, sampleBinding(), issued.certificate);
    ASSERT_TRUE(verify(statement, payload));
    auto version = payload;
    version.replace(version.find("login:v1"), 8, "login:v2");
    EXPECT_FALSE(verify(statement, version));
    const auto renewed = pki().renewedEnterprise().certificate;
    EXPECT_FALSE(
        verify(statement, statementPayload(sampleChallenge(), kSampleOrigin, sampleBinding(), renewed)));
}

TEST(Statement, every_member_of_the_payload_has_a_tampering) {
    const auto payload = parseStrictJson(statementPayload(sampleChallenge(), kSampleOrigin, sampleBinding(),
                                                          pki().enterprise().certificate))
                             .value();
    for (auto it = payload.begin(); it != payload.end(); ++it) {
        if (it.key() == "v" || it.key() == "x5t") continue;  // in a test of their own
        const auto rows = tamperings();
        EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
            return it.key() == row.field;
        })) << it.key();
    }
}

// R15, R26
TEST(Statement, header_of_another_certificate_fails) {
    const auto issued = pki().enterprise();
    const auto other = pki().otherEnterprise();
    auto statement = signSample(issued, Algorithm::es256, sampleChallenge());
    const auto payload =
        statementPayload(sampleChallenge(), kSampleOrigin, sampleBinding(), issued.certificate);
    statement.header = encodeProtected(Algorithm::es256, other.chain);
    EXPECT_FALSE(verify(statement, payload));
    statement.header = encodeProtected(Algorithm::es256, {issued.certificate});  // same leaf, chain cut off
    EXPECT_FALSE(verify(statement, payload));
}

TEST(Statement, algorithm_of_another_key_is_not_allowed) {
    const auto issued = pki().enterprise(KeyKind::p256);
    const auto header = encodeProtected(Algorithm::rs256, issued.chain);
    const auto result = verifyStatement(decodeProtected(header).value(), header, "{}", Bytes(256));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::algNotAllowed);
}

TEST(Statement, header_without_certificate_is_refused) {
    EXPECT_FALSE(verifyStatement(ProtectedHeader{Algorithm::es256, {}}, "e30", "{}", Bytes(64)));
}

}  // namespace
}  // namespace signet
