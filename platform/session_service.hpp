// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "platform/core.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace signet {

/// POST /login/complete.
struct CompletePost {
    std::string challengeId;
    std::string handoff;
    std::optional<std::string> secret{};  ///< agent-started
    std::string cookie{};                 ///< page-started: the pre-login cookie's value
    std::string idempotencyKey{};         ///< empty: none
    Bytes bodyHash;
};

struct CompleteAnswer {
    AccountView account;
    std::string session;  ///< the token
    bool isAgentStarted = false;
};

struct SessionAnswer {
    AccountView account;
    SessionView session;
};

/// Redeems handoffs and keeps sessions.
/// Thread: any; blocks for the storage.
class SessionService {
public:
    explicit SessionService(const PlatformCore& core) : m_core(core) {}

    /// Errors: challengeUnknown for whatever does not fit; challengeUsed, challengeExpired, the account's
    /// codes.
    Result<CompleteAnswer> complete(const CompletePost& post);
    /// nullopt: nobody is logged in.
    Result<std::optional<SessionAnswer>> read(std::string_view token);
    Result<void> end(std::string_view token);

private:
    Result<std::string> tokenFor(const CompletePost& post) const;

    const PlatformCore& m_core;
};

}  // namespace signet
