// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/login_desk.hpp"

#include <utility>

namespace signet {

namespace {

/// The person said no, or nothing at all.
bool isRefusal(const Error& error) {
    using enum ErrorCode;
    return error.code == userCancelled || error.code == pinFinalTryDeclined ||
           error.code == challengeExpired ||
           (error.code == agreementOutdated && error.reason == "agreements_declined") ||
           (error.code == timeout && error.reason == "not_answered");
}

}  // namespace

/// What has the desk.
struct LoginDesk::Running {
    CommandId id;
    Asker asker;
    QuestionTap tap;
    std::function<void()> cancel{};
    std::shared_ptr<void> flow{};  ///< stands last: it lets go of the tap first
};

LoginDesk::LoginDesk(LoginPorts ports, ConsentLimits limits, std::function<void()> onReplied)
    : m_ports(std::move(ports)), m_onReplied(std::move(onReplied)), m_gate(limits) {
}

LoginDesk::~LoginDesk() {
    for (const auto& [id, timer] : m_replies) m_ports.timers.cancel(timer);
}

CommandId LoginDesk::login(LoginRequest request, OnStage onStage, Reply<LoginResult> reply) {
    return begin<LoginFlow>(std::move(request), std::move(onStage), std::move(reply));
}

CommandId LoginDesk::authenticate(WebEidRequest request, OnStage onStage, Reply<WebEidToken> reply) {
    return begin<WebEidFlow>(std::move(request), std::move(onStage), std::move(reply));
}

template <class Flow, class Request, class Value>
// NOLINTNEXTLINE(performance-unnecessary-value-param): moved, which a template hides.
CommandId LoginDesk::begin(Request request, OnStage onStage, Reply<Value> reply) {
    if (auto free = checkFree(askerOf(request)); !free) {
        replyLater<Value>(m_next, std::move(reply), fail(free.error()));
        return m_next++;
    }
    m_running = take(askerOf(request), std::move(onStage));
    const auto id = m_running->id;
    const auto flow = std::make_shared<Flow>(portsFor(m_running->tap), std::move(request));
    m_running->flow = flow;
    m_running->cancel = [weak = std::weak_ptr<Flow>(flow)] {
        if (const auto running = weak.lock()) running->cancel();
    };
    flow->start([this, to = std::move(reply)](Result<Value> result) {
        const auto ended = std::move(m_running);
        settle(*ended, result ? nullptr : &result.error());
        const auto onReplied = ended->tap.hasAsked() ? m_onReplied : nullptr;
        const auto finish = [to, onReplied](Result<Value> value) {
            to(std::move(value));
            if (onReplied) onReplied();
        };
        replyLater<Value>(ended->id, finish, std::move(result));
    });
    return id;
}

LoginDesk::Asker LoginDesk::askerOf(const LoginRequest& request) {
    return request.isByUser ? std::nullopt : Asker(request.origin);
}

LoginDesk::Asker LoginDesk::askerOf(const WebEidRequest& request) {
    return request.origin;
}

Result<void> LoginDesk::check(const LoginRequest& request) const {
    return checkFree(askerOf(request));
}

Result<void> LoginDesk::checkFree(const Asker& asker) const {
    if (m_running) return fail(ErrorCode::busy, "another login stands before the user");
    if (!asker) return {};
    return m_gate.check(*asker, m_ports.timers.now());
}

std::unique_ptr<LoginDesk::Running> LoginDesk::take(Asker asker, OnStage onStage) {
    return std::make_unique<Running>(
        Running{m_next++, std::move(asker), QuestionTap(m_ports.ui, std::move(onStage))});
}

LoginPorts LoginDesk::portsFor(Ui& ui) const {
    return {.ui = ui,
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
}

void LoginDesk::settle(const Running& ended, const Error* error) {
    if (!ended.asker) return;
    if (error == nullptr)
        m_gate.onAccepted(*ended.asker);
    else if (isRefusal(*error) && ended.tap.hasAsked())
        m_gate.onRefused(*ended.asker, m_ports.timers.now());
    else if (error->code == ErrorCode::noToken || error->code == ErrorCode::noCertificate)
        // A page must not ask without end whether there is a token now.
        m_gate.onWithdrawn(*ended.asker, m_ports.timers.now());
}

template <class Value>
void LoginDesk::replyLater(CommandId id, Reply<Value> reply, Result<Value> result) {
    const auto kept = std::make_shared<Result<Value>>(std::move(result));
    m_replies[id] =
        m_ports.timers.after(std::chrono::milliseconds(0), [this, id, kept, to = std::move(reply)] {
            m_replies.erase(id);
            to(std::move(*kept));
        });
}

void LoginDesk::cancelRunning() {
    if (!m_running) return;
    const auto cancel = m_running->cancel;
    cancel();
}

void LoginDesk::withdraw(CommandId login) {
    if (const auto waiting = m_replies.find(login); waiting != m_replies.end()) {
        m_ports.timers.cancel(waiting->second);
        m_replies.erase(waiting);
    }
    if (!m_running || m_running->id != login) return;
    if (m_running->tap.hasAsked() && m_running->asker)
        m_gate.onWithdrawn(*m_running->asker, m_ports.timers.now());
    m_running.reset();
}

}  // namespace signet
