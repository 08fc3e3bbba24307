// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/relay_messages.hpp"

#include "base/json.hpp"
#include "tests/agent/login_flow_fixture.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace signet {
namespace {

Json goodMetadata() {
    return Json::parse(R"({"issuer":"https://uc.example.test","api":1,"origins":["https://uc.example.test"],
        "challenge_endpoint":"https://uc.example.test/agent/v1/challenges",
        "login_endpoint":"https://uc.example.test/agent/v1/logins",
        "browser_handoff":"https://uc.example.test/login/handoff",
        "algs":["ES256"],
        "agreements":[{"id":"a","version":"1","title":"T","sha256":"x","url":"https://uc.example.test/a"}],
        "service":{"status":"maintenance","notice":"n","until":"2026-10-01T00:00:00Z"}})");
}

std::string outcomeOf(const Json& metadata) {
    const auto parsed = parseMetadata(metadata.dump(), kIssuer);
    return parsed ? "ok" : parsed.error().reason;
}

TEST(RelayMessages, metadata_isReadWhole) {
    const auto parsed = parseMetadata(goodMetadata().dump(), kIssuer);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->completeEndpoint(), "https://uc.example.test/login/complete");
    EXPECT_TRUE(parsed->isInMaintenance);
    EXPECT_EQ(parsed->maintenanceUntil, "2026-10-01T00:00:00Z");
    EXPECT_EQ(parsed->agreements.at(0).url, "https://uc.example.test/a");
}

TEST(RelayMessages, metadataOfUnknownMembers_isRead) {
    auto metadata = goodMetadata();
    metadata["new"] = {{"of", "tomorrow"}};
    EXPECT_EQ(outcomeOf(metadata), "ok");
}

TEST(RelayMessages, metadataOfAnotherIssuer_isRefusedByteForByte) {
    for (const auto* issuer :
         {"https://uc.example.test/", "https://UC.example.test", "https://uc.example.test:443", ""}) {
        auto metadata = goodMetadata();
        metadata["issuer"] = issuer;
        EXPECT_EQ(outcomeOf(metadata), "issuer_mismatch") << issuer;
    }
}

TEST(RelayMessages, endpointOutsideTheIssuer_isForeign) {
    for (const char* member : {"challenge_endpoint", "login_endpoint", "browser_handoff"})
        for (const auto* url :
             {"https://evil.example.test/x", "http://uc.example.test/x", "https://uc.example.test:444/x",
              "https://uc.example.test.evil.test/x", "https://uc.example.test@evil.test/x",
              "https://uc.example.test", "//evil.test/x", "javascript:alert(1)", ""}) {
            auto metadata = goodMetadata();
            metadata[member] = url;
            EXPECT_EQ(outcomeOf(metadata), "endpoint_foreign") << member << " " << url;
        }
}

TEST(RelayMessages, endpointWithOddCharacters_isMalformed) {
    for (const auto* url :
         {"https://uc.example.test/x\r\nHost: evil", "https://uc.example.test/x?y",
          "https://uc.example.test/x#y", "https://uc.example.test/\\evil", "https://uc.example.test/a b"}) {
        auto metadata = goodMetadata();
        metadata["login_endpoint"] = url;
        EXPECT_EQ(outcomeOf(metadata), "answer_malformed") << url;
    }
}

TEST(RelayMessages, memberMissingOrOfWrongType_isMalformed) {
    for (const char* member : {"issuer", "api", "challenge_endpoint", "login_endpoint", "browser_handoff"}) {
        auto metadata = goodMetadata();
        metadata.erase(member);
        EXPECT_EQ(outcomeOf(metadata), "answer_malformed") << member;
    }
    const auto good = goodMetadata();
    for (const auto& [name, value] : good.items()) {
        for (const Json& wrong :
             {Json(7), Json("x"), Json(nullptr), Json::array({Json(1)}), Json::object({{"a", 1}})}) {
            if (wrong.type() == value.type() && !wrong.is_array() && !wrong.is_object()) continue;
            auto metadata = goodMetadata();
            metadata[name] = wrong;
            EXPECT_NE(outcomeOf(metadata), "ok") << name << wrong;
        }
    }
}

TEST(RelayMessages, agreementAddressThatIsNotHttps_isNotShown) {
    auto metadata = goodMetadata();
    metadata["agreements"][0]["url"] = "javascript:alert(1)";
    const auto parsed = parseMetadata(metadata.dump(), kIssuer);
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(parsed->agreements.at(0).url.empty());
}

TEST(RelayMessages, challengeReference_needsIdOf128Bits) {
    const auto reference = [](const std::string& id) {
        return Json{{"issuer", kIssuer}, {"challenge_id", id}, {"expires_in", 120}}.dump();
    };
    EXPECT_TRUE(parseChallengeReference(reference(std::string(22, 'A')), kIssuer));
    for (const auto* id :
         {"", "../../x", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAA/"})
        EXPECT_FALSE(parseChallengeReference(reference(id), kIssuer)) << id;
    EXPECT_FALSE(parseChallengeReference(reference(std::string(22, 'A')), "https://other.example.test"));
}

TEST(RelayMessages, wish_namesActOnlyForAnother) {
    EXPECT_EQ(challengeWishBody({.sessionBinding = "s"}), R"({"purpose":"login","sid":"s"})");
    EXPECT_EQ(challengeWishBody({.purpose = Purpose::rebind,
                                 .sessionBinding = "s",
                                 .act = {.as = "enterprise", .org = "O"},
                                 .newCertificate = "c"}),
              R"({"act":{"as":"enterprise","org":"O"},"certificate":"c","purpose":"rebind","sid":"s"})");
}

TEST(RelayMessages, loginAnswer_needsHandoffLifeAndAccount) {
    const std::string good =
        R"({"handoff":")" + std::string(43, 'h') + R"(","expires_in":60,"account":{"name":"n","kind":"k"}})";
    const auto parsed = parseLoginAnswer(good);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->handoff.size(), 43U);
    EXPECT_EQ(parsed->expiresIn, std::chrono::seconds(60));
    for (const auto* member : {"handoff", "expires_in", "account"}) {
        auto json = Json::parse(good);
        json.erase(member);
        EXPECT_FALSE(parseLoginAnswer(json.dump())) << member;
    }
    for (const std::string& handoff : {std::string(42, 'h'), std::string(44, 'h'),
                                       std::string(42, 'h') + "\"", std::string(42, 'h') + "\r"}) {
        auto json = Json::parse(good);
        json["handoff"] = handoff;
        EXPECT_FALSE(parseLoginAnswer(json.dump())) << handoff;
    }
}

TEST(RelayMessages, refusal_takesReasonAndSentenceValuesOnly) {
    const auto error = refusalOf(
        403, "application/problem+json",
        R"({"code":"certificate_expired","reason":"leaf","detail":"a\nb","date":"2026-10-01","x":"y"})");
    EXPECT_EQ(error.code, ErrorCode::certificateExpired);
    EXPECT_EQ(error.reason, "leaf");
    EXPECT_EQ(error.detail, "HTTP 403: ab");
    EXPECT_EQ(error.params, (std::map<std::string, std::string>{{"date", "2026-10-01"}}));
    EXPECT_TRUE(refusalOf(403, "application/problem+json", R"({"code":"bad_request","reason":"<b>"})")
                    .reason.empty());
}

TEST(RelayMessages, refusalInsideThePlatform_keepsItsStatus) {
    const auto error = refusalOf(503, "application/problem+json", R"({"code":"internal_error"})");
    EXPECT_EQ(nameOf(error), "platform_error/http_503");
}

}  // namespace
}  // namespace signet
