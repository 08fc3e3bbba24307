// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/statement.hpp"
#include "tests/certs/statement_sample.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace signet {
namespace {

Json sampleJson() {
    return challengeJson(sampleChallenge());
}

std::string faultOf(const Json& json) {
    const auto parsed = parseChallenge(json.dump());
    if (parsed) return "accepted";
    EXPECT_EQ(parsed.error().code, ErrorCode::platformError);
    EXPECT_EQ(parsed.error().reason, "challenge_malformed");
    return parsed.error().detail;
}

TEST(Challenge, round_trip_keeps_every_member) {
    const auto parsed = parseChallenge(canonicalJson(sampleJson()));
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(canonicalJson(challengeJson(*parsed)), canonicalJson(sampleJson()));
    EXPECT_EQ(parsed->purpose, Purpose::login);
    EXPECT_EQ(parsed->audience, "https://uc.example.test");
    EXPECT_EQ(parsed->expiresAt - parsed->issuedAt, std::chrono::seconds(120));
    EXPECT_EQ(parsed->client->name, "施工许可系统");
    EXPECT_EQ(parsed->client->owner, "政府部门");
    EXPECT_EQ(parsed->act.as, "legal_rep");
    EXPECT_EQ(parsed->act.name, "云南示例建筑有限公司");
    EXPECT_EQ(parsed->agreements.at(0).version, "2026-09");
    EXPECT_EQ(parsed->claims, (std::vector<std::string>{"name", "uscc"}));
    EXPECT_EQ(parsed->issuers.size(), 1U);
    EXPECT_EQ(parsed->algorithms.size(), 5U);
    EXPECT_EQ(parsed->text, "转让施工许可");
}

TEST(Challenge, json_text_of_the_contract_is_read) {
    // Written out by hand from protocol.md section 2, not by our own writer.
    const auto parsed =
        parseChallenge(R"({"v":"urn:signet:login:v1","purpose":"step-up","aud":"https://uc.example.test",
        "cid":"AAAAAAAAAAAAAAAAAAAAAA","nonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","iat":1790000000,"exp":1790000090,
        "client":null,"req":"","sid":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","act":{"as":"self"},"agr":[],
        "claims":[],"issuers":[],"algs":["ES256"]})");
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(parsed->purpose, Purpose::stepUp);
    EXPECT_FALSE(parsed->client);
    EXPECT_FALSE(parsed->text);
    EXPECT_EQ(parsed->act.as, "self");
    EXPECT_EQ(parsed->request, "");
}

TEST(Challenge, every_missing_member_but_txn_is_named) {
    const auto sample = sampleJson();
    for (auto it = sample.begin(); it != sample.end(); ++it) {
        auto json = sample;
        json.erase(it.key());
        EXPECT_EQ(faultOf(json), it.key() == "txn" ? "accepted" : it.key());
    }
}

TEST(Challenge, every_member_of_a_wrong_type_is_named) {
    const auto sample = sampleJson();
    for (auto it = sample.begin(); it != sample.end(); ++it) {
        for (const Json& wrong : {Json(true), Json(-7), Json::array({Json::array()}),
                                  Json::object({{"x", 1}}), Json(nullptr), Json("x y")}) {
            // Texts without a form of their own, and the null client, are what they look like.
            const bool mayBeText = it.key() == "aud" || it.key() == "txn";
            if ((wrong.is_string() && mayBeText) || (wrong.is_null() && it.key() == "client")) continue;
            auto json = sample;
            json[it.key()] = wrong;
            const auto fault = faultOf(json);
            EXPECT_EQ(fault.substr(0, it.key().size()), it.key()) << wrong.dump();
        }
    }
}

