// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/encoding.hpp"
#include "certs/challenge_id.hpp"
#include "certs/statement.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <limits>

namespace signet {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::chrono::seconds kMaxLife{120};

/// Reads the members of one object and remembers the first fault; afterwards nothing but that fault matters.
class Members {
public:
    Members(const Json& object, std::string path) : m_object(object), m_path(std::move(path)) {
        if (!object.is_object()) fault("");
    }

    const std::string& fault() const { return m_fault; }
    bool isGood() const { return m_fault.empty(); }
    void fault(std::string_view name) {
        if (isGood()) m_fault = m_path + std::string(name);
    }

    const Json* find(const char* name) {
        if (!m_object.is_object()) return nullptr;
        const auto found = m_object.find(name);
        return found == m_object.end() ? nullptr : &*found;
    }
    const Json& required(const char* name) {
        static const Json kMissing;
        const Json* found = find(name);
        if (found == nullptr) fault(name);
        return found == nullptr ? kMissing : *found;
    }
    std::string text(const char* name) {
        const auto* value = required(name).get_ptr<const std::string*>();
        if (value == nullptr) fault(name);
        return value == nullptr ? std::string() : *value;
    }
    std::string filledText(const char* name) {
        auto value = text(name);
        if (value.empty()) fault(name);
        return value;
    }
    std::string optionalText(const char* name) { return find(name) == nullptr ? std::string() : text(name); }
    /// base64url of exactly so many bytes.
    std::string binary(const char* name, std::size_t bytes) {
        auto value = text(name);
        const auto decoded = fromBase64Url(value);
        if (!decoded || decoded->size() != bytes) fault(name);
        return value;
    }
    std::string binaryOrEmpty(const char* name, std::size_t bytes) {
        return text(name).empty() ? std::string() : binary(name, bytes);
    }
    TimePoint time(const char* name) {
        const Json& value = required(name);
        if (!value.is_number_integer() || value.get<std::int64_t>() < 0) {
            fault(name);
            return {};
        }
        return TimePoint(std::chrono::seconds(value.get<std::int64_t>()));
    }
    const Json& list(const char* name) {
        static const Json kEmpty = Json::array();
        const Json& value = required(name);
        if (!value.is_array()) fault(name);
        return value.is_array() ? value : kEmpty;
    }
    std::vector<std::string> texts(const char* name) {
        std::vector<std::string> values;
        for (const auto& entry : list(name)) {
            const auto* value = entry.get_ptr<const std::string*>();
            if (value == nullptr) fault(name);
            values.push_back(value == nullptr ? std::string() : *value);
        }
        return values;
    }
    /// Takes over the fault of an object inside this one.
    void adopt(const Members& inner) {
        if (isGood()) m_fault = inner.m_fault;
    }
    void allowOnly(std::initializer_list<std::string_view> names) {
        if (!m_object.is_object()) return;
        for (auto it = m_object.begin(); it != m_object.end(); ++it)
            if (std::find(names.begin(), names.end(), it.key()) == names.end()) fault("(unknown member)");
    }

private:
    const Json& m_object;
    std::string m_path;
    std::string m_fault;
};

Purpose readPurpose(Members& challenge) {
    const auto purpose = purposeFromName(challenge.text("purpose"));
    if (!purpose) challenge.fault("purpose");
    return purpose.value_or(Purpose::login);
}

std::optional<ClientInfo> readClient(Members& challenge) {
    const Json& json = challenge.required("client");
    if (json.is_null()) return std::nullopt;
    Members client(json, "client.");
    client.allowOnly({"id", "name", "owner"});
    ClientInfo info{client.filledText("id"), client.text("name"), client.text("owner")};
    challenge.adopt(client);
    return info;
}

Act readAct(Members& challenge) {
    Members members(challenge.required("act"), "act.");
    members.allowOnly({"as", "org", "name", "mandate"});
    Act act;
    act.as = members.text("as");
    constexpr std::array<std::string_view, 3> kForAnother{"legal_rep", "operator", "enterprise"};
    if (act.as == "self") {
        for (const char* name : {"org", "name", "mandate"})
            if (members.find(name) != nullptr) members.fault(name);
    } else if (std::find(kForAnother.begin(), kForAnother.end(), act.as) == kForAnother.end()) {
        members.fault("as");
    } else {
        act.org = members.filledText("org");
        act.name = members.optionalText("name");
        act.mandate = members.optionalText("mandate");
    }
    challenge.adopt(members);
    return act;
}

std::vector<AgreementRef> readAgreements(Members& challenge) {
    std::vector<AgreementRef> agreements;
    for (const auto& json : challenge.list("agr")) {
        Members members(json, "agr.");
        members.allowOnly({"id", "ver", "s256"});
        agreements.push_back(
            {members.filledText("id"), members.filledText("ver"), members.binary("s256", kHashBytes)});
        challenge.adopt(members);
    }
    return agreements;
}

std::vector<std::string> readIssuers(Members& challenge) {
    auto issuers = challenge.texts("issuers");
    for (const auto& issuer : issuers) {
        const auto decoded = fromBase64Url(issuer);
        if (!decoded || decoded->size() != kHashBytes) challenge.fault("issuers");
    }
    return issuers;
}

std::vector<Algorithm> readAlgorithms(Members& challenge) {
    std::vector<Algorithm> algorithms;
    for (const auto& name : challenge.texts("algs"))
        if (const auto algorithm = algorithmFromName(name)) algorithms.push_back(*algorithm);
    return algorithms;
}

Challenge readChallenge(Members& members) {
    members.allowOnly({"v", "purpose", "aud", "cid", "nonce", "iat", "exp", "client", "req", "sid", "act",
                       "agr", "claims", "issuers", "algs", "txn"});
    if (members.text("v") != kStatementVersion) members.fault("v");
    Challenge challenge;
    challenge.purpose = readPurpose(members);
    challenge.audience = members.filledText("aud");
    challenge.id = members.binary("cid", kIdBytes);
    challenge.nonce = members.binary("nonce", kHashBytes);
    challenge.issuedAt = members.time("iat");
    challenge.expiresAt = members.time("exp");
    const auto life = challenge.expiresAt - challenge.issuedAt;
    if (life <= std::chrono::seconds(0) || life > kMaxLife) members.fault("exp");
    challenge.client = readClient(members);
    challenge.request = members.binaryOrEmpty("req", kHashBytes);
    challenge.sessionBinding = members.binaryOrEmpty("sid", kHashBytes);
    challenge.act = readAct(members);
    challenge.agreements = readAgreements(members);
    challenge.claims = members.texts("claims");
    challenge.issuers = readIssuers(members);
    challenge.algorithms = readAlgorithms(members);
    if (members.find("txn") != nullptr) challenge.text = members.text("txn");
    return challenge;
}

tl::unexpected<Error> malformed(std::string detail) {
    return fail(ErrorCode::platformError, std::move(detail), "challenge_malformed");
}

Json clientJson(const std::optional<ClientInfo>& client) {
    if (!client) return nullptr;
    return {{"id", client->id}, {"name", client->name}, {"owner", client->owner}};
}

Json actJson(const Act& act) {
    Json json{{"as", act.as}};
    if (!act.org.empty()) json["org"] = act.org;
    if (!act.name.empty()) json["name"] = act.name;
    if (!act.mandate.empty()) json["mandate"] = act.mandate;
    return json;
}

}  // namespace

