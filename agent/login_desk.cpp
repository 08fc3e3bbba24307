// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/login_desk.hpp"

#include <utility>

namespace signet {

/// The login that has the desk.
struct LoginDesk::Running {
    CommandId id;
    std::string origin;
    Reply<LoginResult> reply;
    QuestionTap tap;
    std::unique_ptr<LoginFlow> flow{};
};

LoginDesk::LoginDesk(LoginPorts ports, ConsentLimits limits) : m_ports(std::move(ports)), m_gate(limits) {
}

LoginDesk::~LoginDesk() {
    for (const auto& [id, timer] : m_replies) m_ports.timers.cancel(timer);
}

CommandId LoginDesk::login(LoginRequest request, OnStage onStage, Reply<LoginResult> reply) {
    const auto id = m_next++;
    if (m_running) {
        replyLater(id, std::move(reply), fail(ErrorCode::busy, "another login stands before the user"));
        return id;
    }
    if (auto free = m_gate.check(request.origin, m_ports.timers.now()); !free) {
        replyLater(id, std::move(reply), fail(free.error()));
        return id;
    }
    m_running = std::make_unique<Running>(
        Running{id, request.origin, std::move(reply), QuestionTap(m_ports.ui, std::move(onStage))});
    LoginPorts ports{.ui = m_running->tap,
                     .tokens = m_ports.tokens,
                     .platform = m_ports.platform,
                     .checker = m_ports.checker,
                     .trust = m_ports.trust,
                     .clock = m_ports.clock,
                     .timers = m_ports.timers,
                     .issuers = m_ports.issuers,
                     .agreements = m_ports.agreements,
                     .journal = m_ports.journal,
                     .sm2 = m_ports.sm2,
                     .usePinPad = m_ports.usePinPad};
    m_running->flow = std::make_unique<LoginFlow>(std::move(ports), std::move(request));
    m_running->flow->start([this](Result<LoginResult> result) { finish(std::move(result)); });
    return id;
}

void LoginDesk::finish(Result<LoginResult> result) {
    const auto ended = std::move(m_running);
    const auto now = m_ports.timers.now();
    if (result)
        m_gate.onAccepted(ended->origin);
    else if (result.error().code == ErrorCode::userCancelled && ended->tap.hasAsked())
        m_gate.onRefused(ended->origin, now);
    replyLater(ended->id, std::move(ended->reply), std::move(result));
}

void LoginDesk::replyLater(CommandId id, Reply<LoginResult> reply, Result<LoginResult> result) {
    const auto kept = std::make_shared<Result<LoginResult>>(std::move(result));
    m_replies[id] =
        m_ports.timers.after(std::chrono::milliseconds(0), [this, id, kept, to = std::move(reply)] {
            m_replies.erase(id);
            to(std::move(*kept));
        });
}

void LoginDesk::withdraw(CommandId login) {
    if (const auto waiting = m_replies.find(login); waiting != m_replies.end()) {
        m_ports.timers.cancel(waiting->second);
        m_replies.erase(waiting);
    }
    if (!m_running || m_running->id != login) return;
    if (m_running->tap.hasAsked()) m_gate.onWithdrawn(m_running->origin, m_ports.timers.now());
    m_running.reset();
}

}  // namespace signet
