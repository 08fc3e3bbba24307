// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/chain.hpp"
#include "certs/revocation.hpp"
#include "certs/test_pki/revocation_data.hpp"
#include "certs/test_pki/test_pki.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace signet {

class SetClock final : public Clock {
public:
    explicit SetClock(TimePoint now) : m_now(now) {}
    TimePoint now() const override { return m_now.load(); }
    void advance(std::chrono::seconds by) { m_now = m_now.load() + by; }

private:
    std::atomic<TimePoint> m_now;
};

/// Answers by URL. Thread: any, after it was set up.
class FakeTransport final : public RevocationTransport {
public:
    using Answer = std::function<Result<Bytes>(BytesView body)>;

    void set(const std::string& url, Answer answer) { m_answers[url] = std::move(answer); }
    void set(const std::string& url, Bytes answer) {
        set(url, [answer = std::move(answer)](BytesView) -> Result<Bytes> { return answer; });
    }
    Result<Bytes> fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                        std::chrono::milliseconds deadline) override;
    void stop() override {
        if (onStop) onStop();
    }
    std::function<void()> onStop{};
    int fetches() const { return m_fetches; }
    std::string lastUrl() const { return m_lastUrl; }

private:
    std::map<std::string, Answer> m_answers;
    std::mutex m_mutex;
    std::string m_lastUrl;
    std::atomic<int> m_fetches = 0;
};

inline constexpr const char* kOcspUrl = "http://ocsp.test/p256";
inline constexpr const char* kCrlUrl = "http://crl.test/p256.crl";

/// A PKI whose leaves name both sources, and a checker over the fake transport.
class RevocationBench {
public:
    explicit RevocationBench(RevocationPolicy policy = RevocationPolicy::hardFail);

    TestPki pki;
    SetClock clock;
    FakeTransport transport;
    RevocationChecker checker;

    Chain chainOf(const Issued& issued, const std::function<void(TrustedIssuer&)>& change = {});
    /// A response as the CA would give it for this certificate; `change` may spoil it.
    OcspOptions goodOptions(const Certificate& certificate) const;
    FakeTransport::Answer ocsp(const Certificate& certificate,
                               const std::function<void(OcspOptions&)>& change = {});
    CrlOptions crlOptions() const;
    const Authority& ca(CaKind kind = CaKind::p256) { return pki.authority(kind); }
    void setCrl(const CrlOptions& options) { transport.set(kCrlUrl, makeCrl(ca(), options)); }
};

/// The nonce of an OCSP request, DER.
Bytes nonceOf(BytesView request);

}  // namespace signet
