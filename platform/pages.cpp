// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/pages.hpp"

#include "base/encoding.hpp"
#include "certs/certificate.hpp"
#include "platform/agreement_html.hpp"
#include "platform/cookies.hpp"
#include "platform/page_files.hpp"
#include "platform/page_security.hpp"

namespace signet {
namespace {

constexpr std::chrono::seconds kRememberLanguage = std::chrono::hours(24 * 365);

std::string fileNamed(std::string_view name, std::string_view suffix) {
    return std::string(name) + std::string(suffix);
}

/// As in docs/protocol.md section 5, for where no page can reach the agent.
std::string agentLink(std::string_view issuer) {
    std::string link = "signet://login?issuer=";
    for (const char c : issuer) link += c == ':' ? "%3A" : c == '/' ? "%2F" : std::string(1, c);
    return link;
}

std::string hostOf(std::string_view issuer) {
    return std::string(issuer.substr(issuer.find("://") + 3));
}

std::string listOf(const std::vector<std::uint16_t>& ports) {
    std::string list;
    for (const auto port : ports) list += (list.empty() ? "" : " ") + std::to_string(port);
    return list;
}

}  // namespace

Result<std::optional<SessionAnswer>> Pages::sessionOf(const HttpRequest& request) {
    const auto token = request.cookie(kSessionCookie);
    if (!token) return std::optional<SessionAnswer>();
    return m_sessions.read(*token);
}

Result<HttpResponse> Pages::home(const HttpRequest& request) {
    auto session = sessionOf(request);
    if (!session) return fail(std::move(session.error()));
    Page page{"home", {{"account", ""}}};
    if (*session) {
        const auto& [account, kept] = **session;
        page.values["account"] = shownName(account.name);
        page.values["isPerson"] = account.kind == SubjectKind::person ? "yes" : "";
        page.values["number"] = account.maskedNumber;
        page.values["since"] = timeText(kept.createdAt);
        page.values["until"] = timeText(kept.expiresAt);
    }
    return render(request, page);
}

Result<HttpResponse> Pages::login(const HttpRequest& request) {
    auto session = sessionOf(request);
    if (!session) return fail(std::move(session.error()));
    const auto& settings = m_core.settings;
    Page page{"login", {}, settings.agentPorts};
    // For what: an application will be named here once one can send its visitors (OpenID Connect).
    page.values["client"] = "";
    page.values["account"] = *session ? shownName((**session).account.name) : "";
    page.values["ports"] = listOf(settings.agentPorts);
    page.values["link"] = agentLink(settings.issuer);
    page.values["download"] = settings.downloadUrl;
    page.values["maintenance"] = settings.maintenance;
    page.values["maintenanceUntil"] = settings.maintenanceUntil;
    return render(request, page);
}

Result<HttpResponse> Pages::handoff(const HttpRequest& request) {
    return render(request, {"handoff", {{"firstScript", "take_fragment.js"}}});
}

Result<HttpResponse> Pages::agreement(const HttpRequest& request, const DocumentRecord& document) const {
    const auto parts = partsOf(document.text).value_or(DocumentParts{{}, document.text});
    auto text = agreementHtml(parts.body);
    if (!text) return fail(std::move(text.error()));
    const auto date = parts.head.find("date");
    Page page{"agreement", {}, {}, true};
    page.values["title"] = shownName(document.title);
    page.values["version"] = document.version;
    page.values["date"] = date == parts.head.end() ? "" : shownName(date->second);
    page.values["sha256"] = toHex(document.sha256);
    page.values["hasHeading"] = text->starts_with("<h1>") ? "yes" : "";
    page.values["text"] = std::move(*text);
    page.values["isText"] = "yes";
    return render(request, page);
}

/// The privacy policy is reachable from every page, before any login (R41).
std::string Pages::agreementLinks() const {
    std::string links;
    for (const auto& document : m_core.documents.inForce())
        links += fillTemplate(pageFile("agreement_link.html"),
                              {{"id", document.id}, {"title", shownName(document.title)}},
                              [](std::string_view) { return std::string(); });
    return links;
}

HttpResponse Pages::render(const HttpRequest& request, const Page& page) const {
    const auto [language, isChosen] = pageLanguage(request);
    const auto words = [&, chosen = language](std::string_view name) { return m_words.of(chosen, name); };
    auto values = page.values;
    values["issuer"] = m_core.settings.issuer;
    values["host"] = hostOf(m_core.settings.issuer);
    values["isChinese"] = language == Language::zh ? "yes" : "";
    const auto script = fileNamed(page.name, ".js");
    values["script"] = pageFile(script).empty() ? "" : script;
    values.try_emplace("title", words(fileNamed(page.name, ".title")));
    values["agreements"] = agreementLinks();
    values["main"] = fillTemplate(pageFile(fileNamed(page.name, ".html")), values, words);

    HttpResponse response{200, {{"Content-Type", "text/html; charset=utf-8"}}};
    response.fields.emplace_back("Content-Language", language == Language::zh ? "zh-CN" : "en");
    response.fields.emplace_back(
        "Vary", page.isNegotiated ? "Accept, Accept-Language, Cookie" : "Accept-Language, Cookie");
    if (isChosen)
        response.fields.emplace_back("Set-Cookie",
                                     setCookie(kLanguageCookie, nameOf(language), kRememberLanguage));
    addPageSecurity(response, page.agentPorts);
    response.body = fillTemplate(pageFile("layout.html"), values, words);
    return response;
}

}  // namespace signet
