// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/challenge_check.hpp"

#include "agent/canonical_url.hpp"

#include <algorithm>

namespace signet {
namespace {

tl::unexpected<Error> mismatch(const char* member) {
    return fail(ErrorCode::platformError, std::string("challenge: ") + member, "challenge_mismatch");
}

/// The platform may add the enterprise's name and the mandate that it found; whom the user acts as is the
/// user's word.
bool isActAsked(const Act& asked, const Act& given) {
    if (asked.as != given.as || asked.org != given.org) return false;
    return asked.mandate.empty() || asked.mandate == given.mandate;
}

}  // namespace

Result<void> checkChallenge(const Challenge& challenge, const LoginRequest& request,
                            const ChallengeExpectation& expected) {
    if (challenge.audience != request.issuer) return mismatch("aud");
    if (challenge.id != expected.challengeId) return mismatch("cid");
    if (request.isAgentStarted()) {
        if (challenge.sessionBinding != expected.sessionBinding) return mismatch("sid");
        if (challenge.purpose != request.purpose) return mismatch("purpose");
        if (!isActAsked(request.act, challenge.act)) return mismatch("act");
    } else if (challenge.sessionBinding.empty()) {
        return mismatch("sid");  // a login that is tied to no browser could be planted
    }
    if (lifeOf(challenge) <= std::chrono::seconds(0))
        return fail(ErrorCode::challengeExpired, "exp is not after iat");
    // What is signed must have been shown whole.
    if (challenge.agreements.size() > kMaxListed || challenge.claims.size() > kMaxListed ||
        (challenge.text && challenge.text->size() > kMaxTextBytes))
        return fail(ErrorCode::platformError, "more agreements, claims or text than can be shown",
                    "question_too_long");
    if (challenge.algorithms.empty())
        return fail(ErrorCode::algNotAllowed, "no algorithm of the challenge is known");
    return {};
}

std::chrono::seconds lifeOf(const Challenge& challenge) {
    return challenge.expiresAt - challenge.issuedAt;
}

LoginQuestion questionFor(const LoginRequest& request, const IssuerMetadata& platform,
                          const Challenge& challenge) {
    LoginQuestion question;
    question.host = hostOf(request.isAgentStarted() ? request.issuer : request.origin);
    question.origin = request.origin;
    question.issuer = request.issuer;
    question.purpose = challenge.purpose;
    question.client = challenge.client;
    question.act = challenge.act;
    question.claims = challenge.claims;
    question.text = challenge.text;
    question.notice = platform.notice;
    for (const auto& ref : challenge.agreements) {
        AgreementCard card{.ref = ref};
        // Only of the very text that is signed: another version may have been published meanwhile.
        const auto published =
            std::find_if(platform.agreements.begin(), platform.agreements.end(), [&](const auto& agreement) {
                return agreement.id == ref.id && agreement.version == ref.version &&
                       agreement.sha256 == ref.sha256;
            });
        if (published != platform.agreements.end()) {
            card.title = published->title;
            card.url = published->url;
        }
        question.agreements.push_back(std::move(card));
    }
    return question;
}

bool markChanged(std::vector<AgreementCard>& cards, const std::vector<AgreementRef>& accepted) {
    bool hasChanged = false;
    for (auto& card : cards) {
        card.acceptedVersion.reset();  // as it was for another certificate
        const auto known = std::find_if(accepted.begin(), accepted.end(),
                                        [&](const auto& agreement) { return agreement.id == card.ref.id; });
        const bool isKnown = known != accepted.end();
        if (isKnown && known->version == card.ref.version && known->sha256 == card.ref.sha256) continue;
        // Who has accepted nothing here yet (another computer was used) is asked by the platform alone.
        if (!isKnown && accepted.empty()) continue;
        card.acceptedVersion = isKnown ? known->version : std::string();
        hasChanged = true;
    }
    return hasChanged;
}

}  // namespace signet
