// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"
#include "certs/chain.hpp"
#include "certs/revocation.hpp"

#include <memory>

namespace signet {

/// Asks whether a certificate was revoked, without blocking. No reply comes before the call returns.
/// Thread: main.
class CertificateChecker {
public:
    virtual ~CertificateChecker() = default;
    /// Errors: as RevocationChecker::check.
    virtual CommandId check(const Chain& chain, Reply<RevocationProof> reply) = 0;
    /// The reply is not called any more.
    virtual void cancel(CommandId command) = 0;
};

/// Runs a RevocationChecker on a thread of its own. The destructor stops the checker, for good, and waits for
/// a check that is running.
class ThreadedCertificateChecker final : public CertificateChecker {
public:
    /// `checker` outlives this object.
    explicit ThreadedCertificateChecker(RevocationChecker& checker);
    ~ThreadedCertificateChecker() override;
    ThreadedCertificateChecker(const ThreadedCertificateChecker&) = delete;
    ThreadedCertificateChecker& operator=(const ThreadedCertificateChecker&) = delete;
    CommandId check(const Chain& chain, Reply<RevocationProof> reply) override;
    void cancel(CommandId command) override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
