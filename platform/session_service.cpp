// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/session_service.hpp"

namespace signet {
namespace {

/// What a redemption and its preview refuse alike.
Result<void> checkRedeemable(RedeemKind kind, ErrorCode refusal) {
    switch (kind) {
        case RedeemKind::redeemable:
        case RedeemKind::redeemed:
        case RedeemKind::redeemedBefore:
            return {};
        case RedeemKind::used:
            return fail(ErrorCode::challengeUsed, "this login has been completed already");
        case RedeemKind::expired:
            return fail(ErrorCode::challengeExpired, "the handoff has expired");
        case RedeemKind::unknown:
            return fail(ErrorCode::challengeUnknown, "no login fits this handoff here");
        case RedeemKind::refused:
            return fail(refusal, std::string(errorInfo(refusal).en));
    }
    return fail(ErrorCode::internalError, "unknown outcome");
}

}  // namespace

/// With an Idempotency-Key the token is derived, so that a retry after a lost reply gets the same one; only
/// its hash is stored.
Result<std::string> SessionService::tokenFor(const CompletePost& post) const {
    if (post.idempotencyKey.empty()) return randomToken();
    return m_core.vault.derivedToken("session",
                                     {post.challengeId, post.idempotencyKey, textOf(post.bodyHash)});
}

RedeemRequest SessionService::redemptionOf(const CompletePost& post) const {
    RedeemRequest request;
    request.challengeId = post.challengeId;
    request.handoffHash = digestOf(post.handoff);
    request.isAgentStarted = post.secret.has_value();
    request.binding = s256(post.secret.value_or(post.cookie));
    request.now = m_core.clock.now();
    return request;
}

Result<CompleteAnswer> SessionService::complete(const CompletePost& post) {
    auto token = tokenFor(post);
    if (!token) return fail(std::move(token.error()));
    auto request = redemptionOf(post);
    request.sessionHash = digestOf(*token);
    request.sessionExpiresAt = request.now + m_core.settings.sessionLifetime;
    if (!post.idempotencyKey.empty())
        request.retryKey = digestOf(post.idempotencyKey + " " + std::string(textOf(post.bodyHash)));

    auto outcome = m_core.storage.redeemLogin(request);
    if (!outcome) return fail(std::move(outcome.error()));
    if (auto allowed = checkRedeemable(outcome->kind, outcome->refusal); !allowed)
        return fail(std::move(allowed.error()));
    auto view = viewOf(m_core.vault, outcome->account);
    if (!view) return fail(std::move(view.error()));
    return CompleteAnswer{std::move(*view), std::move(*token), request.isAgentStarted};
}

Result<PreviewAnswer> SessionService::preview(const CompletePost& post,
                                              std::optional<std::string_view> token) {
    auto found = m_core.storage.previewLogin(redemptionOf(post));
    if (!found) return fail(std::move(found.error()));
    if (auto allowed = checkRedeemable(found->kind, found->refusal); !allowed)
        return fail(std::move(allowed.error()));
    auto view = viewOf(m_core.vault, found->account);
    if (!view) return fail(std::move(view.error()));
    PreviewAnswer answer{std::move(*view), found->challenge.purpose, std::move(found->challenge.client)};
    if (!token) return answer;
    auto present = read(*token);
    if (!present) return fail(std::move(present.error()));
    if (*present && (**present).session.account.id != found->account.id)
        answer.replaces = std::move((**present).account);
    return answer;
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
