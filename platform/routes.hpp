// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/challenge_service.hpp"
#include "platform/core.hpp"
#include "platform/http.hpp"
#include "platform/login_service.hpp"
#include "platform/pages.hpp"
#include "platform/rate_limiter.hpp"
#include "platform/session_service.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// The HTTP face of the platform: one function from request to answer, without a socket.
/// Thread: any; handle() may block, see weightOf.
class Routes {
public:
    explicit Routes(const PlatformCore& core);

    HttpResponse handle(const HttpRequest& request);

    /// How long a request may take: `instant` runs anywhere, `storage` may wait for the disk, `network` for
    /// another server.
    enum class Weight { instant, storage, network };
    static Weight weightOf(const HttpRequest& request);

private:
    using Handler = HttpResponse (Routes::*)(const HttpRequest&);
    struct Route {
        std::string_view method;
        std::string_view path;  ///< ends in '/' when a last segment follows
        Handler handler;
    };
    static const std::vector<Route>& table();
    HttpResponse dispatch(const HttpRequest& request);
    HttpResponse dispatchGuarded(const HttpRequest& request);

    HttpResponse metadata(const HttpRequest& request);
    HttpResponse startForPage(const HttpRequest& request);
    HttpResponse startForAgent(const HttpRequest& request);
    HttpResponse readChallenge(const HttpRequest& request);
    HttpResponse login(const HttpRequest& request);
    HttpResponse complete(const HttpRequest& request);
    HttpResponse preview(const HttpRequest& request);
    HttpResponse readSession(const HttpRequest& request);
    HttpResponse endSession(const HttpRequest& request);
    HttpResponse agreement(const HttpRequest& request);
    /// For people a page, for programs the text.
    HttpResponse agreementAnswer(const HttpRequest& request, const DocumentRecord& document, bool isByHash);
    HttpResponse alive(const HttpRequest& request);
    HttpResponse ready(const HttpRequest& request);
    template <Result<HttpResponse> (Pages::*page)(const HttpRequest&)>
    HttpResponse show(const HttpRequest& request);
    HttpResponse asset(const HttpRequest& request);

    /// JSON body, an Origin that is ours or none, and not too often. Errors as a finished answer.
    std::optional<HttpResponse> refuseWrite(const HttpRequest& request);
    bool isForeignOrigin(const HttpRequest& request) const;

    const PlatformCore& m_core;
    ChallengeService m_challenges;
    LoginService m_logins;
    SessionService m_sessions;
    Pages m_pages;
    RateLimiter m_limiter;
    const std::string m_metadata;  ///< the answer's body, which never changes
    const bool m_isPublicHost;
};

}  // namespace signet
