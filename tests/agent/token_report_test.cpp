// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/token_report.hpp"

#include "certs/test_pki/test_pki.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace signet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TokenReportTest : public testing::Test {
protected:
    static TestPki& pki() {
        static TestPki pki;
        return pki;
    }
    static TrustList trust() {
        std::vector<TrustedIssuer> issuers;
        for (auto& certificate : pki().trusted())
            issuers.push_back({.certificate = certificate, .name = "test"});
        for (auto& issuer : issuers) issuer.identityRule = identityRule("default").value();
        return TrustList(std::move(issuers));
    }
    static TokenCertificate object(const std::string& name, bool hasKey = true) {
        return {
            .id = {1}, .label = name, .der = pki().named(name).certificate.der(), .hasPrivateKey = hasKey};
    }
    static ModuleListing module(const std::string& path, std::vector<Token> tokens) {
        return {.module = path,
                .result = TokenListing{.tokens = std::move(tokens), .moduleDescription = "A module"}};
    }
    static Token token(std::vector<TokenCertificate> certificates, const std::string& serial = "s1") {
        return {.info = {.slot = 3, .label = "锁", .manufacturer = "M", .serial = serial},
                .certificates = std::move(certificates)};
    }
    static Json jsonOf(const TokenInventory& inventory) {
        return tokensJson(reportTokens(inventory, trust(), pki().now()), Language::zh);
    }
};

// Issue 3, point 4: what is left out is said.
TEST_F(TokenReportTest, certificatesThatWereLeftOut_areSaid) {
    auto device = token({});
    device.leftOutCertificates = 2;
    const TokenInventory inventory{{module("/m.so", {device})}};
    EXPECT_EQ(jsonOf(inventory)["tokens"][0]["left_out"], 2);
    const auto report = reportTokens(inventory, trust(), pki().now());
    EXPECT_THAT(tokensText(report, Language::zh), HasSubstr("另有 2 张证书过大"));
    EXPECT_THAT(tokensText(report, Language::en), HasSubstr("2 more too large (over 64 KiB)"));
    EXPECT_THAT(tokensText(report, Language::en), Not(HasSubstr("no certificates")));
}

// Issue 3, point 6: a PIN that must be changed is flagged, with what to do.
TEST_F(TokenReportTest, pinThatMustBeChanged_isFlaggedWithTheWay) {
    auto device = token({});
    device.info.mustChangePin = true;
    const TokenInventory inventory{{module("/m.so", {device})}};
    EXPECT_EQ(jsonOf(inventory)["tokens"][0]["pin"]["must_change"], true);
    EXPECT_THAT(tokensText(reportTokens(inventory, trust(), pki().now()), Language::en),
                HasSubstr("PIN must be changed (signet pin change)"));
}

TEST_F(TokenReportTest, eachCertificate_saysWhyItMayNotLogIn) {  // R57; protocol.md section 8
    struct Row {
        const char* name;
        const char* reason;
        const char* detail;
    };
    const std::vector<Row> rows{{"expired", "certificate_expired", ""},
                                {"not-yet-valid", "certificate_not_yet_valid", ""},
                                {"untrusted", "certificate_untrusted", "issuer_unknown"},
                                {"encryption-only", "certificate_not_for_login", "encryption_only"},
                                {"wrong-eku", "certificate_not_for_login", "extended_key_usage"}};
    std::vector<TokenCertificate> objects{object("enterprise-p256")};
    for (const auto& row : rows) objects.push_back(object(row.name));
    objects.push_back(object("person", false));
    objects.push_back({.label = "broken", .der = {0x30, 0x03, 0x02}, .hasPrivateKey = true});
    const auto json = jsonOf({{module("/m.so", {token(objects)})}});
    const auto& certificates = json["tokens"][0]["certificates"];
    ASSERT_EQ(certificates.size(), rows.size() + 3);
    EXPECT_EQ(certificates[0]["usable"], true);
    EXPECT_FALSE(certificates[0].contains("reason"));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& certificate = certificates[i + 1];
        EXPECT_EQ(certificate["usable"], false) << rows[i].name;
        EXPECT_EQ(certificate["reason"], rows[i].reason);
        EXPECT_THAT(certificate["detail"].get<std::string>(), HasSubstr(rows[i].detail));
    }
    EXPECT_EQ(certificates[rows.size() + 1]["reason"], "no_private_key");
    EXPECT_EQ(certificates[rows.size() + 2]["reason"], "certificate_malformed");
}

