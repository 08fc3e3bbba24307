// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/scripted_platform.hpp"

#include "agent/relay_messages.hpp"
#include "base/encoding.hpp"
#include "certs/signature.hpp"

namespace signet {
namespace {

const std::string kHandoff(43, 'H');
const std::string kSession(43, 'S');

SecretBytes secretOf(const std::string& text) {
    return SecretBytes(bytesOf(text));
}

}  // namespace

ScriptedPlatform::ScriptedPlatform(ScriptedLoop& loop, std::string issuer) : m_commands(loop) {
    metadata.issuer = issuer;
    metadata.origins = {issuer};
    metadata.challengeEndpoint = issuer + "/agent/v1/challenges";
    metadata.loginEndpoint = issuer + "/agent/v1/logins";
    metadata.browserHandoff = issuer + "/login/handoff";
    metadata.agreements = {
        {"user-agreement", "2026-09", "用户服务协议", std::string(43, 'A'), issuer + "/documents/1"}};
    challenge.audience = std::move(issuer);
    challenge.id = std::string(22, 'A');
    challenge.nonce = std::string(43, 'A');
    challenge.issuedAt = TimePoint(std::chrono::seconds(1'790'000'000));
    challenge.expiresAt = challenge.issuedAt + std::chrono::seconds(120);
    challenge.agreements = {{"user-agreement", "2026-09", std::string(43, 'A')}};
    challenge.algorithms = {Algorithm::es256, Algorithm::es384, Algorithm::rs256, Algorithm::ps256,
                            Algorithm::sm2sm3};
    peerCertificate.fill(7);
}

template <class T, class Act>
CommandId ScriptedPlatform::answer(Call call, Reply<T> reply, Act act) {
    ++calls[call];
    auto& waiting = faults[call];
    if (waiting.empty()) return m_commands.answer<T>(std::move(reply), act());
    const auto fault = waiting.front();
    waiting.pop_front();
    if (fault.isLost) (void)act();
    return m_commands.answer<T>(std::move(reply), fail(fault.error));
}

CommandId ScriptedPlatform::fetchMetadata(const std::string&, Reply<IssuerMetadata> reply) {
    return answer<IssuerMetadata>(Call::metadata, std::move(reply), [&] { return metadata; });
}

CommandId ScriptedPlatform::createChallenge(const IssuerMetadata&, const ChallengeWish& wish,
                                            Reply<std::string> reply) {
    wishes.push_back(wish);
    return answer<std::string>(Call::create, std::move(reply), [&] {
        challenge.sessionBinding = wish.sessionBinding;
        challenge.purpose = wish.purpose;
        challenge.act = wish.act;
        return challenge.id;
    });
}

CommandId ScriptedPlatform::fetchChallenge(const IssuerMetadata&, const std::string&,
                                           Reply<FetchedChallenge> reply) {
    return answer<FetchedChallenge>(Call::fetch, std::move(reply), [&] {
        auto given = challenge;
        if (tamper) tamper(given);
        return FetchedChallenge{given, peerCertificate};
    });
}

Result<RelayedLogin> ScriptedPlatform::consume(const SignedLogin& login) {
    const auto body = loginBody(login);
    if (m_consumedBody && *m_consumedBody != body) return fail(ErrorCode::challengeUsed);
    const auto header = decodeProtected(login.protectedHeader);
    if (!header) return fail(header.error());
    const auto& leaf = header->chain.front();
    const auto payload = statementPayload(challenge, origin, login.binding, leaf);
    const auto input = signingInput(login.protectedHeader, payload);
    const auto verified = verifySignature(header->algorithm, leaf.key(), bytesOf(input), login.signature);
    if (!verified) return fail(verified.error());
    if (!m_consumedBody) ++consumed;
    m_consumedBody = body;
    return RelayedLogin{secretOf(kHandoff), std::chrono::seconds(60), {"云南示例建筑有限公司", "enterprise"}};
}

CommandId ScriptedPlatform::postLogin(const IssuerMetadata&, const SignedLogin& login,
                                      Reply<RelayedLogin> reply) {
    posted.push_back(login);
    return answer<RelayedLogin>(Call::post, std::move(reply), [&] { return consume(login); });
}

Result<CompletionAnswer> ScriptedPlatform::redeem(const Completion& completion) {
    if (textOf(completion.handoff) != kHandoff) return fail(ErrorCode::challengeUnknown, "handoff");
    if (toBase64Url(sha256(completion.secret)) != challenge.sessionBinding)
        return fail(ErrorCode::challengeUnknown, "secret");
    if (m_redeemedKey && *m_redeemedKey != completion.idempotencyKey) return fail(ErrorCode::challengeUsed);
    if (!m_redeemedKey) ++redeemed;
    m_redeemedKey = completion.idempotencyKey;
    CompletionAnswer answer;
    answer.session = secretOf(kSession);
    return answer;
}

void ScriptedPlatform::publish(const std::string& id, const std::string& version, const std::string& title,
                               const std::string& text) {
    const auto hash = toBase64Url(sha256(bytesOf(text)));
    const auto url = metadata.issuer + "/agreements/" + hash;
    metadata.agreements.push_back({id, version, title, hash, url});
    challenge.agreements.push_back({id, version, hash});
    documents[url] = text;
}

CommandId ScriptedPlatform::fetchAgreement(const IssuerMetadata&, const PublishedAgreement& agreement,
                                           Reply<std::string> reply) {
    return answer<std::string>(Call::agreement, std::move(reply), [&]() -> Result<std::string> {
        const auto& text = documents[agreement.url];
        if (auto isSame = checkAgreementText(text, agreement); !isSame) return fail(isSame.error());
        return text;
    });
}

CommandId ScriptedPlatform::complete(const IssuerMetadata&, const Completion& completion,
                                     Reply<CompletionAnswer> reply) {
    completionKeys.push_back(completion.idempotencyKey);
    return answer<CompletionAnswer>(Call::complete, std::move(reply), [&] { return redeem(completion); });
}

}  // namespace signet
