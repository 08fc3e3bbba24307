// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/configuration.hpp"

#include "agent/canonical_url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<LayerEntries> parse(std::string_view text) {
    return parseConfiguration(ConfigurationLayer::user, text, "/home/u/agent.conf");
}

struct Refusal {
    const char* name;
    const char* text;
    const char* where;  ///< file, line and what of the detail
};

class ConfigurationRefusal : public testing::TestWithParam<Refusal> {};

TEST_P(ConfigurationRefusal, line_isNamed) {  // attacks.md 14
    const auto parsed = parse(GetParam().text);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::configurationInvalid);
    EXPECT_THAT(parsed.error().detail, HasSubstr(GetParam().where));
    EXPECT_THAT(sentence(parsed.error(), Language::zh), HasSubstr(GetParam().where));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ConfigurationRefusal,
    testing::Values(
        Refusal{"unknownKey", "issuer = https://a.test\nisuer = https://b.test\n",
                "agent.conf:2: unknown key \"isuer\""},
        Refusal{"unknownSection", "[bridge]\nport = 1\nprot = 2\n",
                "agent.conf:3: unknown key \"bridge.prot\""},
        Refusal{"noValue", "\nissuer\n", "agent.conf:2: expected \"key = value\""},
        Refusal{"httpIssuer", "issuer = http://a.test\n", "agent.conf:1: issuer: an issuer must use https"},
        Refusal{"issuerWithSlash", "issuer = https://a.test/\n", "agent.conf:1: issuer: expected https://"},
        Refusal{"issuerUpperCase", "issuer = https://A.test\n", "agent.conf:1: issuer:"},
        Refusal{"issuerDefaultPort", "issuer = https://a.test:443\n", "agent.conf:1: issuer:"},
        Refusal{"issuerWithQuery", "issuer = https://a.test/x?y\n", "agent.conf:1: issuer:"},
        Refusal{"issuerWithUser", "issuer = https://u@a.test\n", "agent.conf:1: issuer:"},
        Refusal{"issuerDotDot", "issuer = https://a.test/../b\n", "agent.conf:1: issuer:"},
        Refusal{"issuerWildcard", "issuer = https://*.a.test\n", "agent.conf:1: issuer: a wildcard"},
        Refusal{"originWildcard", "# c\n[bridge]\nextra-origin = *\n",
                "agent.conf:3: bridge.extra-origin: a wildcard"},
        Refusal{"originSubdomains", "bridge.extra-origin = https://*.a.test\n",
                ":1: bridge.extra-origin: a wildcard"},
        Refusal{"originWithPath", "bridge.extra-origin = https://a.test/x\n",
                ":1: bridge.extra-origin: expected an origin"},
        Refusal{"originHttp", "bridge.extra-origin = http://a.test\n",
                ":1: bridge.extra-origin: expected an origin"},
        Refusal{"originNull", "webeid-origin = null\n", ":1: webeid-origin: expected an origin"},
        Refusal{"originNumeric", "webeid-origin = https://127.1\n", ":1: webeid-origin: expected an origin"},
        Refusal{"relativeModule", "module = lib/p11.so\n", ":1: module: a module path must be absolute"},
        Refusal{"emptyModule", "module =\n", ":1: module: a module path must be absolute"},
        Refusal{"emptyTrust", "trust =\n", ":1: trust: expected a path"},
        Refusal{"caOfHttpIssuer", "issuer-ca = http://a.test /x.pem\n",
                ":1: issuer-ca: an issuer must use https"},
        Refusal{"caWithoutPath", "issuer-ca = https://a.test\n", ":1: issuer-ca: expected PATH"},
        Refusal{"revocation", "revocation = maybe\n", ":1: revocation: expected hard-fail"},
        Refusal{"port", "bridge.port = 65535\n", ":1: bridge.port: expected a port"},
        Refusal{"portText", "bridge.port = 1x\n", ":1: bridge.port: expected a port"},
        Refusal{"tls", "bridge.tls = perhaps\n", ":1: bridge.tls: expected yes or no"},
        Refusal{"pad", "pin.pad = 2\n", ":1: pin.pad: expected yes or no"},
        Refusal{"level", "log.level = loud\n", ":1: log.level: expected debug"},
        Refusal{"language", "language = xx\n", ":1: language: expected zh"},
        Refusal{"twice", "language = zh\n\nlanguage = en\n", ":3: language: given twice"}),
    [](const auto& row) { return row.param.name; });

