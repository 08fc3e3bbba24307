// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "certs/statement.hpp"
#include "platform/core.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace signet {

/// What a page asks for.
struct PageStart {
    Purpose purpose = Purpose::login;
    std::string request{};  ///< req: S256 of the stored authorization request, or empty
    std::optional<std::string>
        origin{};  ///< of the browser's request; nullopt when the page's server side called
    /// The browser's pre-login secret from another tab's login, which goes on beside this one.
    std::optional<std::string> cookie{};
};

/// What an agent asks for.
struct AgentStart {
    Purpose purpose = Purpose::login;
    std::string sessionBinding;  ///< sid
    Act act{};
    std::optional<Bytes> target{};  ///< rebind: fingerprint of the pending certificate
};

struct StartedChallenge {
    std::string id;
    std::chrono::seconds expiresIn{};
    std::string cookie{};  ///< page-started: the pre-login secret
};

/// Issues challenges and shows them to agents, protocol.md section 2.
/// Thread: any.
class ChallengeService {
public:
    explicit ChallengeService(const PlatformCore& core) : m_core(core) {}

    /// Errors: maintenance; badRequest with reason "origin_not_allowed".
    Result<StartedChallenge> startForPage(const PageStart& start);
    /// Errors: maintenance; certificateNotBound when a rebind names no pending certificate.
    Result<StartedChallenge> startForAgent(const AgentStart& start);
    /// Errors: challengeUnknown, challengeExpired, challengeUsed.
    Result<Challenge> read(const std::string& id);

private:
    Result<void> checkInService() const;
    Result<Challenge> draft(Purpose purpose) const;
    Result<std::string> rebindText(const Bytes& target);
    Result<StartedChallenge> save(const ChallengeRecord& record);

    const PlatformCore& m_core;
};

}  // namespace signet
