// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/platform_client.hpp"
#include "tests/doubles/scripted_loop.hpp"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace signet {

/// A platform in memory that keeps the rules of the protocol: it verifies the statement that it rebuilds,
/// consumes a challenge once, gives the same answer to the same body, redeems once for each Idempotency-Key.
class ScriptedPlatform final : public PlatformClient {
public:
    ScriptedPlatform(ScriptedLoop& loop, std::string issuer);

    enum class Call { metadata, create, fetch, post, complete, agreement };
    /// Errors that a call gives, one each time, before it works. `isLost`: the platform acts, only its answer
    /// is lost.
    struct Fault {
        Error error;
        bool isLost = false;
    };
    std::map<Call, std::deque<Fault>> faults;

    IssuerMetadata metadata;
    std::map<std::string, std::string> documents;  ///< by address
    Challenge challenge;                           ///< what a new challenge is made of
    std::string origin{kAgentOrigin};              ///< that the statement must name
    std::function<void(Challenge&)> tamper;        ///< with the challenge on its way to the agent
    Sha256 peerCertificate{};

    // What happened.
    std::map<Call, int> calls;
    std::vector<SignedLogin> posted;
    int consumed = 0;
    int redeemed = 0;
    std::vector<std::string> completionKeys;
    std::vector<ChallengeWish> wishes;
    /// Publishes a document, which a challenge then names too.
    void publish(const std::string& id, const std::string& version, const std::string& title,
                 const std::string& text);
    std::size_t running() const { return m_commands.running(); }

    CommandId fetchMetadata(const std::string& issuer, Reply<IssuerMetadata> reply) override;
    CommandId createChallenge(const IssuerMetadata& platform, const ChallengeWish& wish,
                              Reply<std::string> reply) override;
    CommandId fetchChallenge(const IssuerMetadata& platform, const std::string& challengeId,
                             Reply<FetchedChallenge> reply) override;
    CommandId postLogin(const IssuerMetadata& platform, const SignedLogin& login,
                        Reply<RelayedLogin> reply) override;
    CommandId complete(const IssuerMetadata& platform, const Completion& completion,
                       Reply<CompletionAnswer> reply) override;
    CommandId fetchAgreement(const IssuerMetadata& platform, const PublishedAgreement& agreement,
                             Reply<std::string> reply) override;
    void cancel(CommandId command) override { m_commands.end(command); }

private:
    template <class T, class Act>
    CommandId answer(Call call, Reply<T> reply, Act act);
    Result<RelayedLogin> consume(const SignedLogin& login);
    Result<CompletionAnswer> redeem(const Completion& completion);

    ScriptedCommands m_commands;
    std::optional<std::string> m_consumedBody;
    std::optional<std::string> m_redeemedKey;
};

}  // namespace signet
