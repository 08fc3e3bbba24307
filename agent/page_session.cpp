// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/page_session.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace signet {

PageSession::PageSession(std::string origin, PageServices& services, PageChannel& channel)
    : m_origin(std::move(origin)), m_services(services), m_channel(channel) {
}

PageSession::~PageSession() {
    if (m_login != 0) m_services.desk.withdraw(m_login);
    if (m_watch != 0) m_services.presence.cancel(m_watch);
}

void PageSession::onRequest(const RpcRequest& request) {
    switch (request.method) {
        case RpcMethod::hello:
            return m_channel.answer(rpcHelloResult(request.id));
        case RpcMethod::login:
            return login(request);
        case RpcMethod::cancel:
            return cancel(request);
        case RpcMethod::watch:
            return watch(request);
        case RpcMethod::webeidAuthenticate:
            return authenticate(request);
    }
}

void PageSession::refuse(const RpcId& id, ErrorCode code, std::string reason) {
    m_channel.answer(rpcError(id, Error{.code = code, .reason = std::move(reason)}));
}

LoginDesk::OnStage PageSession::stageTeller() {
    return [this](LoginStage stage) {
        m_channel.notify(rpcNotification("login.stage", {{"stage", std::string(stageName(stage))}}));
    };
}

void PageSession::login(const RpcRequest& request) {
    if (m_login != 0) return refuse(request.id, ErrorCode::busy);
    m_loginId = request.id;
    LoginRequest wanted;
    wanted.issuer = request.issuer;
    wanted.origin = m_origin;
    wanted.challengeId = request.challengeId;
    m_login = m_services.desk.login(std::move(wanted), stageTeller(), [this](Result<LoginResult> result) {
        onLoggedIn(m_loginId, std::move(result));
    });
}

void PageSession::onLoggedIn(const RpcId& id, Result<LoginResult> result) {
    m_login = 0;
    if (!result) return m_channel.answer(rpcError(id, result.error()));
    m_services.sites.approve(m_origin);
    m_channel.answer(rpcResult(id, {{"handoff", textOf(result->handoff.view())}}));
}

void PageSession::cancel(const RpcRequest& request) {
    if (m_login != 0) {
        m_services.desk.withdraw(std::exchange(m_login, 0));
        refuse(m_loginId, ErrorCode::userCancelled);
    }
    m_channel.answer(rpcResult(request.id, Json::object()));
}

void PageSession::watch(const RpcRequest& request) {
    if (!m_services.sites.isApproved(m_origin))
        return refuse(request.id, ErrorCode::originNotAllowed, "not_approved");
    if (m_watchId) return refuse(request.id, ErrorCode::busy);
    if (m_watch != 0) m_services.presence.cancel(m_watch);
    m_watchId = request.id;
    m_watch = m_services.presence.watch([this](bool isPresent) {
        const Json present{{"present", isPresent}};
        if (const auto id = std::exchange(m_watchId, std::nullopt))
            return m_channel.answer(rpcResult(*id, present));
        m_channel.notify(rpcNotification("tokens.changed", present));
    });
}

void PageSession::authenticate(const RpcRequest& request) {
    const auto& origins = m_services.webeidOrigins;
    if (std::find(origins.begin(), origins.end(), m_origin) == origins.end())
        return refuse(request.id, ErrorCode::originNotAllowed, "webeid_not_allowed");
    if (m_login != 0) return refuse(request.id, ErrorCode::busy);
    m_loginId = request.id;
    m_login = m_services.desk.authenticate(
        {m_origin, request.challengeNonce, m_services.sites.isApproved(m_origin)}, stageTeller(),
        [this](Result<WebEidToken> token) {
            m_login = 0;
            if (!token) return m_channel.answer(rpcError(m_loginId, token.error()));
            m_services.sites.approve(m_origin);
            m_channel.answer(rpcResult(m_loginId, webEidTokenJson(*token)));
        });
}

}  // namespace signet
