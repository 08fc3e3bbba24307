// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/relay_messages.hpp"

#include "agent/canonical_url.hpp"
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "certs/challenge_id.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <optional>

namespace signet {
namespace {

constexpr std::size_t kMaxTextBytes = 4096;
constexpr std::size_t kSecretChars = 43;  // 256 bits in base64url

tl::unexpected<Error> malformed(std::string_view member, std::string reason = "answer_malformed") {
    return fail(ErrorCode::platformError, "member " + std::string(member), std::move(reason));
}

/// A member that must be there, as text.
Result<std::string> textOf(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return malformed(name);
    auto text = found->get<std::string>();
    if (text.size() > kMaxTextBytes) return malformed(name);
    return text;
}

/// A member that may be missing; "" then.
Result<std::string> optionalTextOf(const Json& object, const char* name) {
    return object.contains(name) ? textOf(object, name) : Result<std::string>("");
}

Result<std::vector<std::string>> textsOf(const Json& object, const char* name) {
    std::vector<std::string> texts;
    const auto found = object.find(name);
    if (found == object.end()) return texts;
    if (!found->is_array()) return malformed(name);
    for (const auto& item : *found) {
        if (!item.is_string()) return malformed(name);
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

Result<Json> objectFrom(std::string_view text) {
    auto json = parseStrictJson(text);
    if (!json) return malformed(json.error().reason);
    if (!json->is_object()) return malformed("(not an object)");
    return json;
}

bool isPathCharacter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::strchr("-._~/%", c) != nullptr;
}

/// What follows the issuer's origin and a slash; nullopt where the address is another's.
std::optional<std::string_view> pathUnder(std::string_view issuer, std::string_view url) {
    const std::string start = std::string(originOf(issuer)) + "/";
    if (!url.starts_with(start)) return std::nullopt;
    return url.substr(start.size());
}

/// Nothing in it can name another host.
bool isPlainPath(std::string_view path) {
    return path.find('\0') == path.npos && std::all_of(path.begin(), path.end(), isPathCharacter);
}

Result<std::string> endpointOf(const Json& object, const char* name, std::string_view issuer) {
    auto url = textOf(object, name);
    if (!url) return url;
    const auto path = pathUnder(issuer, *url);
    if (!path) return malformed(name, "endpoint_foreign");
    if (!isPlainPath(*path)) return malformed(name);
    return url;
}

Result<PublishedAgreement> agreementOf(const Json& item) {
    if (!item.is_object()) return malformed("agreements");
    PublishedAgreement agreement;
    const std::pair<const char*, std::string PublishedAgreement::*> members[] = {
        {"id", &PublishedAgreement::id},       {"version", &PublishedAgreement::version},
        {"title", &PublishedAgreement::title}, {"sha256", &PublishedAgreement::sha256},
        {"url", &PublishedAgreement::url},
    };
    for (const auto& [name, member] : members) {
        auto text = textOf(item, name);
        if (!text) return malformed(std::string("agreements.") + name);
        agreement.*member = std::move(*text);
    }
    // It is shown and may be opened in a browser.
    if (!agreement.url.starts_with("https://")) agreement.url.clear();
    return agreement;
}

Result<void> readAgreements(const Json& object, IssuerMetadata& metadata) {
    const auto found = object.find("agreements");
    if (found == object.end()) return {};
    if (!found->is_array()) return malformed("agreements");
    for (const auto& item : *found) {
        auto agreement = agreementOf(item);
        if (!agreement) return fail(agreement.error());
        metadata.agreements.push_back(std::move(*agreement));
    }
    return {};
}

Result<void> readService(const Json& object, IssuerMetadata& metadata) {
    const auto found = object.find("service");
    if (found == object.end()) return {};
    if (!found->is_object()) return malformed("service");
    auto status = textOf(*found, "status");
    auto notice = optionalTextOf(*found, "notice");
    auto until = optionalTextOf(*found, "until");
    if (!status || !notice || !until) return malformed("service");
    metadata.isInMaintenance = *status == "maintenance";
    metadata.notice = std::move(*notice);
    metadata.maintenanceUntil = std::move(*until);
    return {};
}

Result<void> readEndpoints(const Json& object, IssuerMetadata& metadata) {
    const std::pair<const char*, std::string IssuerMetadata::*> endpoints[] = {
        {"challenge_endpoint", &IssuerMetadata::challengeEndpoint},
        {"login_endpoint", &IssuerMetadata::loginEndpoint},
        {"browser_handoff", &IssuerMetadata::browserHandoff},
    };
    for (const auto& [name, member] : endpoints) {
        auto url = endpointOf(object, name, metadata.issuer);
        if (!url) return fail(url.error());
        metadata.*member = std::move(*url);
    }
    return {};
}

/// A secret in a member of exactly this many characters of base64url; the copy in the tree is wiped.
Result<SecretBytes> takeSecret(Json& object, const char* name, std::size_t minChars, std::size_t maxChars) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return malformed(name);
    auto& text = found->get_ref<std::string&>();
    SecretBytes secret(bytesOf(text));
    wipe(text.data(), text.size());
    const auto isSafe = [](std::uint8_t c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == '~';
    };
    if (secret.size() < minChars || secret.size() > maxChars) return malformed(name);
    if (!std::all_of(secret.view().begin(), secret.view().end(), isSafe)) return malformed(name);
    return secret;
}

Result<AccountSummary> accountOf(const Json& object) {
    const auto found = object.find("account");
    if (found == object.end() || !found->is_object()) return malformed("account");
    auto name = textOf(*found, "name");
    auto kind = textOf(*found, "kind");
    if (!name || !kind) return malformed("account");
    return AccountSummary{std::move(*name), std::move(*kind)};
}

Json actJson(const Act& act) {
    Json json{{"as", act.as}};
    if (!act.org.empty()) json["org"] = act.org;
    if (!act.name.empty()) json["name"] = act.name;
    if (!act.mandate.empty()) json["mandate"] = act.mandate;
    return json;
}

bool isReason(std::string_view text) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return text.size() <= 64 && std::all_of(text.begin(), text.end(), fits);
}

/// For the log: one line of moderate length, whatever the platform sends.
std::string oneLine(std::string text) {
    std::erase_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (text.size() > 300) text.resize(300);
    return text;
}

bool isSaidByPlatform(ErrorCode code) {
    return code <= ErrorCode::badRequest;
}

Error refusal(ErrorCode code, int status, std::string reason = {}) {
    Error error;
    error.code = code;
    error.reason = std::move(reason);
    error.detail = "HTTP " + std::to_string(status);
    error.isFromPlatform = true;
    return error;
}

}  // namespace

