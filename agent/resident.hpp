// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/bridge.hpp"
#include "agent/local_door.hpp"
#include "agent/login_parts.hpp"
#include "agent/page_session.hpp"
#include "agent/signet_link.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace signet {

/// Opens an address in the user's browser.
using OpenInBrowser = std::function<void(const std::string& url)>;

struct ResidentOptions {
    std::filesystem::path socket;
    LocalhostFiles localhost;
    OpenInBrowser openInBrowser;
    std::function<void(std::string_view line)> log;  ///< from any thread
};

/// The agent at work: the core with all its doors open. The face is given.
/// Thread: main, with a Qt event loop.
class Resident final : public BridgeListener {
public:
    /// `configuration`, `parts` and `ui` outlive it. Errors: those of Bridge::listen and LocalDoor::open.
    static Result<std::unique_ptr<Resident>> open(const Configuration& configuration, LoginParts& parts,
                                                  Ui& ui, ResidentOptions options);
    ~Resident() override;

    std::uint16_t port() const { return m_bridge->port(); }
    std::optional<std::uint16_t> tlsPort() const { return m_bridge->tlsPort(); }

    /// The user's own login, for the browser. Errors: issuerNotAllowed, busy; invalidRequest with reason
    /// "link".
    Result<void> followLink(std::string_view url);

    void onOpened(BridgeConnection connection, const std::string& origin) override;
    void onRequest(BridgeConnection connection, const RpcRequest& request) override;
    void onClosed(BridgeConnection connection) override;

private:
    Resident(const Configuration& configuration, LoginParts& parts, Ui& ui, ResidentOptions options);
    LocalAnswer onLocalOpening(const LocalOpening& opening);
    LocalAnswer revoke(const std::string& origin);
    void openBrowser(Result<LoginResult> result);
    void warn(const Error& error) const;

    /// A page at the bridge.
    struct Page final : PageChannel {
        Page(Bridge& to, BridgeConnection connection, const std::string& origin, PageServices& services)
            : bridge(to), id(connection), session(origin, services, *this) {}
        void answer(std::string text) override { bridge.answer(id, std::move(text)); }
        void notify(std::string text) override { bridge.notify(id, std::move(text)); }

        Bridge& bridge;
        const BridgeConnection id;
        PageSession session;
    };

    const Configuration& m_configuration;
    const ResidentOptions m_options;
    LoginDesk m_desk;
    TokenPresence m_presence;
    ApprovedSites m_sites;
    PageServices m_services;
    CommandId m_ownLogin = 0;
    std::unique_ptr<Bridge> m_bridge;
    std::unique_ptr<LocalDoor> m_door;
    std::map<BridgeConnection, std::unique_ptr<Page>> m_pages;
};

/// The origins that may speak to the agent at all: those of the issuers, the further ones and Web eID's.
std::vector<std::string> allowedOrigins(const Configuration& configuration);

}  // namespace signet