TEST(Configuration, everyKey_isRead) {
    const auto layer = parse(
        "issuer = https://uc.example.test\nissuer = https://b.example.test:8443/uc\n"
        "issuer-ca = https://uc.example.test own.pem\nissuer-ca = /etc/all.pem\n"
        "module = /usr/lib/a.so\nmodule-profile = sm2.profile\np11-kit = no\nknown-modules = off\n"
        "trust = trust\nrevocation = hard-fail\nwebeid-origin = https://w.example.test\n"
        "language = zh_CN\n[bridge]\nport = 0\ntls = no\nextra-origin = http://localhost:3000\n"
        "[pin]\npad = no\n[log]\nlevel = debug\n");
    ASSERT_TRUE(layer) << layer.error().detail;
    const auto configuration = effectiveConfiguration(std::vector{*layer});
    EXPECT_THAT(configuration.issuers,
                ElementsAre("https://uc.example.test", "https://b.example.test:8443/uc"));
    EXPECT_THAT(configuration.rootsFor("https://uc.example.test"), ElementsAre("/home/u/own.pem"));
    EXPECT_THAT(configuration.rootsFor("https://b.example.test:8443/uc"), ElementsAre("/etc/all.pem"));
    EXPECT_THAT(configuration.modules, ElementsAre("/usr/lib/a.so"));
    EXPECT_THAT(configuration.moduleProfiles, ElementsAre("/home/u/sm2.profile"));
    EXPECT_THAT(configuration.trustFolders, ElementsAre("/home/u/trust"));
    EXPECT_EQ(configuration.revocation, RevocationPolicy::hardFail);
    EXPECT_EQ(configuration.bridge.port, 0);
    EXPECT_FALSE(configuration.bridge.useTls);
    EXPECT_THAT(configuration.bridge.extraOrigins, ElementsAre("http://localhost:3000"));
    EXPECT_THAT(configuration.webeidOrigins, ElementsAre("https://w.example.test"));
    EXPECT_FALSE(configuration.usePinPad);
    EXPECT_FALSE(configuration.useP11Kit);
    EXPECT_FALSE(configuration.useKnownModules);
    EXPECT_EQ(configuration.logLevel, "debug");
    EXPECT_EQ(configuration.language, Language::zh);
    EXPECT_EQ(configuration.settings.size(), configurationKeys().size());
}

TEST(Configuration, nothingSaid_isTheBuiltIn) {
    const auto configuration = effectiveConfiguration({});
    EXPECT_TRUE(configuration.issuers.empty());
    EXPECT_EQ(configuration.revocation, RevocationPolicy::softFail);
    EXPECT_EQ(configuration.bridge.port, std::nullopt);
    EXPECT_TRUE(configuration.bridge.useTls && configuration.usePinPad && configuration.useP11Kit);
    EXPECT_EQ(configuration.language, std::nullopt);
    EXPECT_FALSE(configuration.isLocked("issuer"));
}

