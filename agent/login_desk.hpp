// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/consent_gate.hpp"
#include "agent/login_flow.hpp"
#include "agent/question_tap.hpp"
#include "agent/webeid_flow.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace signet {

/// Where every door brings its logins: one at a time stands before the person, the others are busy. What the
/// person asked for here is never paused, nor does it count; a link, which any page can open, does.
/// Thread: main.
class LoginDesk {
public:
    /// `onReplied` is called after the reply to each login that stood before the person.
    explicit LoginDesk(LoginPorts ports, ConsentLimits limits = {}, std::function<void()> onReplied = {});
    /// What runs ends silently.
    ~LoginDesk();
    LoginDesk(const LoginDesk&) = delete;
    LoginDesk& operator=(const LoginDesk&) = delete;

    using OnStage = QuestionTap::OnStage;
    /// Never replies before it returns. Errors: busy; rateLimited with reason "refused_too_often"; those of
    /// LoginFlow.
    CommandId login(LoginRequest request, OnStage onStage, Reply<LoginResult> reply);
    /// Errors: busy, rateLimited as above; those of WebEidFlow.
    CommandId authenticate(WebEidRequest request, OnStage onStage, Reply<WebEidToken> reply);
    /// Whether it would come before the person now. Errors: busy, rateLimited as above.
    Result<void> check(const LoginRequest& request) const;
    /// The door wants it no more: the question goes away, the reply is not called. A login that has ended is
    /// no error.
    void withdraw(CommandId login);

    /// The person wants it no more: what runs replies userCancelled.
    void cancelRunning();

    bool isBusy() const { return m_running != nullptr; }

private:
    struct Running;
    template <class Flow, class Request, class Value>
    CommandId begin(Request request, OnStage onStage, Reply<Value> reply);
    using Asker = std::optional<std::string>;  ///< as the gate knows it; nullopt: the person
    static Asker askerOf(const LoginRequest& request);
    static Asker askerOf(const WebEidRequest& request);
    Result<void> checkFree(const Asker& asker) const;
    std::unique_ptr<Running> take(Asker asker, OnStage onStage);
    LoginPorts portsFor(Ui& ui) const;
    void settle(const Running& ended, const Error* error);
    template <class Value>
    void replyLater(CommandId id, Reply<Value> reply, Result<Value> result);

    LoginPorts m_ports;
    std::function<void()> m_onReplied;
    ConsentGate m_gate;
    CommandId m_next = 1;
    std::unique_ptr<Running> m_running;
    std::map<CommandId, CommandId> m_replies;  ///< timers of replies on their way
};

}  // namespace signet
