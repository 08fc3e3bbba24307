// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/revocation_cache.hpp"

#include "certs/test_pki/must.hpp"
#include "tests/certs/revocation_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace signet {
namespace {

using namespace std::chrono_literals;
using Kind = RevocationProof::Kind;

/// A chain about which only a CRL is asked.
Chain crlChain(RevocationBench& bench) {
    auto profile = TestPki::profile("enterprise-p256");
    profile.hasRevocationSources = false;
    return bench.chainOf(bench.pki.issue(profile), [](TrustedIssuer& i) { i.crlUrl = kCrlUrl; });
}

TEST(RevocationCaching, ocspAnswer_isKeptUntilNextUpdate) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    const auto chain = bench.chainOf(leaf);
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate));
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 1);
    bench.clock.advance(1h - 1s);
    EXPECT_TRUE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 1);
    bench.clock.advance(1s);
    EXPECT_TRUE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 2);
}

TEST(RevocationCaching, answerWithoutNextUpdate_isKeptForFiveMinutes) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    const auto chain = bench.chainOf(leaf);
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate, [](OcspOptions& o) { o.nextUpdate.reset(); }));
    EXPECT_TRUE(bench.checker.check(chain));
    bench.clock.advance(5min - 1s);
    EXPECT_TRUE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 1);
    bench.clock.advance(1s);
    EXPECT_TRUE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 2);
}

TEST(RevocationCaching, revokedAnswer_isKeptToo) {
    RevocationBench bench;
    const auto leaf = bench.pki.revoked();
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate, [](OcspOptions& o) {
        o.entries[0].status = OcspStatus::revoked;
    }));
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(bench.checker.check(bench.chainOf(leaf)).error().code, ErrorCode::certificateRevoked);
    EXPECT_EQ(bench.transport.fetches(), 1);
}

TEST(RevocationCaching, oneCrl_servesEveryLeafUntilNextUpdate) {
    RevocationBench bench;
    const auto silentOcsp = [](TrustedIssuer& i) { i.ocspUrl = "http://ocsp.test/nobody"; };
    auto options = bench.crlOptions();
    bench.setCrl(options);
    const auto first = bench.chainOf(bench.pki.enterprise(), silentOcsp);
    const auto second = bench.chainOf(bench.pki.person(), silentOcsp);
    EXPECT_TRUE(bench.checker.check(first));
    EXPECT_TRUE(bench.checker.check(second));
    EXPECT_EQ(bench.transport.fetches(), 2);  // the silent responder once, the CRL once
    options.revoked = {{first.leaf(), bench.clock.now()}};
    bench.clock.advance(24h);
    options.thisUpdate = bench.clock.now();
    options.nextUpdate = bench.clock.now() + 24h;
    bench.setCrl(options);
    EXPECT_EQ(bench.checker.check(first).error().code, ErrorCode::certificateRevoked);
    EXPECT_TRUE(bench.checker.check(second));
    EXPECT_EQ(bench.transport.fetches(), 4);
}

TEST(RevocationCaching, sourceThatDidNotAnswer_isLeftAloneForTenSeconds) {
    RevocationBench bench;
    const auto chain = bench.chainOf(bench.pki.enterprise());
    EXPECT_FALSE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 2);
    EXPECT_FALSE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 2);
    bench.clock.advance(10s);
    EXPECT_FALSE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 4);
}

TEST(RevocationCaching, unknownAnswer_isKeptForFiveMinutesOnly) {
    RevocationBench bench(RevocationPolicy::softFail);
    const auto leaf = bench.pki.enterprise();
    const auto chain = bench.chainOf(leaf, [](TrustedIssuer& i) { i.crlUrl = "http://crl.test/nobody"; });
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate, [&](OcspOptions& o) {
        o.entries[0].status = OcspStatus::unknown;
        o.nextUpdate = bench.clock.now() + 24h * 7;
    }));
    EXPECT_EQ(bench.checker.check(chain)->kind, Kind::none);
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate));
    bench.clock.advance(5min - 1s);
    EXPECT_EQ(bench.checker.check(chain)->kind, Kind::none);
    bench.clock.advance(1s);
    EXPECT_EQ(bench.checker.check(chain)->kind, Kind::ocsp);
}

// An answer that is good for a week must not hide a revocation for a week.
TEST(RevocationCaching, longLivedAnswers_areAskedForAgain) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate, [&](OcspOptions& o) {
        o.nextUpdate = bench.clock.now() + 24h * 7;
    }));
    EXPECT_TRUE(bench.checker.check(bench.chainOf(leaf)));
    bench.clock.advance(1h - 1s);
    EXPECT_TRUE(bench.checker.check(bench.chainOf(leaf)));
    EXPECT_EQ(bench.transport.fetches(), 1);
    bench.clock.advance(1s);
    EXPECT_TRUE(bench.checker.check(bench.chainOf(leaf)));
    EXPECT_EQ(bench.transport.fetches(), 2);

    RevocationBench byCrl;
    const auto chain = crlChain(byCrl);
    auto options = byCrl.crlOptions();
    options.nextUpdate = byCrl.clock.now() + 24h * 7;
    byCrl.setCrl(options);
    EXPECT_TRUE(byCrl.checker.check(chain));
    byCrl.clock.advance(24h - 1s);
    EXPECT_TRUE(byCrl.checker.check(chain));
    EXPECT_EQ(byCrl.transport.fetches(), 1);
    byCrl.clock.advance(1s);
    EXPECT_TRUE(byCrl.checker.check(chain));
    EXPECT_EQ(byCrl.transport.fetches(), 2);
}

