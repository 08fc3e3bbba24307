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
    return {proof.kind, proof.note, proof.der.empty() ? Bytes{} : proof.der.sha256()};
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

/// For the audit: why which certificate of the chain has no proof.
std::string revocationNote(const RevocationProof& leaf) {
    std::string note;
    if (leaf.kind == RevocationProof::Kind::none) note = "revocation " + leaf.note;
    for (const auto& above : leaf.intermediates)
        if (above.kind == RevocationProof::Kind::none)
            note += (note.empty() ? "" : "; ") + ("revocation of the CA " + above.note);
    return note;
}

/// Self always, and an enterprise by its own certificate; acting for others waits for mandates.
bool mayAct(const Act& act, const Identity& identity) {
    if (act.as == "self") return true;
    return act.as == "enterprise" && identity.kind == SubjectKind::enterprise &&
           enterpriseKeyOf(act.org) == enterpriseKeyOf(identity.number) && act.mandate.empty();
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

/// Who the signer is; what only a registration stores is sealed for one only.
Result<void> LoginService::addSigner(ConsumeRequest& request, const Verdict& verdict) const {
    const auto& leaf = verdict.header.chain.front();
    const auto& identity = verdict.identity;
    const auto& vault = m_core.vault;
    request.certificate.fingerprint.assign(leaf.fingerprint().begin(), leaf.fingerprint().end());
    request.candidate.kind = identity.kind;
    request.candidate.lookup = vault.identityLookup(identity.kind, identity.number);
    request.candidate.createdAt = request.now;
    if (request.record.challenge.purpose != Purpose::bind) return {};
    auto id = randomId();
    if (!id) return fail(std::move(id.error()));
    auto number = vault.seal(bytesOf(identity.number), accountContext(*id, "number"));
    auto name = vault.seal(bytesOf(identity.name), accountContext(*id, "name"));
    auto der = vault.seal(leaf.der(), certificateContext(request.certificate.fingerprint));
    if (!number || !name || !der) return fail(ErrorCode::internalError, "sealing failed", "seal");
    request.candidate.id = std::move(*id);
    request.candidate.sealedNumber = std::move(*number);
    request.candidate.sealedName = std::move(*name);
    request.certificate.sealedDer = std::move(*der);
    return {};
}

Result<ConsumeRequest> LoginService::requestFor(const LoginPost& post, const ChallengeRecord& record,
                                                const Verified& verified, TimePoint now) const {
    const auto& verdict = *verified.statement.verdict;
    Evidence evidence{post.challengeId,
                      post.protectedText,
                      verified.statement.payload,
                      post.signature,
                      verdict.header.algorithm,
                      verifiedPart(verdict.chain),
                      now,
                      proofsOf(verified.proof)};

    auto sealed = m_core.vault.seal(bytesOf(encodeEvidence(evidence)), evidenceContext(post.challengeId));
    if (!sealed) return fail(std::move(sealed.error()));
    ConsumeRequest request{record, post.bodyHash, digestOf(handoffFor(post)), now, now + kHandoffLife};
    if (auto added = addSigner(request, verdict); !added) return fail(std::move(added.error()));
    request.sealedEvidence = std::move(*sealed);
    request.proofs = blobsOf(verified.proof);
    request.note = revocationNote(verified.proof);
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