Result<IssuerMetadata> parseMetadata(std::string_view json, std::string_view issuer) {
    const auto object = objectFrom(json);
    if (!object) return fail(object.error());
    IssuerMetadata metadata;
    metadata.issuer = issuer;
    const auto named = textOf(*object, "issuer");
    if (!named) return fail(named.error());
    if (*named != issuer) return malformed("issuer", "issuer_mismatch");
    const auto api = object->find("api");
    if (api == object->end() || !api->is_number_integer() || api->get<std::int64_t>() != 1)
        return malformed("api");
    auto origins = textsOf(*object, "origins");
    auto algorithms = textsOf(*object, "algs");
    if (!origins || !algorithms) return malformed(origins ? "algs" : "origins");
    metadata.origins = std::move(*origins);
    metadata.algorithms = std::move(*algorithms);
    for (const auto read : {readEndpoints, readAgreements, readService})
        if (auto done = read(*object, metadata); !done) return fail(done.error());
    return metadata;
}

std::string challengeWishBody(const ChallengeWish& wish) {
    Json body{{"purpose", toString(wish.purpose)}, {"sid", wish.sessionBinding}};
    if (wish.act.as != "self") body["act"] = actJson(wish.act);
    if (!wish.newCertificate.empty()) body["certificate"] = wish.newCertificate;
    return body.dump();
}

Result<std::string> parseChallengeReference(std::string_view json, std::string_view issuer) {
    const auto object = objectFrom(json);
    if (!object) return fail(object.error());
    const auto named = textOf(*object, "issuer");
    if (!named) return fail(named.error());
    if (*named != issuer) return malformed("issuer", "issuer_mismatch");
    auto id = textOf(*object, "challenge_id");
    if (!id || !isChallengeId(*id)) return malformed("challenge_id");
    return id;
}

