// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/http.hpp"
#include "platform/page_language.hpp"
#include "platform/page_template.hpp"
#include "platform/page_words.hpp"
#include "platform/session_service.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// The HTML pages: home, login, handoff, agreements. Nothing of a request but its language and its session
/// gets into one. Thread: any; blocks for the storage.
class Pages {
public:
    explicit Pages(const PlatformCore& core) : m_core(core), m_sessions(core) {}

    /// Who is logged in, and the way out; or the way to the login.
    Result<HttpResponse> home(const HttpRequest& request);
    /// The page-started login: it talks to the agent.
    Result<HttpResponse> login(const HttpRequest& request);
    /// The agent-started login: what its fragment says is shown, and taken after a click.
    Result<HttpResponse> handoff(const HttpRequest& request);
    /// An agreement to read, with what tells its exact text: title, version, date, SHA-256. Errors:
    /// internalError.
    Result<HttpResponse> agreement(const HttpRequest& request, const DocumentRecord& document) const;

private:
    struct Page {
        std::string_view name;  ///< of the template and, where there is one, of the script
        PageValues values;
        std::vector<std::uint16_t> agentPorts{};
        bool isNegotiated = false;  ///< its address has another form, chosen by Accept
    };
    HttpResponse render(const HttpRequest& request, const Page& page) const;
    Result<std::optional<SessionAnswer>> sessionOf(const HttpRequest& request);
    std::string agreementLinks() const;

    const PlatformCore& m_core;
    SessionService m_sessions;
    const PageWords m_words;
};

}  // namespace signet