TEST_F(TokenReportTest, certificate_isDescribedWithItsNumberMasked) {  // R16
    const auto json = jsonOf({{module("/m.so", {token({object("enterprise-p256")})})}});
    const auto& certificate = json["tokens"][0]["certificates"][0];
    EXPECT_EQ(certificate["sha256"], pki().enterprise().certificate.fingerprintHex());
    EXPECT_EQ(certificate["key"], "p256");
    EXPECT_EQ(certificate["bits"], 256);
    EXPECT_EQ(certificate["identity"]["kind"], "enterprise");
    EXPECT_EQ(certificate["identity"]["name"], kTestEnterprise);
    EXPECT_EQ(certificate["identity"]["number"], maskedNumber(kTestUscc));
    EXPECT_EQ(certificate["identity"]["field"], "1.2.156.10260.4.1.4");
    EXPECT_EQ(certificate["not_after"], timeText(pki().enterprise().certificate.notAfter()));
    EXPECT_EQ(json["tokens"][0]["module"], "/m.so");
    EXPECT_EQ(json["modules"][0]["description"], "A module");
}

TEST_F(TokenReportTest, pinFlags_areTold) {
    auto locked = token({});
    locked.info.isPinLocked = true;
    locked.info.triesLeft = 0;
    locked.info.hasProtectedPath = true;
    const auto pin = jsonOf({{module("/m.so", {locked})}})["tokens"][0]["pin"];
    EXPECT_EQ(pin["locked"], true);
    EXPECT_EQ(pin["tries_left"], 0);
    EXPECT_EQ(pin["protected_path"], true);
    EXPECT_EQ(pin["final_try"], false);
    EXPECT_FALSE(jsonOf({{module("/m.so", {token({})})}})["tokens"][0]["pin"].contains("tries_left"));
}

TEST_F(TokenReportTest, failedModule_isToldBesideTheOthers) {
    ModuleListing dead{.module = "/dead.so"};
    dead.result = fail(ErrorCode::moduleFailed, "signal 11", "crashed");
    const auto json = jsonOf({{dead, module("/m.so", {token({object("person")})})}});
    EXPECT_EQ(json["modules"][0]["error"]["code"], "module_failed");
    EXPECT_EQ(json["modules"][0]["error"]["reason"], "crashed");
    EXPECT_EQ(json["tokens"].size(), 1U);
}

TEST_F(TokenReportTest, tokenSeenThroughTwoModules_isThereOnce) {
    const auto json = jsonOf({{module("/a.so", {token({object("person")})}),
                               module("/b.so", {token({object("person")}), token({}, "s2")})}});
    ASSERT_EQ(json["tokens"].size(), 2U);
    EXPECT_EQ(json["tokens"][0]["module"], "/a.so");
    EXPECT_EQ(json["tokens"][1]["serial"], "s2");
}

TEST_F(TokenReportTest, uninitialisedToken_isLeftOut) {
    auto empty = token({});
    empty.info.isInitialized = false;
    EXPECT_TRUE(jsonOf({{module("/m.so", {empty})}})["tokens"].empty());
}

TEST_F(TokenReportTest, text_tellsTheReasonInBothLanguages) {
    const auto report = reportTokens(
        {{module("/m.so",
                 {token({object("enterprise-p256"), object("person", false), object("wrong-eku")})})}},
        trust(), pki().now());
    const auto zh = tokensText(report, Language::zh);
    EXPECT_THAT(zh, HasSubstr("✓ 云南示例建筑有限公司"));
    EXPECT_THAT(zh, HasSubstr("USB key 中没有这张证书的私钥。"));
    EXPECT_THAT(zh, HasSubstr("(certificate_not_for_login: extended_key_usage"));
    EXPECT_THAT(zh, Not(HasSubstr(std::string(kTestPersonId))));
    EXPECT_THAT(tokensText(report, Language::en),
                HasSubstr("The private key of this certificate is not on the USB key."));
}

TEST_F(TokenReportTest, hostileLabels_areShownLiterally) {  // attacks.md 38
    auto hostile = token({object("person")});
    hostile.info.label = "a\x1b[2J\nb";
    const auto text =
        tokensText(reportTokens({{module("/m.so", {hostile})}}, trust(), pki().now()), Language::zh);
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(text, HasSubstr("a\\u{001B}[2J\\u{000A}b"));
}

TEST(ErrorJson, members_areThoseOfTheContract) {
    const Error error{.code = ErrorCode::pinIncorrect, .reason = "r", .triesLeft = 4};
    EXPECT_EQ(errorJson(error, Language::en), Json({{"ok", false},
                                                    {"code", "pin_incorrect"},
                                                    {"reason", "r"},
                                                    {"message", "Wrong PIN. 4 tries left."},
                                                    {"advice", "Check the PIN and try again."},
                                                    {"tries_left", 4}}));
    EXPECT_EQ(errorJson(Error{.code = ErrorCode::userCancelled}, Language::zh),
              Json({{"ok", false}, {"code", "user_cancelled"}, {"message", "已取消。"}}));
}

}  // namespace
}  // namespace signet
