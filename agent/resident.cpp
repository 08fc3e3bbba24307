// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/resident.hpp"

#include "agent/canonical_url.hpp"
#include "agent/extension_ids.hpp"
#include "agent/idle_memory.hpp"
#include "agent/listening_ports.hpp"

#include <algorithm>
#include <utility>

namespace signet {
namespace {

std::vector<std::uint16_t> bridgePortsOf(const Configuration& configuration) {
    if (configuration.bridge.port) return {*configuration.bridge.port};
    const auto ports = bridgePorts();
    return {ports.begin(), ports.end()};
}

std::vector<std::string> pinnedExtensions() {
    const auto ids = pinnedExtensionIds();
    return {ids.begin(), ids.end()};
}

}  // namespace

std::vector<std::string> allowedOrigins(const Configuration& configuration) {
    std::vector<std::string> origins;
    const auto add = [&](std::string origin) {
        if (std::find(origins.begin(), origins.end(), origin) == origins.end())
            origins.push_back(std::move(origin));
    };
    for (const auto& issuer : configuration.issuers) add(std::string(originOf(issuer)));
    for (const auto& origin : configuration.bridge.extraOrigins) add(origin);
    for (const auto& origin : configuration.webeidOrigins) add(origin);
    return origins;
}

Result<std::unique_ptr<Resident>> Resident::open(const Configuration& configuration, LoginParts& parts,
                                                 Ui& ui, ResidentOptions options) {
    std::unique_ptr<Resident> resident(new Resident(configuration, parts, ui, std::move(options)));
    const auto origins = allowedOrigins(configuration);
    auto door = LocalDoor::open(
        {resident->m_options.socket, pinnedExtensions(), origins, {}}, resident->m_services,
        [agent = resident.get()](const LocalOpening& opening) { return agent->onLocalOpening(opening); });
    if (!door) return fail(door.error());
    resident->m_door = std::move(*door);
    BridgeOptions bridgeOptions{.ports = bridgePortsOf(configuration), .origins = origins};
    if (configuration.bridge.useTls) bridgeOptions.tls = resident->m_options.localhost;
    auto bridge = Bridge::listen(std::move(bridgeOptions), *resident, resident->m_options.log);
    if (!bridge) return fail(bridge.error());
    resident->m_bridge = std::move(*bridge);
    return resident;
}

Resident::Resident(const Configuration& configuration, LoginParts& parts, Ui& ui, ResidentOptions options)
    : m_configuration(configuration),
      m_ui(ui),
      m_options(std::move(options)),
      m_desk(parts.ports(ui), {}, &releaseIdleMemory),
      m_presence(parts.tokens()),
      m_sites(defaultApprovedSitesFile(), [this](const Error& error) { warn(error); }),
      m_services{m_desk, m_presence, m_sites, configuration.webeidOrigins} {
}

Resident::~Resident() {
    m_pages.clear();  // While the bridge and the desk stand.
}

void Resident::warn(const Error& error) const {
    m_options.log(error.detail);
}

void Resident::onOpened(BridgeConnection connection, const std::string& origin) {
    m_pages[connection] = std::make_unique<Page>(*m_bridge, connection, origin, m_services);
}

void Resident::onRequest(BridgeConnection connection, const RpcRequest& request) {
    if (const auto page = m_pages.find(connection); page != m_pages.end())
        page->second->session.onRequest(request);
}

void Resident::onClosed(BridgeConnection connection) {
    m_pages.erase(connection);
}

Result<void> Resident::followLink(std::string_view url) {
    const auto link = parseSignetLink(url);
    const auto followed = link ? logInForBrowser(link->issuer, false) : Result<void>(fail(link.error()));
    if (!followed && m_options.onLinkRefused) m_options.onLinkRefused(followed.error());
    return followed;
}

Result<void> Resident::logIn(const std::string& issuer) {
    return logInForBrowser(issuer, true);
}

Result<void> Resident::logInForBrowser(const std::string& issuer, bool isByUser) {
    if (!m_configuration.allowsIssuer(issuer)) return fail(ErrorCode::issuerNotAllowed, "not configured");
    LoginRequest request;
    request.issuer = issuer;
    request.isByUser = isByUser;
    request.isForBrowser = true;
    if (auto free = m_desk.check(request); !free) return free;
    begin(std::move(request), [this](Result<LoginResult> result) { openBrowser(std::move(result)); });
    return {};
}

void Resident::login(LoginRequest request, Reply<LoginResult> reply) {
    request.isByUser = true;
    begin(std::move(request), std::move(reply));
}

void Resident::begin(LoginRequest request, Reply<LoginResult> reply) {
    if (m_options.onOwnLogin && m_desk.check(request)) m_options.onOwnLogin(request);
    m_desk.login(std::move(request), {}, [this, to = std::move(reply)](Result<LoginResult> result) {
        // One that the desk did not take has no flow that would say so.
        if (!result && !m_desk.isBusy()) m_ui.showEnd(&result.error());
        to(std::move(result));
    });
}

void Resident::openBrowser(Result<LoginResult> result) {
    if (!result) return m_options.log("login: " + std::string(errorInfo(result.error().code).name));
    std::string target(textOf(result->browserTarget.view()));
    m_options.openInBrowser(m_bridge->handOff(target));
    wipe(target.data(), target.size());
}

LocalAnswer Resident::onLocalOpening(const LocalOpening& opening) {
    if (const auto* link = std::get_if<LinkOpening>(&opening)) {
        const auto followed = followLink(link->url);
        return followed ? LocalAnswer{} : LocalAnswer{.refusal = followed.error().code};
    }
    if (const auto* revoked = std::get_if<RevokeOpening>(&opening)) return revoke(revoked->origin);
    if (std::holds_alternative<StatusOpening>(opening)) return {.port = port(), .tlsPort = tlsPort()};
    if (m_options.onShow) m_options.onShow();
    return {};
}

Result<bool> Resident::revokeSite(const std::string& origin) {
    auto revoked = m_sites.revoke(origin);
    m_bridge->closeOrigin(origin);  // Also when that could not be written.
    m_door->closeOrigin(origin);
    return revoked;
}

LocalAnswer Resident::revoke(const std::string& origin) {
    const auto revoked = revokeSite(origin);
    if (!revoked) return {.refusal = revoked.error().code};
    return *revoked ? LocalAnswer{} : LocalAnswer{.refusal = ErrorCode::invalidRequest};
}

}  // namespace signet
