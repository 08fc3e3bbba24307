// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/session_service.hpp"

namespace signet {

/// With an Idempotency-Key the token is derived, so that a retry after a lost reply gets the same one; only
/// its hash is stored.
Result<std::string> SessionService::tokenFor(const CompletePost& post) const {
    if (post.idempotencyKey.empty()) return randomToken();
    return m_core.vault.derivedToken("session",
                                     {post.challengeId, post.idempotencyKey, textOf(post.bodyHash)});
}

Result<CompleteAnswer> SessionService::complete(const CompletePost& post) {
    auto token = tokenFor(post);
    if (!token) return fail(std::move(token.error()));
    RedeemRequest request;
    request.challengeId = post.challengeId;
    request.handoffHash = digestOf(post.handoff);
    request.isAgentStarted = post.secret.has_value();
    request.binding = s256(post.secret.value_or(post.cookie));
    request.now = m_core.clock.now();
    request.sessionHash = digestOf(*token);
    request.sessionExpiresAt = request.now + m_core.settings.sessionLifetime;
    if (!post.idempotencyKey.empty())
        request.retryKey = digestOf(post.idempotencyKey + " " + std::string(textOf(post.bodyHash)));

    auto outcome = m_core.storage.redeemLogin(request);
    if (!outcome) return fail(std::move(outcome.error()));
    using Kind = RedeemOutcome::Kind;
    switch (outcome->kind) {
        case Kind::redeemed:
        case Kind::redeemedBefore:
            break;
        case Kind::used:
            return fail(ErrorCode::challengeUsed, "this login has been completed already");
        case Kind::expired:
            return fail(ErrorCode::challengeExpired, "the handoff has expired");
        case Kind::unknown:
            return fail(ErrorCode::challengeUnknown, "no login fits this handoff here");
        case Kind::refused:
            return fail(outcome->refusal, std::string(errorInfo(outcome->refusal).en));
    }
    auto view = viewOf(m_core.vault, outcome->account);
    if (!view) return fail(std::move(view.error()));
    return CompleteAnswer{std::move(*view), std::move(*token), request.isAgentStarted};
}

Result<std::optional<SessionAnswer>> SessionService::read(std::string_view token) {
    auto session = m_core.storage.session(digestOf(token), m_core.clock.now());
    if (!session) return fail(std::move(session.error()));
    if (!*session) return std::optional<SessionAnswer>();
    auto view = viewOf(m_core.vault, (**session).account);
    if (!view) return fail(std::move(view.error()));
    return std::optional(SessionAnswer{std::move(*view), std::move(**session)});
}

Result<void> SessionService::end(std::string_view token) {
    return m_core.storage.endSession(digestOf(token), m_core.clock.now());
}

}  // namespace signet
