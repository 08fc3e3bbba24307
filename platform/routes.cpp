// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/routes.hpp"

#include "base/encoding.hpp"
#include "platform/answers.hpp"
#include "platform/bodies.hpp"
#include "platform/cookies.hpp"
#include "platform/html_wanted.hpp"
#include "platform/log.hpp"
#include "platform/page_assets.hpp"

#include <algorithm>
#include <exception>

namespace signet {
namespace {

std::string_view lastSegment(const HttpRequest& request) {
    return std::string_view(request.path).substr(request.path.rfind('/') + 1);
}

bool isJson(const HttpRequest& request) {
    const auto type = request.field("content-type").value_or("");
    return type == "application/json" || type == "application/json; charset=utf-8" ||
           type == "application/json;charset=utf-8";
}

bool isTokenShaped(std::string_view text) {
    const auto decoded = fromBase64Url(text);
    return decoded && decoded->size() == 32;
}

HttpResponse notLoggedIn() {
    Error error;
    error.code = ErrorCode::badRequest;
    error.reason = "session_missing";
    error.detail = "nobody is logged in";
    auto response = problem(error, 401);
    response.fields.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

HttpResponse foreignOrigin() {
    Error error;
    error.code = ErrorCode::badRequest;
    error.reason = "origin_not_allowed";
    error.detail = "the Origin is not one of this platform's";
    return problem(error, 403);
}

void logRefusal(const HttpRequest& request, const Error& error) {
    const auto level = error.code == ErrorCode::internalError ? LogLevel::error : LogLevel::info;
    writeLog(level, request.method + " " + request.path.substr(0, request.path.rfind('/') + 1) +
                        "… refused " + std::string(errorInfo(error.code).name) +
                        (error.reason.empty() ? "" : " " + error.reason) +
                        (error.code == ErrorCode::internalError ? " " + error.detail : ""));
}

HttpResponse refusal(const HttpRequest& request, const Error& error) {
    logRefusal(request, error);
    return problem(error);
}

}  // namespace

Routes::Routes(const PlatformCore& core)
    : m_core(core),
      m_challenges(core),
      m_logins(core),
      m_sessions(core),
      m_pages(core),
      m_limiter(core.settings.challengeRate),
      m_metadata(metadataJson(core.settings, core.documents)),
      m_isPublicHost(isPublicHost(core.settings.issuer)) {
}

template <Result<HttpResponse> (Pages::*page)(const HttpRequest&)>
HttpResponse Routes::show(const HttpRequest& request) {
    auto answer = (m_pages.*page)(request);
    if (!answer) return refusal(request, answer.error());
    return std::move(*answer);
}

const std::vector<Routes::Route>& Routes::table() {
    static const std::vector<Route> kTable{
        {"GET", "/.well-known/signet-issuer", &Routes::metadata},
        {"POST", "/login/challenges", &Routes::startForPage},
        {"POST", "/agent/v1/challenges", &Routes::startForAgent},
        {"GET", "/agent/v1/challenges/", &Routes::readChallenge},
        {"POST", "/agent/v1/logins", &Routes::login},
        {"POST", "/login/complete", &Routes::complete},
        {"POST", "/login/handoff/preview", &Routes::preview},
        {"GET", "/session", &Routes::readSession},
        {"DELETE", "/session", &Routes::endSession},
        {"GET", "/agreements/", &Routes::agreement},
        {"GET", "/healthz", &Routes::alive},
        {"GET", "/readyz", &Routes::ready},
        {"GET", "/", &Routes::show<&Pages::home>},
        {"GET", "/login", &Routes::show<&Pages::login>},
        {"GET", "/login/handoff", &Routes::show<&Pages::handoff>},
        {"GET", "/assets/", &Routes::asset},
    };
    return kTable;
}

Routes::Weight Routes::weightOf(const HttpRequest& request) {
    if (request.path == "/agent/v1/logins") return Weight::network;
    if (request.path == "/.well-known/signet-issuer" || request.path == "/healthz") return Weight::instant;
    if (request.path.starts_with("/assets/")) return Weight::instant;
    return Weight::storage;
}

HttpResponse Routes::handle(const HttpRequest& request) {
    auto response = dispatchGuarded(request);
    addSecurityFields(response, m_isPublicHost);
    return response;
}

/// What a library throws (no memory, most likely) ends one request.
HttpResponse Routes::dispatchGuarded(const HttpRequest& request) {
    try {
        return dispatch(request);
    } catch (const std::exception& thrown) {
        Error error;
        error.code = ErrorCode::internalError;
        error.detail = thrown.what();
        return refusal(request, error);
    }
}

HttpResponse Routes::dispatch(const HttpRequest& request) {
    const auto fits = [&](const Route& route) {
        if (!route.path.ends_with('/') || route.path == "/") return request.path == route.path;
        const bool isUnder = request.path.size() > route.path.size() && request.path.starts_with(route.path);
        return isUnder && request.path.find('/', route.path.size()) == std::string::npos;
    };
    std::string allowed;
    for (const auto& route : table()) {
        if (!fits(route)) continue;
        if (route.method == request.method) return (this->*route.handler)(request);
        allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    if (allowed.empty()) return problem(ErrorCode::badRequest, "no such path", 404);
    auto response = problem(ErrorCode::badRequest, "method not allowed", 405);
    response.fields.emplace_back("Allow", allowed);
    return response;
}

bool Routes::isForeignOrigin(const HttpRequest& request) const {
    if (request.countFields("origin") == 0) return false;
    const auto origin = request.field("origin");
    const auto& origins = m_core.settings.origins;
    return !origin || std::find(origins.begin(), origins.end(), *origin) == origins.end();
}

std::optional<HttpResponse> Routes::refuseWrite(const HttpRequest& request) {
    if (isForeignOrigin(request)) return foreignOrigin();
    if (!isJson(request))
        return problem(ErrorCode::badRequest, "expected Content-Type: application/json", 415);
    if (!m_limiter.allows(request.address))
        return problem(ErrorCode::rateLimited, "too many requests from this address");
    return std::nullopt;
}

HttpResponse Routes::metadata(const HttpRequest&) {
    return jsonAnswer(m_metadata);
}

HttpResponse Routes::startForPage(const HttpRequest& request) {
    if (auto refused = refuseWrite(request)) return *refused;
    auto start = parsePageStart(request.body);
    if (!start) return refusal(request, start.error());
    if (const auto origin = request.field("origin")) start->origin = std::string(*origin);
    // One secret for all tabs of a browser: a second login must not end the first.
    if (const auto cookie = request.cookie(kPreCookie); cookie && isTokenShaped(*cookie))
        start->cookie = std::string(*cookie);
    auto started = m_challenges.startForPage(*start);
    if (!started) return refusal(request, started.error());
    auto response = jsonAnswer(startedJson(m_core.settings.issuer, *started));
    // It must outlive the handoff that may follow a challenge used at its last moment.
    const auto life = started->expiresIn + std::chrono::minutes(5);
    response.fields.emplace_back("Set-Cookie", setCookie(kPreCookie, started->cookie, life));
    return response;
}

HttpResponse Routes::startForAgent(const HttpRequest& request) {
    if (auto refused = refuseWrite(request)) return *refused;
    auto start = parseAgentStart(request.body);
    if (!start) return refusal(request, start.error());
    auto started = m_challenges.startForAgent(*start);
    if (!started) return refusal(request, started.error());
    return jsonAnswer(startedJson(m_core.settings.issuer, *started));
}

HttpResponse Routes::readChallenge(const HttpRequest& request) {
    auto challenge = m_challenges.read(std::string(lastSegment(request)));
    if (!challenge) return refusal(request, challenge.error());
    return jsonAnswer(challengeText(*challenge));
}

HttpResponse Routes::login(const HttpRequest& request) {
    if (auto refused = refuseWrite(request)) return *refused;
    auto post = parseLoginPost(request.body);
    if (!post) return refusal(request, post.error());
    auto answer = m_logins.login(*post);
    if (!answer) return refusal(request, answer.error());
    return jsonAnswer(loginJson(*answer));
}

HttpResponse Routes::complete(const HttpRequest& request) {
    if (auto refused = refuseWrite(request)) return *refused;
    auto post = parseCompletePost(request.body);
    if (!post) return refusal(request, post.error());
    post->cookie = request.cookie(kPreCookie).value_or("");
    post->idempotencyKey = request.field("idempotency-key").value_or("");
    if (request.countFields("idempotency-key") != 0 && !isTokenShaped(post->idempotencyKey))
        return problem(ErrorCode::badRequest, "Idempotency-Key: expected 43 characters of base64url");
    auto answer = m_sessions.complete(*post);
    if (!answer) return refusal(request, answer.error());
    // A browser has one session; the one that is replaced would live on unseen.
    if (const auto old = request.cookie(kSessionCookie); old && *old != answer->session)
        if (auto ended = m_sessions.end(*old); !ended) logRefusal(request, ended.error());
    auto response = jsonAnswer(completeJson(*answer));
    response.fields.emplace_back("Set-Cookie",
                                 setCookie(kSessionCookie, answer->session, m_core.settings.sessionLifetime));
    return response;
}

HttpResponse Routes::preview(const HttpRequest& request) {
    if (auto refused = refuseWrite(request)) return *refused;
    auto post = parsePreviewPost(request.body);
    if (!post) return refusal(request, post.error());
    auto answer = m_sessions.preview(*post, request.cookie(kSessionCookie));
    if (!answer) return refusal(request, answer.error());
    return jsonAnswer(previewJson(*answer));
}

HttpResponse Routes::readSession(const HttpRequest& request) {
    const auto token = sessionToken(request);
    if (!token) return notLoggedIn();
    auto session = m_sessions.read(*token);
    if (!session) return refusal(request, session.error());
    if (!*session) return notLoggedIn();
    return jsonAnswer(sessionJson(**session));
}

HttpResponse Routes::endSession(const HttpRequest& request) {
    if (isForeignOrigin(request)) return foreignOrigin();
    if (const auto token = sessionToken(request))
        if (auto ended = m_sessions.end(*token); !ended) return refusal(request, ended.error());
    HttpResponse response{204};
    response.fields.emplace_back("Set-Cookie", setCookie(kSessionCookie, "", std::chrono::seconds(0)));
    return response;
}

HttpResponse Routes::agreement(const HttpRequest& request) {
    const auto name = lastSegment(request);
    const auto& latest = m_core.documents.inForce();
    const auto named =
        std::find_if(latest.begin(), latest.end(), [&](const auto& document) { return document.id == name; });
    if (named != latest.end()) return agreementAnswer(request, *named, false);
    auto hash = name.size() == 64 ? fromHex(name) : fromBase64Url(name);
    if (!hash || hash->size() != 32) return problem(ErrorCode::badRequest, "no such agreement", 404);
    auto document = m_core.storage.document(*hash);
    if (!document) return refusal(request, document.error());
    if (!*document) return problem(ErrorCode::badRequest, "no such agreement", 404);
    return agreementAnswer(request, **document, true);
}

HttpResponse Routes::agreementAnswer(const HttpRequest& request, const DocumentRecord& document,
                                     bool isByHash) {
    if (!isHtmlWanted(request)) return documentAnswer(document, isByHash);
    auto page = m_pages.agreement(request, document);
    if (!page) return refusal(request, page.error());
    return std::move(*page);
}

HttpResponse Routes::asset(const HttpRequest& request) {
    return assetAnswer(request);
}

HttpResponse Routes::alive(const HttpRequest&) {
    return jsonAnswer(R"({"status":"ok"})");
}

HttpResponse Routes::ready(const HttpRequest& request) {
    if (auto isReady = m_core.storage.checkReady(); !isReady) {
        logRefusal(request, isReady.error());
        return problem(ErrorCode::internalError, "the storage does not answer", 503);
    }
    return jsonAnswer(R"({"status":"ready"})");
}

}  // namespace signet
