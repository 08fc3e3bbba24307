// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/agent/doctor_fixture.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using enum CheckCode;

TEST(Doctor, checks_comeInTheOrderOfTheTable) {
    auto facts = configured();
    facts.modules = {moduleFacts("/m.so", listingWith({.label = "lock"}))};
    IssuerFacts issuerFacts{.issuer = "https://a.test", .proxy = "direct"};
    facts.issuers = {issuerFacts};
    facts.ports = {{.port = 28617, .program = "x"}, {.port = 21051}};
    const auto checks = checkAll(facts, kZh);
    const auto groupOf = [](CheckCode code) {
        const auto first = {configuration, usbKey,      pcsc,  p11Kit,    noToken,
                            trust,         certificate, proxy, bridgePort};
        return std::count_if(first.begin(), first.end(), [&](CheckCode begin) { return code >= begin; });
    };
    EXPECT_TRUE(std::is_sorted(checks.begin(), checks.end(), [&](const Check& a, const Check& b) {
        return groupOf(a.code) < groupOf(b.code);
    })) << ::testing::PrintToString(codesOf(checks));
    EXPECT_EQ(checks.size(), 13U);
}

TEST(DoctorConfiguration, file_isNamedWithItsFault) {
    const auto codeOf = [](const char* reason) {
        return checkConfiguration({.configuration = fail(ErrorCode::configurationInvalid, "d", reason)}, kZh)
            .at(0)
            .code;
    };
    EXPECT_EQ(codeOf(""), configurationInvalid);
    EXPECT_EQ(codeOf("file_writable"), configurationUnsafe);
    EXPECT_EQ(codeOf("policy_unsafe"), policyUnsafe);
    EXPECT_EQ(codeOf("policy_unreadable"), policyUnsafe);
    EXPECT_EQ(codeOf("module_missing"), moduleMissing);
    EXPECT_EQ(codeOf("module_writable"), moduleUnsafe);
    const auto broken = checkConfiguration(
        {.configuration = fail(configurationError("/etc/signet/policy.conf", 3, "unknown key"))}, kZh);
    EXPECT_THAT(broken.at(0).sentence, HasSubstr("policy.conf:3"));
}

TEST(DoctorConfiguration, policy_isToldWithWhatItLocks) {
    Configuration fine;
    EXPECT_EQ(checkConfiguration({.configuration = fine}, kZh).at(0).code, noIssuer);
    fine.issuers = {"https://a.test"};
    fine.settings["revocation"] = {{"off", ConfigurationLayer::policy, "/p", 1}};
    const auto checks = checkConfiguration({.configuration = fine, .files = {"/p"}, .hasPolicy = true}, kZh);
    ASSERT_EQ(checks.size(), 2U);
    EXPECT_THAT(checks[0].seen, HasSubstr("/p"));
    EXPECT_EQ(checks[1].code, policy);
    EXPECT_THAT(checks[1].seen, HasSubstr("revocation"));
}

/// Without a configuration nothing is loaded and nobody asked, but what is plugged in is told.
TEST(DoctorConfiguration, broken_leavesWhatNeedsNone) {
    DoctorFacts facts;
    facts.hardware.usb = {{.vendorId = 0x055C, .productId = 0xDB08}};
    EXPECT_THAT(codesOf(checkAll(facts, kZh)),
                ElementsAre("configuration_invalid", "usb_key", "pcsc_absent", "bridge_port"));
}

TEST(Doctor, output_isOneDocumentOrLines) {
    const std::vector<Check> checks{{token, Finding::fine, "s", "m", "", "x\x1b"},
                                    {noToken, Finding::fault, "", "n", "do", ""}};
    const auto json = doctorJson(checks, kZh);
    EXPECT_EQ(json["ok"], false);
    EXPECT_EQ(json["checks"][1], Json({{"code", "no_token"},
                                       {"status", "fault"},
                                       {"subject", ""},
                                       {"message", "n"},
                                       {"advice", "do"},
                                       {"seen", ""}}));
    const auto text = doctorText(checks, kZh);
    EXPECT_THAT(text, HasSubstr("✗ n\n    → do\n    (no_token)"));
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_FALSE(hasFault({{token, Finding::hint}}));
}

}  // namespace
}  // namespace signet