TEST(Configuration, laterLayer_replacesRepeatableKeyAsAWhole) {
    const std::vector layers{*parseConfiguration(ConfigurationLayer::machine,
                                                 "issuer = https://a.test\nissuer = https://b.test\n", "/m"),
                             *parseConfiguration(ConfigurationLayer::user, "revocation = off\n", "/u"),
                             *commandLineEntries({{"issuer", "https://c.test", 0}}, "/w"),
                             *parseConfiguration(ConfigurationLayer::policy, "\nrevocation = hard-fail\n",
                                                 "/etc/signet/policy.conf")};
    const auto configuration = effectiveConfiguration(layers);
    EXPECT_THAT(configuration.issuers, ElementsAre("https://c.test"));
    EXPECT_EQ(configuration.settings.at("issuer").front().origin(), "command line");
    EXPECT_EQ(configuration.revocation, RevocationPolicy::hardFail);
    EXPECT_TRUE(configuration.isLocked("revocation"));
    EXPECT_FALSE(configuration.isLocked("issuer"));
    EXPECT_EQ(configuration.settings.at("revocation").front().origin(), "policy /etc/signet/policy.conf:2");
}

TEST(Configuration, commandLine_isCheckedAlikeAndNamed) {
    const auto refused = commandLineEntries({{"issuer", "http://a.test", 0}}, "/w");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().detail, "command line: --issuer: an issuer must use https");
    const auto relative = commandLineEntries({{"trust", "ca", 0}, {"issuer-ca", "../x.pem", 0}}, "/w/d");
    const auto configuration = effectiveConfiguration(std::vector{*relative});
    EXPECT_THAT(configuration.trustFolders, ElementsAre("/w/d/ca"));
    EXPECT_THAT(configuration.rootsFor("https://any.test"), ElementsAre("/w/x.pem"));
}

TEST(Configuration, windowsLineEndsAndComments_areRead) {
    const auto layer = parse("# one\r\nissuer = https://a.test  # two\r\n\r\n");
    ASSERT_TRUE(layer) << layer.error().detail;
    EXPECT_EQ(layer->entries.front().value, "https://a.test");
    EXPECT_EQ(layer->entries.front().line, 2);
}

TEST(CanonicalUrl, spellings_areToldApart) {  // attacks.md 12
    for (const auto* good : {"https://a", "https://a.b-c.test:8443", "https://127.0.0.1", "https://[::1]:1",
                             "https://xn--fiq.test", "https://a.test/uc/x_1"})
        EXPECT_TRUE(isCanonicalIssuer(good)) << good;
    for (const auto* bad : {"",
                            "https://",
                            "https://a.",
                            "https://.a",
                            "https://-a",
                            "https://a:",
                            "https://a:0",
                            "https://a:080",
                            "https://a:65536",
                            "https://a:443",
                            "https://0x7f.1",
                            "https://127.0.0.01",
                            "https://1",
                            "https://[::0]",
                            "https://[::1",
                            "https://a/",
                            "https://a//b",
                            "https://a/./b",
                            "https://a/%41",
                            "https://a#",
                            "https://a b",
                            "https://用户.test",
                            "HTTPS://a",
                            "http://localhost",
                            "https://a\n"})
        EXPECT_FALSE(isCanonicalIssuer(bad)) << bad;
    EXPECT_TRUE(isCanonicalOrigin("http://127.0.0.1:8080"));
    EXPECT_TRUE(isCanonicalOrigin("http://[::1]"));
    for (const auto* bad : {"http://localhost:80", "http://localhost.evil.test", "http://", "https://a.test/",
                            "https://a.test/x"})
        EXPECT_FALSE(isCanonicalOrigin(bad)) << bad;
}

TEST(CanonicalUrl, parts) {
    EXPECT_EQ(originOf("https://a.test:8443/uc"), "https://a.test:8443");
    EXPECT_EQ(originOf("https://a.test"), "https://a.test");
    EXPECT_EQ(hostOf("https://a.test:8443/uc"), "a.test");
    EXPECT_EQ(hostOf("https://[::1]:8443"), "[::1]");
    EXPECT_EQ(hostOf("http://localhost:3000"), "localhost");
    EXPECT_EQ(hostOf("http://127.0.0.1:8080"), "127.0.0.1");
    EXPECT_EQ(hostOf("http://[::1]:8080"), "[::1]");
    EXPECT_EQ(hostOf(""), "");
}

}  // namespace
}  // namespace signet
