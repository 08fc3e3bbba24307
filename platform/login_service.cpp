// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/login_service.hpp"

#include "base/encoding.hpp"
#include "platform/evidence.hpp"

#include <algorithm>

namespace signet {
namespace {

constexpr std::chrono::seconds kHandoffLife{60};

tl::unexpected<Error> used() {
    return fail(ErrorCode::challengeUsed, "the challenge has been used");
}
tl::unexpected<Error> expired() {
    return fail(ErrorCode::challengeExpired, "the challenge has expired");
}
tl::unexpected<Error> unknown() {
    return fail(ErrorCode::challengeUnknown, "no such challenge");
}

std::string refusalDetail(ErrorCode code, const std::string& reason) {
    if (reason == "approval_needed")
        return "this certificate is recorded; approve it by a rebind signed with a certificate that is bound "
               "already, "
               "or ask an officer of the platform";
    return std::string(errorInfo(code).en);
}

EvidenceProof evidenceOf(const RevocationProof& proof) {
    return {proof.kind, proof.note, proof.der.empty() ? Bytes{} : digestOf(textOf(proof.der))};
}

std::vector<EvidenceProof> proofsOf(const RevocationProof& leaf) {
    std::vector<EvidenceProof> proofs{evidenceOf(leaf)};
    for (const auto& above : leaf.intermediates) proofs.push_back(evidenceOf(above));
    return proofs;
}

std::vector<SharedBytes> blobsOf(const RevocationProof& leaf) {
    std::vector<SharedBytes> blobs;
    if (!leaf.der.empty()) blobs.push_back(leaf.der);
    for (const auto& above : leaf.intermediates)
        if (!above.der.empty()) blobs.push_back(above.der);
    return blobs;
}

/// Self always, and an enterprise by its own certificate; acting for others waits for mandates.
bool mayAct(const Act& act, const Identity& identity) {
    if (act.as == "self") return true;
    return act.as == "enterprise" && identity.kind == SubjectKind::enterprise && act.org == identity.number &&
           act.mandate.empty();
}

}  // namespace

struct LoginService::Verified {
    VerifiedStatement statement;
    RevocationProof proof;
};

std::string LoginService::handoffFor(const LoginPost& post) const {
    return m_core.vault.derivedToken("handoff", {post.challengeId, textOf(post.bodyHash)});
}

Result<LoginAnswer> LoginService::login(const LoginPost& post) {
    const auto now = m_core.clock.now();
    auto view = m_core.storage.challenge(post.challengeId);
    if (!view) return fail(std::move(view.error()));
    if (!*view) return unknown();
    const auto& record = (**view).record;
    const bool isPast = record.challenge.expiresAt <= now;
    if (const auto& consumed = (**view).consumed) {
        if (isPast || consumed->bodyHash != post.bodyHash) return used();
        return answerAgain(post, consumed->account, now);
    }
    if (isPast || (**view).state != LoginState::issued) return expired();

    auto verified = verify(post, record, now);
    if (!verified) return fail(std::move(verified.error()));
    auto request = requestFor(post, record, *verified, now);
    if (!request) return fail(std::move(request.error()));
    auto outcome = m_core.storage.consumeLogin(*request);
    if (!outcome) return fail(std::move(outcome.error()));
    return resultOf(*outcome, post, now);
}

Result<LoginService::Verified> LoginService::verify(const LoginPost& post, const ChallengeRecord& record,
                                                    TimePoint now) {
    const SignedStatement statement{post.protectedText, post.signature, record.challenge, record.origin,
                                    post.binding};
    auto verified = m_core.verifier.verify(statement, now);
    if (!verified) return fail(std::move(verified.error()));
    auto proof = m_core.revocation.check(verified->verdict->chain);
    if (!proof) return fail(std::move(proof.error()));
    if (auto fits = checkPolicy(post, record, verified->verdict->identity); !fits)
        return fail(std::move(fits.error()));
    return Verified{std::move(*verified), std::move(*proof)};
}

Result<void> LoginService::checkPolicy(const LoginPost& post, const ChallengeRecord& record,
                                       const Identity& identity) const {
    if (!mayAct(record.challenge.act, identity))
        return fail(ErrorCode::actNotAllowed, "the certificate's identity may not act so", "no_mandate");
    if (!m_core.documents.areInForce(record.challenge.agreements))
        return fail(ErrorCode::agreementOutdated,
                    "the agreements of the challenge are not in force any more");
    if (post.binding.type == "none") {
        if (m_core.settings.allowUnbound) return {};
        return fail(ErrorCode::channelMismatch, "a statement without channel binding", "unbound");
    }
    const auto& accepted = m_core.channelBindings;
    if (std::find(accepted.begin(), accepted.end(), post.binding.data) == accepted.end())
        return fail(ErrorCode::channelMismatch, "the agent saw another TLS certificate", "other_certificate");
    return {};
}

Result<ConsumeRequest> LoginService::requestFor(const LoginPost& post, const ChallengeRecord& record,
                                                const Verified& verified, TimePoint now) const {
    const auto& verdict = *verified.statement.verdict;
    const auto& leaf = verdict.header.chain.front();
    auto accountId = randomId();
    if (!accountId) return fail(std::move(accountId.error()));
    Evidence evidence{post.challengeId,
                      post.protectedText,
                      verified.statement.payload,
                      post.signature,
                      verdict.header.algorithm,
                      verdict.chain.certificates,
                      now,
                      proofsOf(verified.proof)};

    const auto& vault = m_core.vault;
    const Bytes fingerprint(leaf.fingerprint().begin(), leaf.fingerprint().end());
    auto number = vault.seal(bytesOf(verdict.identity.number), accountContext(*accountId, "number"));
    auto name = vault.seal(bytesOf(verdict.identity.name), accountContext(*accountId, "name"));
    auto der = vault.seal(leaf.der(), certificateContext(fingerprint));
    auto sealed = vault.seal(bytesOf(encodeEvidence(evidence)), evidenceContext(post.challengeId));
    if (!number || !name || !der || !sealed) return fail(ErrorCode::internalError, "sealing failed", "seal");

    ConsumeRequest request{record, post.bodyHash, digestOf(handoffFor(post)), now, now + kHandoffLife};
    request.candidate = {*accountId,
                         verdict.identity.kind,
                         vault.identityLookup(verdict.identity.kind, verdict.identity.number),
                         std::move(*number),
                         std::move(*name),
                         AccountState::active,
                         now};
    request.certificate.fingerprint = fingerprint;
    request.certificate.sealedDer = std::move(*der);
    request.sealedEvidence = std::move(*sealed);
    request.proofs = blobsOf(verified.proof);
    if (verified.proof.kind == RevocationProof::Kind::none)
        request.note = "revocation " + verified.proof.note;
    return request;
}

Result<LoginAnswer> LoginService::resultOf(const ConsumeOutcome& outcome, const LoginPost& post,
                                           TimePoint now) {
    using Kind = ConsumeOutcome::Kind;
    switch (outcome.kind) {
        case Kind::consumed:
            return answer(post, outcome.account);
        case Kind::consumedBefore:
            return answerAgain(post, outcome.account, now);
        case Kind::used:
            return used();
        case Kind::expired:
            return expired();
        case Kind::unknown:
            return unknown();
        case Kind::refused:
            return fail(outcome.refusal, refusalDetail(outcome.refusal, outcome.reason), outcome.reason);
    }
    return fail(ErrorCode::internalError, "unknown outcome");
}

Result<LoginAnswer> LoginService::answer(const LoginPost& post, const AccountRecord& account) const {
    auto view = viewOf(m_core.vault, account);
    if (!view) return fail(std::move(view.error()));
    return LoginAnswer{handoffFor(post), kHandoffLife, std::move(*view)};
}

/// The retry gets the handoff for as long as it says, although the first answer was lost.
Result<LoginAnswer> LoginService::answerAgain(const LoginPost& post, const AccountRecord& account,
                                              TimePoint now) {
    auto extended = m_core.storage.extendHandoff(post.challengeId, now + kHandoffLife);
    if (!extended) return fail(std::move(extended.error()));
    return answer(post, account);
}

}  // namespace signet
