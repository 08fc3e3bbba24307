// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/configuration.hpp"
#include "agent/doctor_facts.hpp"
#include "agent/relay.hpp"
#include "base/clock.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace signet {

class TlsProbe;

/// Asks one platform what the self-check needs: metadata, a challenge that nobody will answer (it tells the
/// platform's time, and that logins can start) and, where TLS fails, whose certificate it was.
/// Calls `done` once, never from start(); the destructor ends it silently.
/// Thread: main, with a Qt event loop.
class IssuerProbe {
public:
    using Done = std::function<void(IssuerFacts)>;
    /// `limit` holds for each of the requests. `configuration` and `clock` outlive this object.
    IssuerProbe(const Configuration& configuration, const Clock& clock, std::string issuer,
                std::chrono::milliseconds limit);
    ~IssuerProbe();
    IssuerProbe(const IssuerProbe&) = delete;
    IssuerProbe& operator=(const IssuerProbe&) = delete;

    void start(Done done);
    /// What is known by now.
    const IssuerFacts& facts() const { return m_facts; }

private:
    void onMetadata(Result<IssuerMetadata> metadata);
    void onCreated(const Result<std::string>& id);
    void onChallenge(Result<FetchedChallenge> challenge);
    void conclude();

    const Clock& m_clock;
    std::chrono::milliseconds m_limit;
    std::chrono::steady_clock::time_point m_begin{};
    IssuerFacts m_facts;
    Done m_done;
    Relay m_relay;
    std::unique_ptr<TlsProbe> m_tls;
};

}  // namespace signet