TEST(Challenge, each_fault_is_refused_and_named) {
    const struct {
        const char* fault;
        std::function<void(Json&)> change;
    } cases[] = {
        {"(unknown member)", [](Json& c) { c["extra"] = 1; }},
        {"act.(unknown member)", [](Json& c) { c["act"]["extra"] = 1; }},
        {"client.(unknown member)", [](Json& c) { c["client"]["extra"] = 1; }},
        {"agr.(unknown member)", [](Json& c) { c["agr"][0]["extra"] = 1; }},
        {"v", [](Json& c) { c["v"] = "urn:signet:login:v2"; }},
        {"purpose", [](Json& c) { c["purpose"] = "Login"; }},
        {"aud", [](Json& c) { c["aud"] = ""; }},
        {"cid", [](Json& c) { c["cid"] = std::string(21, 'A'); }},
        {"cid", [](Json& c) { c["cid"] = std::string(23, 'A'); }},
        {"cid", [](Json& c) { c["cid"] = std::string(43, 'A'); }},
        {"cid", [](Json& c) { c["cid"] = std::string(21, 'A') + "B"; }},  // left-over bits
        {"nonce", [](Json& c) { c["nonce"] = ""; }},
        {"nonce", [](Json& c) { c["nonce"] = std::string(42, 'A'); }},
        {"nonce", [](Json& c) { c["nonce"] = std::string(42, 'A') + "="; }},
        {"nonce", [](Json& c) { c["nonce"] = std::string(42, 'A') + "+"; }},
        {"sid", [](Json& c) { c["sid"] = std::string(22, 'A'); }},
        {"req", [](Json& c) { c["req"] = "x"; }},
        {"iat", [](Json& c) { c["iat"] = -1; }},
        {"exp", [](Json& c) { c["exp"] = c["iat"]; }},
        {"exp", [](Json& c) { c["exp"] = c["iat"].get<std::int64_t>() - 1; }},
        {"exp", [](Json& c) { c["exp"] = c["iat"].get<std::int64_t>() + 121; }},
        {"client.id", [](Json& c) { c["client"]["id"] = ""; }},
        {"client.owner", [](Json& c) { c["client"].erase("owner"); }},
        {"act.as", [](Json& c) { c["act"]["as"] = "admin"; }},
        {"act.org", [](Json& c) { c["act"].erase("org"); }},
        {"act.org", [](Json& c) { c["act"]["org"] = ""; }},
        {"act.org",
         [](Json& c) {
             c["act"] = {{"as", "self"}, {"org", "91350200MA2YJ1XR9G"}};
         }},
        {"act.mandate",
         [](Json& c) {
             c["act"] = {{"as", "self"}, {"mandate", "m"}};
         }},
        {"act.name", [](Json& c) { c["act"]["name"] = 5; }},
        {"agr.s256", [](Json& c) { c["agr"][0]["s256"] = std::string(64, 'a'); }},
        {"agr.ver", [](Json& c) { c["agr"][0]["ver"] = ""; }},
        {"agr.", [](Json& c) { c["agr"][0] = "user-agreement"; }},
        {"claims",
         [](Json& c) {
             c["claims"] = {"name", 1};
         }},
        {"issuers", [](Json& c) { c["issuers"] = {std::string(42, 'A')}; }},
        {"issuers", [](Json& c) { c["issuers"] = {""}; }},
        {"algs", [](Json& c) { c["algs"] = {1}; }},
    };
    for (const auto& row : cases) {
        auto json = sampleJson();
        row.change(json);
        EXPECT_EQ(faultOf(json), row.fault) << json.dump();
    }
}

TEST(Challenge, texts_that_are_not_strict_json_objects_are_refused) {
    const auto sample = sampleJson().dump();
    for (const auto& text :
         {std::string(), std::string("[]"), std::string("null"), sample + "x", "\xEF\xBB\xBF" + sample,
          "{\"v\":\"urn:signet:login:v1\"," + sample.substr(1), sample + std::string(65536, ' ')}) {
        const auto parsed = parseChallenge(text);
        ASSERT_FALSE(parsed) << text.substr(0, 40);
        EXPECT_EQ(parsed.error().code, ErrorCode::platformError);
        EXPECT_EQ(parsed.error().reason, "challenge_malformed");
    }
}

TEST(Challenge, unknown_algorithms_are_skipped) {
    auto json = sampleJson();
    json["algs"] = {"EdDSA", "ES256", "none"};
    EXPECT_EQ(parseChallenge(json.dump()).value().algorithms, std::vector<Algorithm>{Algorithm::es256});
    json["algs"] = {"EdDSA"};
    EXPECT_TRUE(parseChallenge(json.dump()).value().algorithms.empty());
}

TEST(Challenge, purposes_have_their_names) {
    using enum Purpose;
    const std::pair<Purpose, const char*> names[] = {{login, "login"},   {bind, "bind"},
                                                     {rebind, "rebind"}, {cancel, "cancel"},
                                                     {freeze, "freeze"}, {stepUp, "step-up"}};
    for (const auto& [purpose, name] : names) {
        EXPECT_EQ(toString(purpose), name);
        EXPECT_EQ(purposeFromName(name), purpose);
    }
    EXPECT_FALSE(purposeFromName("stepUp"));
}

}  // namespace
}  // namespace signet