std::string loginBody(const SignedLogin& login) {
    const Json body{{"challenge_id", login.challengeId},
                    {"protected", login.protectedHeader},
                    {"signature", toBase64Url(login.signature)},
                    {"cb", {{"type", login.binding.type}, {"data", login.binding.data}}}};
    return body.dump();
}

Result<RelayedLogin> parseLoginAnswer(std::string_view json) {
    auto object = objectFrom(json);
    if (!object) return fail(object.error());
    RelayedLogin answer;
    auto handoff = takeSecret(*object, "handoff", kSecretChars, kSecretChars);
    if (!handoff) return fail(handoff.error());
    answer.handoff = std::move(*handoff);
    const auto life = object->find("expires_in");
    if (life == object->end() || !life->is_number_unsigned()) return malformed("expires_in");
    answer.expiresIn = std::chrono::seconds(std::min<std::uint64_t>(life->get<std::uint64_t>(), 3600));
    auto account = accountOf(*object);
    if (!account) return fail(account.error());
    answer.account = std::move(*account);
    return answer;
}

SecretBytes completionBody(const Completion& completion) {
    // By hand: a Json would leave copies of both secrets. All three are base64url, so that nothing needs
    // escaping.
    const std::string_view parts[] = {R"({"challenge_id":")",
                                      completion.challengeId,
                                      R"(","handoff":")",
                                      textOf(completion.handoff),
                                      R"(","secret":")",
                                      textOf(completion.secret),
                                      R"("})"};
    std::size_t size = 0;
    for (const auto part : parts) size += part.size();
    SecretBytes body(size);
    auto* to = body.data();
    for (const auto part : parts) to = std::copy(part.begin(), part.end(), to);
    return body;
}

Result<CompletionAnswer> parseCompletionAnswer(std::string_view json) {
    auto object = objectFrom(json);
    if (!object) return fail(object.error());
    CompletionAnswer answer;
    auto session = takeSecret(*object, "session", 16, 512);
    if (!session) return fail(session.error());
    answer.session = std::move(*session);
    if (auto account = accountOf(*object)) answer.account = std::move(*account);
    return answer;
}

Result<void> checkAgreementUrl(std::string_view url, std::string_view issuer) {
    const auto path = pathUnder(issuer, url);
    if (!path || !isPlainPath(*path)) return malformed("agreements.url", "endpoint_foreign");
    return {};
}

Result<void> checkAgreementText(std::string_view text, const PublishedAgreement& agreement) {
    if (toBase64Url(sha256(bytesOf(text))) == agreement.sha256) return {};
    return fail(ErrorCode::platformError, "not the text with the SHA-256 in the metadata",
                "document_changed");
}

Error refusalOf(int status, std::string_view contentType, std::string_view body) {
    const auto plain = refusal(ErrorCode::platformError, status, "http_" + std::to_string(status));
    if (mediaType(contentType) != "application/problem+json") return plain;
    const auto object = objectFrom(body);
    if (!object) return plain;
    const auto name = textOf(*object, "code");
    if (!name) return plain;
    const auto code = errorCodeFromName(*name);
    // An agent's own code (pin_locked, say) in the platform's mouth would send the user to the wrong place.
    if (!code || !isSaidByPlatform(*code))
        return status >= 500 ? plain : refusal(ErrorCode::platformError, status, "unknown_code");
    auto error = refusal(*code, status);
    if (const auto reason = textOf(*object, "reason"); reason && isReason(*reason)) error.reason = *reason;
    if (const auto detail = textOf(*object, "detail")) error.detail += ": " + oneLine(*detail);
    for (const auto* member : {"date", "name"}) {
        const auto text = textOf(*object, member);
        if (text && text->size() <= 200) error.params[member] = oneLine(*text);
    }
    return error;
}

std::string mediaType(std::string_view contentType) {
    std::string type(contentType.substr(0, contentType.find(';')));
    while (!type.empty() && type.back() == ' ') type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return std::tolower(c); });
    return type;
}

}  // namespace signet
