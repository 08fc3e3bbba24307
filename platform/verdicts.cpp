// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/verdicts.hpp"

#include <algorithm>
#include <span>

namespace signet {
namespace {

/// Gives the payload that the signature is good for.
Result<std::string> checkSignature(const SignedStatement& statement, const ProtectedHeader& header) {
    const auto& allowed = statement.challenge.algorithms;
    if (std::find(allowed.begin(), allowed.end(), header.algorithm) == allowed.end())
        return fail(ErrorCode::algNotAllowed, "the algorithm is not in the challenge", "not_in_challenge");
    auto payload =
        statementPayload(statement.challenge, statement.origin, statement.binding, header.chain.front());
    return verifyStatement(header, statement.protectedText, payload, statement.signature).map([&] {
        return std::move(payload);
    });
}

}  // namespace

std::vector<Certificate> verifiedPart(const Chain& chain) {
    const auto& all = chain.certificates;
    const auto anchor = std::find(all.begin() + 1, all.end(), chain.issuer.certificate);
    return {all.begin(), anchor == all.end() ? anchor : anchor + 1};
}

Result<VerifiedStatement> StatementVerifier::verify(const SignedStatement& statement, TimePoint now) {
    const auto digest = sha256(bytesOf(statement.protectedText));
    const std::string key(textOf(digest));
    if (auto known = find(key, statement.challenge, now)) {
        auto payload = checkSignature(statement, known->header);
        if (!payload) return fail(std::move(payload.error()));
        return VerifiedStatement{std::move(known), std::move(*payload)};
    }
    auto header = decodeProtected(statement.protectedText);
    if (!header) return fail(std::move(header.error()));
    auto payload = checkSignature(statement, *header);
    if (!payload) return fail(std::move(payload.error()));
    auto verdict = judge(std::move(*header), statement.challenge, now);
    if (!verdict) return fail(std::move(verdict.error()));
    keep(key, *verdict);
    return VerifiedStatement{std::move(*verdict), std::move(*payload)};
}

Result<std::shared_ptr<const Verdict>> StatementVerifier::judge(ProtectedHeader header,
                                                                const Challenge& challenge,
                                                                TimePoint now) const {
    const std::span<const Certificate> sent(header.chain);
    auto chain = verifyForLogin(sent.front(), sent.subspan(1), m_trust, now, challenge.issuers);
    if (!chain) return fail(std::move(chain.error()));
    auto identity = identityOf(sent.front(), chain->issuer.identityRule);
    if (!identity) return fail(std::move(identity.error()));
    Verdict verdict{std::move(header), std::move(*chain), std::move(*identity), TimePoint::min(),
                    TimePoint::max()};
    for (const auto& certificate : verifiedPart(verdict.chain)) {
        verdict.goodFrom = std::max(verdict.goodFrom, certificate.notBefore());
        verdict.goodUntil = std::min(verdict.goodUntil, certificate.notAfter());
    }
    // Any CA of the chain may have a licence; its end ends the verdict.
    for (const auto& certificate : verdict.chain.certificates)
        if (const auto* listed = m_trust.find(certificate); listed != nullptr && listed->licensedTo)
            verdict.goodUntil = std::min(verdict.goodUntil, *listed->licensedTo);
    return std::make_shared<const Verdict>(std::move(verdict));
}

std::shared_ptr<const Verdict> StatementVerifier::find(const std::string& key, const Challenge& challenge,
                                                       TimePoint now) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_byKey.find(key);
    if (found == m_byKey.end()) return nullptr;
    auto verdict = found->second->second;
    if (now < verdict->goodFrom || now >= verdict->goodUntil ||
        !isAcceptedBy(challenge.issuers, verdict->chain.certificates))
        return nullptr;
    m_recent.splice(m_recent.begin(), m_recent, found->second);
    return verdict;
}

void StatementVerifier::keep(const std::string& key, const std::shared_ptr<const Verdict>& verdict) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_byKey.find(key); found != m_byKey.end()) {
        found->second->second = verdict;
        return;
    }
    m_recent.emplace_front(key, verdict);
    m_byKey[key] = m_recent.begin();
    if (m_recent.size() <= m_maxKept) return;
    m_byKey.erase(m_recent.back().first);
    m_recent.pop_back();
}

}  // namespace signet