std::string_view toString(Purpose purpose) {
    switch (purpose) {
        case Purpose::login:
            return "login";
        case Purpose::bind:
            return "bind";
        case Purpose::rebind:
            return "rebind";
        case Purpose::cancel:
            return "cancel";
        case Purpose::freeze:
            return "freeze";
        case Purpose::stepUp:
            return "step-up";
    }
    return "";
}

std::optional<Purpose> purposeFromName(std::string_view name) {
    using enum Purpose;
    for (const auto purpose : {login, bind, rebind, cancel, freeze, stepUp})
        if (toString(purpose) == name) return purpose;
    return std::nullopt;
}

bool isChallengeId(std::string_view text) {
    const auto id = fromBase64Url(text);
    return id && id->size() == kIdBytes;
}

Result<Challenge> parseChallenge(std::string_view json) {
    const auto parsed = parseStrictJson(json);
    if (!parsed) return malformed(parsed.error().detail);
    if (!parsed->is_object()) return malformed("not an object");
    Members members(*parsed, "");
    Challenge challenge = readChallenge(members);
    if (!members.isGood()) return malformed(members.fault());
    return challenge;
}

Json challengeJson(const Challenge& challenge) {
    Json algorithms = Json::array();
    for (const auto algorithm : challenge.algorithms) algorithms.push_back(toString(algorithm));
    Json json{
        {"v", kStatementVersion},
        {"purpose", toString(challenge.purpose)},
        {"aud", challenge.audience},
        {"cid", challenge.id},
        {"nonce", challenge.nonce},
        {"iat", challenge.issuedAt.time_since_epoch().count()},
        {"exp", challenge.expiresAt.time_since_epoch().count()},
        {"client", clientJson(challenge.client)},
        {"req", challenge.request},
        {"sid", challenge.sessionBinding},
        {"act", actJson(challenge.act)},
        {"agr", agreementsJson(challenge.agreements)},
        {"claims", challenge.claims},
        {"issuers", challenge.issuers},
        {"algs", std::move(algorithms)},
    };
    if (challenge.text) json["txn"] = *challenge.text;
    return json;
}

}  // namespace signet
