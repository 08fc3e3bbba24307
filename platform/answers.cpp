// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/answers.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "platform/page_template.hpp"

#include <nlohmann/json.hpp>

namespace signet {
namespace {

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json accountJson(const AccountView& account) {
    return {{"name", account.name}, {"kind", toString(account.kind)}};
}

Json fullAccountJson(const AccountView& account) {
    auto json = accountJson(account);
    json["number"] = account.maskedNumber;
    return json;
}

Json agreementsJson(const std::string& issuer, const Documents& documents) {
    Json list = Json::array();
    for (const auto& document : documents.inForce()) {
        const auto hash = toBase64Url(document.sha256);
        list.push_back({{"id", document.id},
                        {"version", document.version},
                        {"title", document.title},
                        {"sha256", hash},
                        {"url", issuer + "/agreements/" + hash}});
    }
    return list;
}

Json serviceJson(const PlatformSettings& settings) {
    if (settings.maintenance.empty()) return {{"status", "ok"}};
    Json service{{"status", "maintenance"}, {"notice", settings.maintenance}};
    if (!settings.maintenanceUntil.empty()) service["until"] = settings.maintenanceUntil;
    return service;
}

}  // namespace

std::string metadataJson(const PlatformSettings& settings, const Documents& documents) {
    Json algorithms = Json::array();
    for (const auto algorithm : settings.algorithms) algorithms.push_back(toString(algorithm));
    return dumped({{"issuer", settings.issuer},
                   {"api", 1},
                   {"origins", settings.origins},
                   {"challenge_endpoint", settings.issuer + "/agent/v1/challenges"},
                   {"login_endpoint", settings.issuer + "/agent/v1/logins"},
                   {"browser_handoff", settings.issuer + "/login/handoff"},
                   {"algs", std::move(algorithms)},
                   {"agreements", agreementsJson(settings.issuer, documents)},
                   {"service", serviceJson(settings)}});
}

std::string startedJson(const std::string& issuer, const StartedChallenge& started) {
    return dumped(
        {{"issuer", issuer}, {"challenge_id", started.id}, {"expires_in", started.expiresIn.count()}});
}

std::string challengeText(const Challenge& challenge) {
    return dumped(challengeJson(challenge));
}

std::string loginJson(const LoginAnswer& answer) {
    return dumped({{"handoff", answer.handoff},
                   {"expires_in", answer.expiresIn.count()},
                   {"account", accountJson(answer.account)}});
}

std::string completeJson(const CompleteAnswer& answer) {
    Json json{{"account", fullAccountJson(answer.account)}};
    if (answer.isAgentStarted) json["session"] = answer.session;
    return dumped(json);
}

std::string previewJson(const PreviewAnswer& answer) {
    const auto shown = [](const AccountView& account) {
        return Json{{"name", shownName(account.name)}, {"kind", toString(account.kind)}};
    };
    Json json{{"account", shown(answer.account)},
              {"purpose", toString(answer.purpose)},
              {"client", nullptr},
              {"replaces", nullptr}};
    if (answer.client)
        json["client"] = {{"name", shownName(answer.client->name)},
                          {"owner", shownName(answer.client->owner)}};
    if (answer.replaces) json["replaces"] = shown(*answer.replaces);
    return dumped(json);
}

std::string sessionJson(const SessionAnswer& answer) {
    return dumped({{"account", fullAccountJson(answer.account)},
                   {"state", toString(answer.session.account.state)},
                   {"certificate", toHex(answer.session.certificate)},
                   {"auth_time", answer.session.createdAt.time_since_epoch().count()},
                   {"expires_at", answer.session.expiresAt.time_since_epoch().count()}});
}

HttpResponse documentAnswer(const DocumentRecord& document, bool isByHash) {
    HttpResponse response{200, {{"Content-Type", "text/markdown; charset=utf-8"}}, document.text};
    response.fields.emplace_back("ETag", "\"" + toBase64Url(document.sha256) + "\"");
    response.fields.emplace_back("Vary", "Accept");
    response.fields.emplace_back("Cache-Control",
                                 isByHash ? "public, max-age=31536000, immutable" : "no-cache");
    return response;
}

}  // namespace signet
