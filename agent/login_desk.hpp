// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/consent_gate.hpp"
#include "agent/login_flow.hpp"
#include "agent/question_tap.hpp"

#include <map>
#include <memory>
#include <string>

namespace signet {

/// Where every door brings its logins: one at a time stands before the person, the others are busy.
/// Thread: main.
class LoginDesk {
public:
    explicit LoginDesk(LoginPorts ports, ConsentLimits limits = {});
    /// What runs ends silently.
    ~LoginDesk();
    LoginDesk(const LoginDesk&) = delete;
    LoginDesk& operator=(const LoginDesk&) = delete;

    using OnStage = QuestionTap::OnStage;
    /// Never replies before it returns. Errors: busy; rateLimited with reason "refused_too_often"; those of
    /// LoginFlow.
    CommandId login(LoginRequest request, OnStage onStage, Reply<LoginResult> reply);
    /// The door wants it no more: the question goes away, the reply is not called. A login that has ended is
    /// no error.
    void withdraw(CommandId login);

    bool isBusy() const { return m_running != nullptr; }

private:
    struct Running;
    void finish(Result<LoginResult> result);
    void replyLater(CommandId id, Reply<LoginResult> reply, Result<LoginResult> result);

    LoginPorts m_ports;
    ConsentGate m_gate;
    CommandId m_next = 1;
    std::unique_ptr<Running> m_running;
    std::map<CommandId, CommandId> m_replies;  ///< timers of replies on their way
};

}  // namespace signet