// Within the clocks' skew after nextUpdate a CRL is still good, and is not fetched for every login.
TEST(RevocationCaching, crlJustOutOfDate_isKeptForAMinute) {
    RevocationBench bench;
    const auto chain = crlChain(bench);
    auto options = bench.crlOptions();
    options.nextUpdate = bench.clock.now() - 2min;
    bench.setCrl(options);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 1);
    bench.clock.advance(1min);
    EXPECT_TRUE(bench.checker.check(chain));
    EXPECT_EQ(bench.transport.fetches(), 2);
}

TEST(RevocationCaching, unusableCrl_isLeftAloneForTenSecondsForItsIssuerOnly) {
    RevocationBench bench;
    const auto chain = crlChain(bench);
    auto options = bench.crlOptions();
    options.nextUpdate = bench.clock.now() - 1h;
    bench.setCrl(options);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(bench.checker.check(chain).error().reason, "answer_expired");
    EXPECT_EQ(bench.transport.fetches(), 1);
    const auto ofAnother = bench.chainOf(bench.pki.enterprise(KeyKind::sm2), [](TrustedIssuer& i) {
        i.ocspUrl = "http://ocsp.test/nobody";
        i.crlUrl = kCrlUrl;
    });
    EXPECT_EQ(bench.checker.check(ofAnother).error().reason, "crl_issuer");
    bench.setCrl(bench.crlOptions());
    bench.clock.advance(10s);
    EXPECT_TRUE(bench.checker.check(chain));
}

/// A transport whose CRL comes when the test says so.
class SlowCrl {
public:
    SlowCrl(RevocationBench& bench) {
        const auto crl = makeCrl(bench.ca(), bench.crlOptions());
        bench.transport.set(kCrlUrl,
                            [gate = m_isThere.get_future().share(), crl](BytesView) -> Result<Bytes> {
                                gate.wait();
                                return crl;
                            });
    }
    void arrive() { m_isThere.set_value(); }

private:
    std::promise<void> m_isThere;
};

TEST(RevocationLoading, crlSlowerThanALogin_servesALaterOne) {
    RevocationBench bench;
    const auto chain = crlChain(bench);
    SlowCrl crl(bench);
    RevocationChecker hurried(bench.transport, bench.clock, RevocationPolicy::hardFail, 100ms);
    const auto late = hurried.check(chain);
    EXPECT_EQ(late.error().reason, "source_timeout");
    // Nobody waits again at once, and nobody fetches it twice.
    EXPECT_EQ(hurried.check(chain).error().reason, "source_timeout");
    bench.clock.advance(10s);
    EXPECT_EQ(hurried.check(chain).error().reason, "source_timeout");
    crl.arrive();
    auto proof = hurried.check(chain);
    for (int i = 0; i < 600 && !proof; ++i) {
        bench.clock.advance(10s);
        proof = hurried.check(chain);
    }
    ASSERT_TRUE(proof) << proof.error().detail;
    EXPECT_EQ(proof->kind, Kind::crl);
    EXPECT_EQ(bench.transport.fetches(), 1);
}

TEST(RevocationLoading, endOfTheChecker_waitsForALoad) {
    RevocationBench bench;
    const auto chain = crlChain(bench);
    SlowCrl crl(bench);
    {
        RevocationChecker hurried(bench.transport, bench.clock, RevocationPolicy::hardFail, 10ms);
        EXPECT_FALSE(hurried.check(chain));
        bench.transport.onStop = [&crl] { crl.arrive(); };
    }
    EXPECT_EQ(bench.transport.fetches(), 1);
    bench.transport.onStop = nullptr;
}

using Cache = RevocationCache<int>;

Cache::Loaded loaded(int value, TimePoint until, std::size_t bytes) {
    return {std::make_shared<const int>(value), until, bytes};
}

TEST(RevocationCache, tooManyBytes_pushOutTheLeastRecentlyUsed) {
    const TimePoint now{};
    Cache cache(100);
    const auto put = [&](const char* key, std::size_t bytes) {
        EXPECT_TRUE(cache.get(key, now, [&] { return loaded(1, now + 1h, bytes); }));
    };
    put("a", 40);
    put("b", 40);
    put("a", 40);  // used again
    put("c", 40);
    EXPECT_TRUE(cache.kept("a", now));
    EXPECT_FALSE(cache.kept("b", now));
    EXPECT_TRUE(cache.kept("c", now));
    put("large", 1000);
    EXPECT_TRUE(cache.kept("large", now));
    EXPECT_FALSE(cache.kept("a", now));
    EXPECT_FALSE(cache.kept("c", now));
}

TEST(RevocationCache, tooManyLoadsInTheBackground_areNotBegun) {
    std::promise<void> mayEnd;
    const auto gate = mayEnd.get_future().share();
    std::atomic<int> begun = 0;
    Cache cache(100);
    const auto ask = [&](int key) {
        return cache.getWithin(std::to_string(key), {}, 0ms, [&begun, gate] {
            ++begun;
            gate.wait();
            return loaded(1, TimePoint(1h), 1);
        });
    };
    for (int i = 0; i < 40; ++i) EXPECT_FALSE(ask(i));
    mayEnd.set_value();
    std::optional<Result<Cache::Value>> first;
    while (!first) first = cache.getWithin("0", {}, 1s, [] { return loaded(1, TimePoint(1h), 1); });
    EXPECT_TRUE(*first);
    EXPECT_LE(begun, 16);
}

}  // namespace
}  // namespace signet
