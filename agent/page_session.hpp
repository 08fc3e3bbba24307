// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/approved_sites.hpp"
#include "agent/json_rpc.hpp"
#include "agent/login_desk.hpp"
#include "agent/token_presence.hpp"

#include <optional>
#include <string>
#include <vector>

namespace signet {

/// The way back to a page. Thread: main.
class PageChannel {
public:
    virtual ~PageChannel() = default;
    /// To a request.
    virtual void answer(std::string text) = 0;
    virtual void notify(std::string text) = 0;
};

/// What all sessions work with; all of it outlives them.
struct PageServices {
    LoginDesk& desk;
    TokenPresence& presence;
    ApprovedSites& sites;
    std::vector<std::string> webeidOrigins{};
};

/// One connection of one page, whatever the door: its requests, in its own name. It sees nothing of
/// another's, and what runs for it ends with it. Thread: main.
class PageSession {
public:
    /// `origin` as the browser says it. `services` and `channel` outlive this object.
    PageSession(std::string origin, PageServices& services, PageChannel& channel);
    ~PageSession();
    PageSession(const PageSession&) = delete;
    PageSession& operator=(const PageSession&) = delete;

    const std::string& origin() const { return m_origin; }
    void onRequest(const RpcRequest& request);

private:
    LoginDesk::OnStage stageTeller();
    void login(const RpcRequest& request);
    void onLoggedIn(const RpcId& id, Result<LoginResult> result);
    void cancel(const RpcRequest& request);
    void watch(const RpcRequest& request);
    void authenticate(const RpcRequest& request);
    void refuse(const RpcId& id, ErrorCode code, std::string reason = {});

    const std::string m_origin;
    PageServices& m_services;
    PageChannel& m_channel;
    CommandId m_login = 0;
    RpcId m_loginId{};
    CommandId m_watch = 0;
    std::optional<RpcId> m_watchId{};  ///< of a request that waits for its answer
};

}  // namespace signet
