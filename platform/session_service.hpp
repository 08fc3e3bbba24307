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

/// POST /login/handoff/preview: whose login it is.
struct PreviewAnswer {
    AccountView account;
    Purpose purpose = Purpose::login;
    std::optional<ClientInfo> client{};
    std::optional<AccountView> replaces{};  ///< another account that is logged in in this browser
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
    /// Redeems nothing. `token`: the session of the browser that asks. Errors: those of complete.
    Result<PreviewAnswer> preview(const CompletePost& post, std::optional<std::string_view> token);
    /// nullopt: nobody is logged in.
    Result<std::optional<SessionAnswer>> read(std::string_view token);
    Result<void> end(std::string_view token);

private:
    Result<std::string> tokenFor(const CompletePost& post) const;
    RedeemRequest redemptionOf(const CompletePost& post) const;

    const PlatformCore& m_core;
};

}  // namespace signet
