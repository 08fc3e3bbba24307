// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/certificate_checker.hpp"

#include "tests/agent/login_flow_fixture.hpp"
#include "tests/agent/qt_wait.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace signet {
namespace {

/// A network that lets a test hold every fetch back.
class HeldTransport final : public RevocationTransport {
public:
    Result<Bytes> fetch(const std::string&, BytesView, std::size_t, std::chrono::milliseconds) override {
        std::unique_lock lock(m_mutex);
        m_thread = std::this_thread::get_id();
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_isOpen; });
        ++m_fetches;
        return fail(ErrorCode::revocationUnknown, "no network");
    }
    void stop() override { open(); }
    int fetches() const { return m_fetches; }
    void open() {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }
    std::thread::id waitForFetch() {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::seconds(20), [this] { return m_thread != std::thread::id(); });
        return m_thread;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::thread::id m_thread;
    bool m_isOpen = false;
    std::atomic<int> m_fetches = 0;
};

Chain chainWithSource() {
    TestPki pki({.ocspUrl = "http://127.0.0.1:1/ocsp"});
    const auto issued = pki.enterprise();
    const auto trust = trustOf(pki);
    return *buildChain(issued.certificate, issued.chain, trust, pki.now());
}

struct Bench {
    explicit Bench(RevocationPolicy policy) : revocation(transport, clock, policy) {
        testApplication();
        clock.time = chain.leaf().notBefore() + std::chrono::hours(25);
    }
    Chain chain = chainWithSource();
    HeldTransport transport;
    FakeClock clock;
    RevocationChecker revocation;
};

TEST(ThreadedCertificateChecker, check_runsOnAnotherThreadAndRepliesOnThisOne) {
    Bench bench(RevocationPolicy::hardFail);
    ThreadedCertificateChecker checker(bench.revocation);
    std::optional<Result<RevocationProof>> outcome;
    std::thread::id replied;
    checker.check(bench.chain, [&](Result<RevocationProof> r) {
        outcome = std::move(r);
        replied = std::this_thread::get_id();
    });
    EXPECT_NE(bench.transport.waitForFetch(), std::this_thread::get_id());
    EXPECT_FALSE(outcome);
    bench.transport.open();
    ASSERT_TRUE(waitUntil([&] { return outcome.has_value(); }));
    EXPECT_EQ(replied, std::this_thread::get_id());
    ASSERT_FALSE(*outcome);
    EXPECT_EQ(outcome->error().code, ErrorCode::revocationUnknown);
}

TEST(ThreadedCertificateChecker, softFail_goesOnWithoutProof) {
    Bench bench(RevocationPolicy::softFail);
    bench.transport.open();
    ThreadedCertificateChecker checker(bench.revocation);
    std::optional<Result<RevocationProof>> outcome;
    checker.check(bench.chain, [&](Result<RevocationProof> r) { outcome = std::move(r); });
    ASSERT_TRUE(waitUntil([&] { return outcome.has_value(); }));
    ASSERT_TRUE(*outcome);
    EXPECT_EQ((*outcome)->kind, RevocationProof::Kind::none);
}

TEST(ThreadedCertificateChecker, cancelledOrDestroyed_repliesNothing) {
    Bench bench(RevocationPolicy::hardFail);
    bool hasReplied = false;
    {
        ThreadedCertificateChecker checker(bench.revocation);
        const auto id =
            checker.check(bench.chain, [&](const Result<RevocationProof>&) { hasReplied = true; });
        bench.transport.waitForFetch();
        checker.cancel(id);
        checker.check(bench.chain, [&](const Result<RevocationProof>&) { hasReplied = true; });
        bench.transport.open();
    }
    QCoreApplication::processEvents();
    EXPECT_FALSE(hasReplied);
}

TEST(ThreadedCertificateChecker, destroyed_endsACheckThatWaits) {
    Bench bench(RevocationPolicy::hardFail);
    {
        ThreadedCertificateChecker checker(bench.revocation);
        checker.check(bench.chain, [](const Result<RevocationProof>&) {});
        bench.transport.waitForFetch();
    }
    EXPECT_EQ(bench.transport.fetches(), 1);
}

}  // namespace
}  // namespace signet
