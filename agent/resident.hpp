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
    /// The agent was started again without a link: the user looks for it.
    std::function<void()> onShow{};
    /// A login of the user's own begins, and its window may come before its first question.
    std::function<void(const LoginRequest& request)> onOwnLogin{};
    /// A link led to no login. Whoever opened it in a browser sees no answer of this program's.
    std::function<void(const Error& error)> onLinkRefused{};
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
    Resident(const Resident&) = delete;
    Resident& operator=(const Resident&) = delete;

    std::uint16_t port() const { return m_bridge->port(); }
    std::optional<std::uint16_t> tlsPort() const { return m_bridge->tlsPort(); }

    /// The user's own login, for the browser. Errors: issuerNotAllowed; those of LoginDesk::check;
    /// invalidRequest with reason "link".
    Result<void> followLink(std::string_view url);

    /// The user's own login in the tray, for the browser. Errors as followLink().
    Result<void> logIn(const std::string& issuer);
    /// The user's own login or registration whose result stays here. The reply comes later, also with busy.
    void login(LoginRequest request, Reply<LoginResult> reply);
    /// The login that stands before the user, whoever asked for it, ends as userCancelled.
    void cancelLogin() { m_desk.cancelRunning(); }
    bool isBusy() const { return m_desk.isBusy(); }

    const ApprovedSites& sites() const { return m_sites; }
    /// The site may know nothing any more, and its connections close (attacks.md 56). Gives whether it was
    /// approved. Errors: those of ApprovedSites::revoke; the connections close all the same.
    Result<bool> revokeSite(const std::string& origin);

    void onOpened(BridgeConnection connection, const std::string& origin) override;
    void onRequest(BridgeConnection connection, const RpcRequest& request) override;
    void onClosed(BridgeConnection connection) override;

private:
    Resident(const Configuration& configuration, LoginParts& parts, Ui& ui, ResidentOptions options);
    LocalAnswer onLocalOpening(const LocalOpening& opening);
    LocalAnswer revoke(const std::string& origin);
    Result<void> logInForBrowser(const std::string& issuer, bool isByUser);
    void begin(LoginRequest request, Reply<LoginResult> reply);
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
    Ui& m_ui;
    const ResidentOptions m_options;
    LoginDesk m_desk;
    TokenPresence m_presence;
    ApprovedSites m_sites;
    PageServices m_services;
    std::unique_ptr<Bridge> m_bridge;
    std::unique_ptr<LocalDoor> m_door;
    std::map<BridgeConnection, std::unique_ptr<Page>> m_pages;
};

/// The origins that may speak to the agent at all: those of the issuers, the further ones and Web eID's.
std::vector<std::string> allowedOrigins(const Configuration& configuration);

}  // namespace signet
