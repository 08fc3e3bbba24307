// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What is said about certificates that may not log in, and about statements that were tampered with.
#include "tests/platform/test_platform.hpp"

#include "base/encoding.hpp"
#include "certs/test_pki/revocation_data.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace signet::test {
namespace {

TEST(CertificateChecks, each_unusable_certificate_has_its_code) {
    TestPlatform platform;
    auto& pki = sharedPki();
    const std::pair<Issued, const char*> cases[] = {
        {pki.untrusted(), "certificate_untrusted"},       {pki.expired(), "certificate_expired"},
        {pki.notYetValid(), "certificate_not_yet_valid"}, {pki.encryptionOnly(), "certificate_not_for_login"},
        {pki.wrongEku(), "certificate_not_for_login"},    {pki.noIdentity(), "identity_missing"},
    };
    for (const auto& [signer, code] : cases) {
        const auto started = platform.startForAgent("bind");
        const auto answer = platform.login(started, signer);
        EXPECT_EQ(answer.status, 403) << code;
        EXPECT_EQ(codeOf(answer), code) << answer.body;
        // Nothing was burned: a good certificate still uses the same challenge.
        EXPECT_EQ(platform.login(started, pki.enterprise()).status, 200) << code;
    }
    EXPECT_EQ(bodyOf(platform.login(platform.startForAgent("bind"), pki.expired())).value("date", "").size(),
              10U);
}

/// A PKI whose certificates name sources, and a platform that asks them.
struct Revocation {
    explicit Revocation(TestPkiOptions options) : pki(std::move(options)), platform({}, pki) {}
    TestPki pki;
    TestPlatform platform;
};

// R26: the proof is kept; a revoked certificate is refused by OCSP.
TEST(CertificateChecks, ocsp_says_good_or_revoked) {
    Revocation stage({.ocspUrl = "http://ocsp.example.test/{ca}"});
    const auto signer = stage.pki.enterprise();
    const auto revoked = stage.pki.revoked();
    stage.platform.transport.answer = [&](const std::string&) -> Result<Bytes> {
        const auto now = stage.platform.clock.now();
        return makeOcspResponse(
            stage.pki.authority(CaKind::p256),
            {.entries = {{signer.certificate}, {revoked.certificate, OcspStatus::revoked}},
             .thisUpdate = now - std::chrono::minutes(1),
             .nextUpdate = now + std::chrono::hours(1)});
    };
    const auto refused = stage.platform.login(stage.platform.startForAgent("bind"), revoked);
    EXPECT_EQ(codeOf(refused), "certificate_revoked");
    const auto good = stage.platform.login(stage.platform.startForAgent("bind"), signer);
    EXPECT_EQ(good.status, 200) << good.body;
    EXPECT_GE(stage.platform.transport.calls, 2);
}

TEST(CertificateChecks, crl_says_revoked) {
    Revocation stage({.crlUrl = "http://crl.example.test/{ca}"});
    stage.platform.transport.answer = [&](const std::string&) -> Result<Bytes> {
        return stage.pki.crl(CaKind::p256);
    };
    EXPECT_EQ(codeOf(stage.platform.login(stage.platform.startForAgent("bind"), stage.pki.revoked())),
              "certificate_revoked");
    EXPECT_EQ(stage.platform.login(stage.platform.startForAgent("bind"), stage.pki.enterprise()).status, 200);
}

TEST(CertificateChecks, silent_responder_is_hard_or_soft_by_policy) {
    TestPki pki({.ocspUrl = "http://ocsp.example.test/{ca}"});
    TestPlatform strict([](PlatformSettings& settings) { settings.revocation = RevocationPolicy::hardFail; },
                        pki);
    EXPECT_EQ(codeOf(strict.login(strict.startForAgent("bind"), pki.enterprise())), "revocation_unknown");
    TestPlatform lenient({}, pki);
    EXPECT_EQ(lenient.login(lenient.startForAgent("bind"), pki.enterprise()).status, 200);
    // Each soft failure is in the audit log.
    const auto audit = lenient.storage().audit();
    EXPECT_NE(audit->back().detail.find("soft_fail"), std::string::npos) << audit->back().detail;
}

TEST(CertificateChecks, soft_failure_of_a_ca_is_in_the_audit_log) {
    TestPki pki({.ocspUrl = "http://ocsp.example.test/{ca}"});
    TestPlatform platform(
        [&pki](PlatformSettings& settings) {
            // Only the root is listed, so that the state of the CA below it is asked for; it names no source.
            std::ofstream(settings.trust.front() / "cas.pem", std::ios::trunc)
                << pki.root(CaKind::p256).certificate.toPem();
        },
        pki);
    const auto signer = pki.enterprise();
    platform.transport.answer = [&](const std::string&) -> Result<Bytes> {
        const auto now = platform.clock.now();
        return makeOcspResponse(pki.authority(CaKind::p256), {.entries = {{signer.certificate}},
                                                              .thisUpdate = now,
                                                              .nextUpdate = now + std::chrono::hours(1)});
    };
    ASSERT_EQ(platform.login(platform.startForAgent("bind"), signer).status, 200);
    const auto detail = platform.storage().audit()->back().detail;
    EXPECT_NE(detail.find("revocation of the CA no_source"), std::string::npos) << detail;
}

TEST(CertificateChecks, kept_verdict_ends_with_the_certificate) {
    TestPlatform platform;
    auto profile = TestPki::profile("enterprise-p256");
    profile.endsIn = std::chrono::hours(2);
    const auto signer = sharedPki().issue(profile);
    platform.registerWith(signer);
    EXPECT_EQ(platform.login(platform.startForAgent("login"), signer).status, 200);
    platform.clock.advance(std::chrono::hours(3));
    EXPECT_EQ(codeOf(platform.login(platform.startForAgent("login"), signer)), "certificate_expired");
}

// Tampering with any one field of what was signed makes the statement fail (R15, attack 32).
TEST(Tampering, any_field_of_the_statement_is_noticed) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    using Change = std::function<void(Challenge&)>;
    const std::pair<const char*, Change> changes[] = {
        {"aud", [](Challenge& c) { c.audience = "https://evil.example.test"; }},
        {"nonce", [](Challenge& c) { c.nonce = *randomToken(); }},
        {"cid", [](Challenge& c) { c.id = *randomId(); }},
        {"purpose", [](Challenge& c) { c.purpose = Purpose::login; }},
        {"act",
         [](Challenge& c) {
             c.act = {"enterprise", std::string(kTestOtherUscc)};
         }},
        {"agr", [](Challenge& c) { c.agreements.front().version = "2020-01"; }},
        {"iat", [](Challenge& c) { c.issuedAt += std::chrono::seconds(1); }},
        {"exp", [](Challenge& c) { c.expiresAt += std::chrono::seconds(1); }},
        {"sid", [](Challenge& c) { c.sessionBinding = s256("another browser"); }},
        {"req", [](Challenge& c) { c.request = s256("another request"); }},
        {"client",
         [](Challenge& c) {
             c.client = ClientInfo{"rp-1", "x", "y"};
         }},
        {"txn", [](Challenge& c) { c.text = "another text"; }},
    };
    const auto bodyFor = [&](const Challenge& challenge, std::string_view origin,
                             const ChannelBinding& seen) {
        std::string header;
        const auto signature = signStatement(challenge, origin, seen, signer, Algorithm::es256, header);
        return json{{"challenge_id", started.challenge.id},
                    {"protected", header},
                    {"signature", signature},
                    {"cb", {{"type", platform.binding().type}, {"data", platform.binding().data}}}};
    };
    for (const auto& [name, change] : changes) {
        auto challenge = started.challenge;
        change(challenge);
        const auto body = bodyFor(challenge, started.origin, platform.binding());
        EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", body)), "bad_signature") << name;
    }
    const auto elsewhere = bodyFor(started.challenge, "https://other.example.test", platform.binding());
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", elsewhere)), "bad_signature") << "origin";
    const auto otherTls = bodyFor(started.challenge, started.origin, {"tls-server-end-point", s256("other")});
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", otherTls)), "bad_signature") << "cb";
    auto swapped = platform.signedBody(started, signer);
    swapped["protected"] = encodeProtected(Algorithm::es256, sharedPki().otherEnterprise().chain);
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", swapped)), "bad_signature") << "certificate";
    EXPECT_EQ(platform.login(started, signer).status, 200);
}

