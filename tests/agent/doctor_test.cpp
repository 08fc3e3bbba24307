// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor.hpp"

#include "certs/test_pki/test_pki.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace signet {
namespace {

using ::testing::HasSubstr;

constexpr auto kZh = Language::zh;

TokensReport reportOf(TokenInfo info) {
    TokensReport report;
    report.tokens.push_back({.info = std::move(info)});
    return report;
}

TEST(Doctor, configuration_isTheFirstFinding) {
    const auto broken =
        checkConfiguration(fail(configurationError("/etc/signet/policy.conf", 3, "unknown key")), kZh);
    EXPECT_EQ(broken.code, "configuration");
    EXPECT_EQ(broken.finding, Finding::fault);
    EXPECT_THAT(broken.sentence, HasSubstr("policy.conf:3"));
    EXPECT_EQ(checkConfiguration(Configuration(), kZh).code, "no_issuer");
    Configuration fine;
    fine.issuers = {"https://a.test"};
    fine.settings["revocation"] = {{"off", ConfigurationLayer::policy, "/p", 1}};
    EXPECT_EQ(checkConfiguration(fine, kZh).finding, Finding::fine);
    EXPECT_THAT(checkConfiguration(fine, kZh).seen, HasSubstr("revocation is set by policy"));
}

TEST(Doctor, modules_areToldOneByOne) {
    const std::vector<ModuleFile> files{
        {"/a.so", "configuration", "a.so"}, {"/b.so", "p11-kit", "b.so"}, {"/c.so", "known place", "c.so"}};
    ModuleListing dead{.module = "/a.so"};
    dead.result = fail(ErrorCode::moduleFailed, "signal 11", "crashed");
    ModuleListing alive{.module = "/b.so", .result = TokenListing{.moduleDescription = "B"}};
    const auto checks = checkModules(files, {{dead, alive}}, kZh);
    ASSERT_EQ(checks.size(), 3U);
    EXPECT_EQ(checks[0].finding, Finding::fault);
    EXPECT_THAT(checks[0].seen, HasSubstr("module_failed (crashed): signal 11"));
    EXPECT_EQ(checks[1].finding, Finding::fine);
    EXPECT_EQ(checks[2].finding, Finding::skipped);
    EXPECT_EQ(checkModules({}, {}, kZh).at(0).code, "no_module");
}

TEST(Doctor, tokens_tellTheStateOfThePin) {  // R57
    TokenInfo info;
    info.label = "锁";
    EXPECT_EQ(checkTokens(reportOf(info), kZh).at(0).finding, Finding::fine);
    info.isPinFinalTry = true;
    EXPECT_THAT(checkTokens(reportOf(info), kZh).at(0).sentence, HasSubstr("最后一次"));
    info.isPinLocked = true;
    EXPECT_EQ(checkTokens(reportOf(info), kZh).at(0).code, "token_pin_locked");
    EXPECT_EQ(checkTokens(reportOf(info), kZh).at(0).finding, Finding::fault);
    EXPECT_EQ(checkTokens({}, kZh).at(0).code, "no_token");
}

TEST(Doctor, certificates_tellTheReasonAndTheEndInTime) {  // R57
    TestPki pki;
    std::vector<TrustedIssuer> issuers;
    for (auto& certificate : pki.trusted()) issuers.push_back({.certificate = certificate});
    const TrustList trust(std::move(issuers));
    const auto find = [&](const char* name, bool hasKey, TimePoint now) {
        TokenCertificate object{
            .label = name, .der = pki.named(name).certificate.der(), .hasPrivateKey = hasKey};
        ModuleListing module{.module = "/m.so",
                             .result = TokenListing{.tokens = {{.info = {}, .certificates = {object}}}}};
        return checkCertificates(reportTokens({{module}}, trust, now), now, kZh);
    };
    EXPECT_EQ(find("enterprise-p256", true, pki.now()).at(0).code, "certificate");
    const auto expiring =
        find("enterprise-p256", true, pki.enterprise().certificate.notAfter() - std::chrono::days(5));
    EXPECT_EQ(expiring.at(0).code, "certificate_expires_soon");
    EXPECT_EQ(expiring.size(), 1U);
    const auto keyless = find("enterprise-p256", false, pki.now());
    EXPECT_EQ(keyless.at(0).code, "no_private_key");
    EXPECT_EQ(keyless.at(1).code, "no_certificate");
    EXPECT_EQ(keyless.at(1).finding, Finding::fault);
}

TEST(Doctor, trust_isEmptyExpiredOrBroken) {
    EXPECT_EQ(checkTrust(TrustList(), TimePoint(), kZh).code, "trust_empty");
    EXPECT_EQ(checkTrust(fail(ErrorCode::configurationInvalid), TimePoint(), kZh).finding, Finding::fault);
    TestPki pki;
    const TrustList trust({{.certificate = pki.root(CaKind::p256).certificate}});
    EXPECT_THAT(checkTrust(trust, pki.now(), kZh).seen, HasSubstr("1 CA(s), 0 of them expired"));
    EXPECT_THAT(checkTrust(trust, pki.now() + std::chrono::years(100), kZh).seen,
                HasSubstr("1 of them expired"));
}

TEST(Doctor, issuer_isToldWithItsCause) {
    const auto refused = checkIssuer("https://a.test", fail(ErrorCode::platformTls, "d", "tls_expired"), kZh);
    EXPECT_EQ(refused.finding, Finding::fault);
    EXPECT_THAT(refused.seen, HasSubstr("tls_expired"));
    IssuerMetadata metadata;
    EXPECT_EQ(checkIssuer("https://a.test", metadata, kZh).finding, Finding::fine);
    metadata.isInMaintenance = true;
    EXPECT_EQ(checkIssuer("https://a.test", metadata, kZh).code, "maintenance");
}

TEST(Doctor, clock_isHeldAgainstThePlatforms) {
    FetchedChallenge challenge;
    challenge.challenge.issuedAt = TimePoint(std::chrono::seconds(1790000000));
    const auto at = [&](int seconds) {
        return checkClock("i", challenge, challenge.challenge.issuedAt + std::chrono::seconds(seconds), kZh);
    };
    EXPECT_EQ(at(60).finding, Finding::fine);
    EXPECT_EQ(at(-61).code, "clock_off");
    EXPECT_EQ(at(4000).code, "clock_off");
    EXPECT_EQ(checkClock("i", fail(ErrorCode::timeout), {}, kZh).finding, Finding::skipped);
}

TEST(Doctor, report_isOneDocument) {
    const std::vector<Check> checks{{"a", Finding::fine, "s", "m", "", "x\x1b"},
                                    {"b", Finding::fault, "", "n", "do", ""}};
    const auto json = doctorJson(checks, kZh);
    EXPECT_EQ(json["ok"], false);
    EXPECT_EQ(json["checks"][1], Json({{"code", "b"},
                                       {"status", "fault"},
                                       {"subject", ""},
                                       {"message", "n"},
                                       {"advice", "do"},
                                       {"seen", ""}}));
    const auto text = doctorText(checks, kZh);
    EXPECT_THAT(text, HasSubstr("✗ n\n    → do\n    (b)"));
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_FALSE(hasFault({{"a", Finding::hint}}));
}

}  // namespace
}  // namespace signet
