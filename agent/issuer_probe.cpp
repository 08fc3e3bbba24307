// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/issuer_probe.hpp"

#include "agent/system_proxies.hpp"
#include "agent/tls_probe.hpp"
#include "base/encoding.hpp"

#include <QUrl>

#include <utility>

namespace signet {
namespace {

std::string wayTo(const std::string& issuer) {
    SystemProxies proxies;
    const auto ways =
        proxies.queryProxy(QNetworkProxyQuery(QUrl(QString::fromStdString(issuer), QUrl::StrictMode)));
    return ways.isEmpty() ? "direct" : proxyText(ways.front());
}

}  // namespace

IssuerProbe::IssuerProbe(const Configuration& configuration, const Clock& clock, std::string issuer,
                         std::chrono::milliseconds limit)
    : m_clock(clock),
      m_limit(limit),
      m_relay([&configuration](std::string_view name) { return configuration.rootsFor(name); },
              RelayLimits{.request = limit}) {
    m_facts.hasOwnRoots = !configuration.rootsFor(issuer).empty();
    m_facts.issuer = std::move(issuer);
}

IssuerProbe::~IssuerProbe() = default;

void IssuerProbe::start(Done done) {
    m_done = std::move(done);
    m_facts.proxy = wayTo(m_facts.issuer);
    m_facts.metadata = fail(ErrorCode::timeout, "not answered", "request");
    m_facts.challenge = fail(ErrorCode::timeout, "not answered", "request");
    m_begin = std::chrono::steady_clock::now();
    m_relay.fetchMetadata(m_facts.issuer,
                          [this](Result<IssuerMetadata> reply) { onMetadata(std::move(reply)); });
}

void IssuerProbe::onMetadata(Result<IssuerMetadata> metadata) {
    m_facts.elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_begin);
    m_facts.metadata = std::move(metadata);
    if (m_facts.metadata) {
        ChallengeWish wish;
        wish.sessionBinding = toBase64Url(sha256(bytesOf("signet doctor")));
        m_relay.createChallenge(*m_facts.metadata, wish,
                                [this](const Result<std::string>& reply) { onCreated(reply); });
        return;
    }
    m_facts.challenge = fail(m_facts.metadata.error());
    if (m_facts.metadata.error().code != ErrorCode::platformTls) return conclude();
    m_tls = std::make_unique<TlsProbe>(m_facts.issuer, m_limit, [this](std::optional<PeerFacts> peer) {
        m_facts.peer = std::move(peer);
        conclude();
    });
}

void IssuerProbe::onCreated(const Result<std::string>& id) {
    if (!id) return onChallenge(fail(id.error()));
    m_relay.fetchChallenge(*m_facts.metadata, *id,
                           [this](Result<FetchedChallenge> reply) { onChallenge(std::move(reply)); });
}

void IssuerProbe::onChallenge(Result<FetchedChallenge> challenge) {
    m_facts.challenge = std::move(challenge);
    if (m_facts.challenge) m_facts.challengeRead = m_clock.now();
    conclude();
}

/// The last thing that happens: `done` may destroy this object.
void IssuerProbe::conclude() {
    if (const auto done = std::exchange(m_done, nullptr)) done(m_facts);
}

}  // namespace signet