TEST(Tampering, algorithm_must_be_offered_and_fit_the_key) {
    TestPlatform platform([](PlatformSettings& settings) {
        settings.algorithms = {Algorithm::es256, Algorithm::rs256};
    });
    const auto started = platform.startForAgent("bind");
    const auto p384 = sharedPki().enterprise(KeyKind::p384);
    EXPECT_EQ(codeOf(platform.login(started, p384)), "alg_not_allowed");
    auto body = platform.signedBody(started, sharedPki().enterprise());
    body["protected"] = encodeProtected(Algorithm::rs256, sharedPki().enterprise().chain);
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", body)), "alg_not_allowed");
}

TEST(ChannelBinding, foreign_or_missing_binding_is_mismatch) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    const auto bodyWith = [&](const ChannelBinding& seen) {
        std::string header;
        const auto signature =
            signStatement(started.challenge, started.origin, seen, signer, Algorithm::es256, header);
        return json{{"challenge_id", started.challenge.id},
                    {"protected", header},
                    {"signature", signature},
                    {"cb", {{"type", seen.type}, {"data", seen.data}}}};
    };
    const auto proxied = bodyWith({"tls-server-end-point", s256("a proxy's certificate")});
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", proxied)), "channel_mismatch");
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", bodyWith({}))), "channel_mismatch");
    platform.settings.allowUnbound = true;
    platform.restart();
    EXPECT_EQ(platform.post("/agent/v1/logins", bodyWith({})).status, 200);
}

TEST(ChannelBinding, front_certificate_is_accepted) {
    TestPlatform platform;
    const auto front = sharedPki().tlsServer({"front.example.test"}, CaKind::otherTls);
    const auto file = platform.folder.path() / "front.pem";
    std::FILE* out = std::fopen(file.c_str(), "w");
    std::fputs(front.certificate.toPem().c_str(), out);
    std::fclose(out);
    platform.settings.frontCertificates = {file};
    platform.restart();
    const auto started = platform.startForAgent("bind");
    std::string header;
    const ChannelBinding seen{"tls-server-end-point", toBase64Url(front.certificate.fingerprint())};
    const auto signature = signStatement(started.challenge, started.origin, seen, sharedPki().enterprise(),
                                         Algorithm::es256, header);
    EXPECT_EQ(platform
                  .post("/agent/v1/logins", {{"challenge_id", started.challenge.id},
                                             {"protected", header},
                                             {"signature", signature},
                                             {"cb", {{"type", seen.type}, {"data", seen.data}}}})
                  .status,
              200);
}

}  // namespace
}  // namespace signet::test
