// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/platform_client.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

struct RelayLimits {
    std::chrono::milliseconds request{10'000};  ///< from the call to the last byte of the answer
    std::size_t answerBytes = 64 * 1024;
    std::size_t agreementBytes = 256 * 1024;
};

/// The platform over HTTPS (QNetworkAccessManager): the system's proxies (none for this computer itself),
/// TLS 1.2 and later, no redirect, no cookie, no cache; answers are capped while they are read. Thread: main,
/// with a Qt event loop.
class Relay final : public PlatformClient {
public:
    /// `rootsFor` gives the PEM files whose certificates alone are roots for an issuer; none: the system's. A
    /// file that cannot be read makes the request fail (configurationInvalid), never fall back to the
    /// system's roots.
    using RootsFor = std::function<std::vector<std::filesystem::path>(std::string_view issuer)>;
    explicit Relay(RootsFor rootsFor = {}, RelayLimits limits = {});
    /// Drops what runs.
    ~Relay() override;
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

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
    void cancel(CommandId command) override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
