// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "certs/revocation.hpp"
#include "platform/core.hpp"
#include "platform/verdicts.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace signet {

/// POST login_endpoint, its members checked for shape only.
struct LoginPost {
    std::string challengeId;
    std::string protectedText;  ///< base64url
    Bytes signature;
    ChannelBinding binding;
    Bytes bodyHash;  ///< SHA-256 of the canonical body: what makes two posts identical
};

struct LoginAnswer {
    std::string handoff;
    std::chrono::seconds expiresIn{};
    AccountView account;
};

/// Verifies a signed statement and consumes its challenge, protocol.md section 4. Verification comes first,
/// so a bad signature burns nothing; then one transaction decides, so exactly one of any number of posts
/// consumes. Thread: any; blocks for the storage and for revocation, so never call it on an I/O thread.
class LoginService {
public:
    explicit LoginService(const PlatformCore& core) : m_core(core) {}

    /// Errors: every code of protocol.md section 4 but maintenance and rateLimited.
    Result<LoginAnswer> login(const LoginPost& post);

private:
    struct Verified;
    Result<Verified> verify(const LoginPost& post, const ChallengeRecord& record, TimePoint now);
    Result<void> checkPolicy(const LoginPost& post, const ChallengeRecord& record,
                             const Identity& identity) const;
    Result<ConsumeRequest> requestFor(const LoginPost& post, const ChallengeRecord& record,
                                      const Verified& verified, TimePoint now) const;
    Result<void> addSigner(ConsumeRequest& request, const Verdict& verdict) const;
    Result<LoginAnswer> answer(const LoginPost& post, const AccountRecord& account) const;
    Result<LoginAnswer> answerAgain(const LoginPost& post, const AccountRecord& account, TimePoint now);
    Result<LoginAnswer> resultOf(const ConsumeOutcome& outcome, const LoginPost& post, TimePoint now);
    std::string handoffFor(const LoginPost& post) const;

    const PlatformCore& m_core;
};

}  // namespace signet
