// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/revocation.hpp"

#include "certs/revocation_sources.hpp"
#include "certs/test_pki/issue.hpp"
#include "certs/test_pki/must.hpp"
#include "tests/certs/revocation_fixture.hpp"

#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <thread>

namespace signet {
namespace {

using namespace std::chrono_literals;
using Kind = RevocationProof::Kind;

TEST(Revocation, goodOcsp_givesTheResponseAsProof) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate));
    const auto proof = bench.checker.check(bench.chainOf(leaf)).value();
    EXPECT_EQ(proof.kind, Kind::ocsp);
    EXPECT_FALSE(proof.der.empty());
    EXPECT_EQ(proof.thisUpdate, bench.clock.now() - 1min);
    EXPECT_EQ(proof.nextUpdate, bench.clock.now() + 1h);
    EXPECT_TRUE(proof.intermediates.empty());
    EXPECT_EQ(bench.transport.lastUrl(), kOcspUrl);
}

TEST(Revocation, delegatedResponder_isAccepted) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    const auto responder = bench.pki.ocspResponder(CaKind::p256);
    bench.transport.set(kOcspUrl,
                        bench.ocsp(leaf.certificate, [&](OcspOptions& o) { o.responder = &responder; }));
    EXPECT_EQ(bench.checker.check(bench.chainOf(leaf)).value().kind, Kind::ocsp);
}

TEST(Revocation, sm2OcspAndCrl_areVerifiedWithTheDefaultId) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise(KeyKind::sm2);
    const auto& ca = bench.ca(CaKind::sm2);
    const auto responder = bench.pki.ocspResponder(CaKind::sm2);
    auto options = bench.goodOptions(leaf.certificate);
    bench.transport.set("http://ocsp.test/sm2", makeOcspResponse(ca, options));
    EXPECT_EQ(bench.checker.check(bench.chainOf(leaf)).value().kind, Kind::ocsp);

    RevocationBench delegated;
    options.responder = &responder;
    delegated.transport.set("http://ocsp.test/sm2", makeOcspResponse(ca, options));
    EXPECT_EQ(delegated.checker.check(bench.chainOf(leaf)).value().kind, Kind::ocsp);

    RevocationBench byCrl;
    auto crl = bench.crlOptions();
    crl.revoked = {{bench.pki.issue(TestPki::profile("enterprise-sm2")).certificate, bench.clock.now() - 2h}};
    byCrl.transport.set("http://crl.test/sm2.crl", makeCrl(ca, crl));
    EXPECT_EQ(byCrl.checker.check(bench.chainOf(leaf)).value().kind, Kind::crl);
    const Issued revoked{crl.revoked[0].certificate, nullptr, leaf.chain};
    EXPECT_EQ(byCrl.checker.check(bench.chainOf(revoked)).error().code, ErrorCode::certificateRevoked);
}

TEST(Revocation, revokedByOcsp_saysWhenAndWhy) {
    RevocationBench bench(RevocationPolicy::softFail);
    const auto leaf = bench.pki.revoked();
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate, [&](OcspOptions& o) {
        o.entries[0].status = OcspStatus::revoked;
        o.entries[0].revokedAt = bench.clock.now() - 48h;
    }));
    const auto error = bench.checker.check(bench.chainOf(leaf)).error();
    EXPECT_EQ(error.code, ErrorCode::certificateRevoked);
    EXPECT_EQ(error.reason, "key_compromise");
    EXPECT_EQ(error.params.at("date"), dateText(bench.clock.now() - 48h));
}

TEST(Revocation, revokedByCrl_saysWhenAndWhy) {
    RevocationBench bench(RevocationPolicy::softFail);
    const auto leaf = bench.pki.revoked();
    auto options = bench.crlOptions();
    options.revoked = {{leaf.certificate, bench.clock.now() - 72h, 6}};
    bench.setCrl(options);
    const auto error = bench.checker.check(bench.chainOf(leaf)).error();
    EXPECT_EQ(error.code, ErrorCode::certificateRevoked);
    EXPECT_EQ(error.reason, "certificate_hold");
    EXPECT_EQ(error.params.at("date"), dateText(bench.clock.now() - 72h));
    EXPECT_EQ(bench.checker.check(bench.chainOf(bench.pki.enterprise())).value().kind, Kind::crl);
}

TEST(Revocation, ocspThatDoesNotKnow_leavesItToTheCrl) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate, [](OcspOptions& o) {
        o.entries[0].status = OcspStatus::unknown;
    }));
    EXPECT_EQ(bench.checker.check(bench.chainOf(leaf)).error().code, ErrorCode::revocationUnknown);
    EXPECT_EQ(bench.checker.check(bench.chainOf(leaf)).error().detail.find("OCSP ocsp_unknown"), 0U);
    bench.clock.advance(10s);
    bench.setCrl(bench.crlOptions());
    EXPECT_EQ(bench.checker.check(bench.chainOf(leaf)).value().kind, Kind::crl);
}

struct BadAnswer {
    const char* name;
    std::function<FakeTransport::Answer(RevocationBench&, const Issued&)> make;
    const char* reason;
};

FakeTransport::Answer fixed(Bytes answer) {
    return [answer = std::move(answer)](BytesView) -> Result<Bytes> { return answer; };
}

const std::vector<BadAnswer>& badOcspAnswers() {
    using Bench = RevocationBench;
    static const auto responderProfile = [] {
        Profile profile;
        profile.subject = {{"CN", "responder"}};
        profile.extendedKeyUsage = "OCSPSigning";
        return profile;
    };
    static const auto responderWithout = [](Bench& bench, const char* usage) {
        auto profile = responderProfile();
        profile.extendedKeyUsage = usage;
        return bench.pki.issue(profile);
    };
    static const std::vector<BadAnswer> answers{
        {"expired",
         [](Bench& b, const Issued& l) {
             return b.ocsp(l.certificate, [&b](OcspOptions& o) {
                 o.thisUpdate = b.clock.now() - 2h;
                 o.nextUpdate = b.clock.now() - 6min;
             });
         },
         "answer_expired"},
        {"old without nextUpdate",
         [](Bench& b, const Issued& l) {
             return b.ocsp(l.certificate, [&b](OcspOptions& o) {
                 o.thisUpdate = b.clock.now() - 66min;
                 o.nextUpdate.reset();
             });
         },
         "answer_expired"},
        {"of the future",
         [](Bench& b, const Issued& l) {
             return b.ocsp(l.certificate, [&b](OcspOptions& o) { o.thisUpdate = b.clock.now() + 6min; });
         },
         "answer_not_yet_valid"},
        {"another CA's key",
         [](Bench& b, const Issued& l) {
             return fixed(makeOcspResponse(b.ca(CaKind::untrusted), b.goodOptions(l.certificate)));
         },
         "ocsp_signer"},
        {"responder of another CA",
         [](Bench& b, const Issued& l) {
             return b.ocsp(l.certificate,
                           [r = std::make_shared<Issued>(b.pki.ocspResponder(CaKind::untrusted))](
                               OcspOptions& o) { o.responder = r.get(); });
         },
         "ocsp_signer"},
        {"responder without OCSPSigning",
         [](Bench& b, const Issued& l) {
             return b.ocsp(l.certificate, [r = std::make_shared<Issued>(responderWithout(b, "clientAuth"))](
                                              OcspOptions& o) { o.responder = r.get(); });
         },
         "ocsp_signer"},
        {"responder without EKU",
         [](Bench& b, const Issued& l) {
             return b.ocsp(l.certificate, [r = std::make_shared<Issued>(responderWithout(b, ""))](
                                              OcspOptions& o) { o.responder = r.get(); });
         },
         "ocsp_signer"},
        {"responder out of its dates",
         [](Bench& b, const Issued& l) {
             auto profile = responderProfile();
             profile.endsIn = 0s;
             return b.ocsp(l.certificate, [r = std::make_shared<Issued>(b.pki.issue(profile))](
                                              OcspOptions& o) { o.responder = r.get(); });
         },
         "ocsp_signer"},
        {"responder's certificate not sent",
         [](Bench& b, const Issued& l) {
             return b.ocsp(l.certificate,
                           [r = std::make_shared<Issued>(b.pki.ocspResponder(CaKind::p256))](OcspOptions& o) {
                               o.responder = r.get();
                               o.hasResponderCertificate = false;
                           });
         },
         "ocsp_signer"},
        {"another certificate", [](Bench& b, const Issued&) { return b.ocsp(b.pki.person().certificate); },
         "ocsp_other_certificate"},
        {"another request's nonce",
         [](Bench& b, const Issued& l) {
             return b.ocsp(l.certificate, [](OcspOptions& o) { o.nonce[0] ^= 1; });
         },
         "ocsp_nonce"},
        {"try later", [](Bench&, const Issued&) { return fixed(makeOcspFailure(3)); }, "ocsp_refused"},
        {"garbage",
         [](Bench&, const Issued&) {
             return fixed(Bytes{1, 2, 3});
         },
         "ocsp_malformed"},
        {"nothing", [](Bench&, const Issued&) { return fixed(Bytes{}); }, "ocsp_malformed"},
        {"too large", [](Bench&, const Issued&) { return fixed(Bytes(10 * 1024 * 1024)); },
         "source_too_large"},
        {"bytes behind",
         [](Bench& b, const Issued& l) {
             auto answer = makeOcspResponse(b.ca(), b.goodOptions(l.certificate));
             answer.push_back(0);
             return fixed(answer);
         },
         "ocsp_malformed"},
    };
    return answers;
}

TEST(Revocation, badOcspAnswers_areNoProofAndNamed) {
    for (const auto& [name, make, reason] : badOcspAnswers()) {
        RevocationBench bench;
        const auto leaf = bench.pki.enterprise();
        bench.transport.set(kOcspUrl, make(bench, leaf));
        bench.transport.set(kCrlUrl, Bytes{});
        const auto checked = bench.checker.check(bench.chainOf(leaf));
        ASSERT_FALSE(checked) << name;
        EXPECT_EQ(checked.error().code, ErrorCode::revocationUnknown) << name;
        EXPECT_EQ(checked.error().detail.find(std::string("OCSP ") + reason + ":"), 0U)
            << name << ": " << checked.error().detail;
    }
}

TEST(Revocation, badOcspAnswers_softFailSaysWhy) {
    for (const auto& [name, make, reason] : badOcspAnswers()) {
        RevocationBench bench(RevocationPolicy::softFail);
        const auto leaf = bench.pki.enterprise();
        bench.transport.set(kOcspUrl, make(bench, leaf));
        const auto proof = bench.checker.check(bench.chainOf(leaf));
        ASSERT_TRUE(proof) << name;
        EXPECT_EQ(proof->kind, Kind::none);
        EXPECT_TRUE(proof->der.empty());
        EXPECT_EQ(proof->note.find(std::string("soft_fail: OCSP ") + reason), 0U) << proof->note;
    }
}

TEST(Revocation, everyCutOcspAnswer_isRefused) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    const auto whole = makeOcspResponse(bench.ca(), bench.goodOptions(leaf.certificate));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        RevocationBench fresh;
        fresh.transport.set(kOcspUrl,
                            Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)));
        if (length % 7 == 0) {
            EXPECT_FALSE(fresh.checker.check(bench.chainOf(leaf))) << length;
        }
    }
}

TEST(Revocation, clocksFiveMinutesApart_agree) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    bench.transport.set(kOcspUrl, bench.ocsp(leaf.certificate, [&](OcspOptions& o) {
        o.thisUpdate = bench.clock.now() + 4min;
        o.nextUpdate = bench.clock.now() - 4min;
    }));
    EXPECT_TRUE(bench.checker.check(bench.chainOf(leaf)));
}

TEST(RevocationPolicy, off_asksNobody) {
    RevocationBench bench;
    const auto chain =
        bench.chainOf(bench.pki.enterprise(), [](TrustedIssuer& i) { i.revocation = RevocationPolicy::off; });
    const auto proof = bench.checker.check(chain).value();
    EXPECT_EQ(proof.kind, Kind::none);
    EXPECT_EQ(proof.note, "off");
    EXPECT_EQ(bench.transport.fetches(), 0);
}

TEST(RevocationPolicy, issuersOwn_isStrongerThanTheFallback) {
    RevocationBench soft(RevocationPolicy::softFail);
    const auto hardChain = soft.chainOf(soft.pki.enterprise(),
                                        [](TrustedIssuer& i) { i.revocation = RevocationPolicy::hardFail; });
    EXPECT_EQ(soft.checker.check(hardChain).error().code, ErrorCode::revocationUnknown);
    RevocationBench hard(RevocationPolicy::hardFail);
    const auto softChain = hard.chainOf(hard.pki.enterprise(),
                                        [](TrustedIssuer& i) { i.revocation = RevocationPolicy::softFail; });
    EXPECT_EQ(hard.checker.check(softChain).value().kind, Kind::none);
}

TEST(RevocationPolicy, certificateWithoutSource_isUnknownUnderHardFailOnly) {
    auto profile = TestPki::profile("enterprise-p256");
    profile.hasRevocationSources = false;
    RevocationBench hard;
    const auto error = hard.checker.check(hard.chainOf(hard.pki.issue(profile))).error();
    EXPECT_EQ(error.code, ErrorCode::revocationUnknown);
    EXPECT_EQ(error.reason, "no_source");
    RevocationBench soft(RevocationPolicy::softFail);
    EXPECT_EQ(soft.checker.check(soft.chainOf(soft.pki.issue(profile))).value().note, "no_source");
    EXPECT_EQ(soft.transport.fetches(), 0);
}

TEST(RevocationPolicy, httpsSource_isNotAsked) {
    TestPki pki({.ocspUrl = "https://ocsp.test/", .crlUrl = "ldap://crl.test/cn=x"});
    RevocationBench bench;
    const auto leaf = pki.enterprise();
    const TrustList trust({{pki.authority(CaKind::p256).certificate}});
    const auto error =
        bench.checker.check(buildChain(leaf.certificate, {}, trust, pki.now()).value()).error();
    EXPECT_EQ(error.reason, "url_scheme");
    EXPECT_EQ(bench.transport.fetches(), 0);
}

TEST(RevocationPolicy, describedAddresses_standInsteadOfTheCertificates) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    bench.transport.set("http://mirror.test/ocsp", bench.ocsp(leaf.certificate));
    const auto byOcsp = bench.chainOf(leaf, [](TrustedIssuer& i) { i.ocspUrl = "http://mirror.test/ocsp"; });
    EXPECT_EQ(bench.checker.check(byOcsp).value().kind, Kind::ocsp);
    EXPECT_EQ(bench.transport.lastUrl(), "http://mirror.test/ocsp");
    bench.transport.set("http://mirror.test/crl", makeCrl(bench.ca(), bench.crlOptions()));
    const auto byCrl = bench.chainOf(leaf, [](TrustedIssuer& i) { i.crlUrl = "http://mirror.test/crl"; });
    EXPECT_EQ(bench.checker.check(byCrl).value().kind, Kind::crl);
    EXPECT_EQ(bench.transport.lastUrl(), "http://mirror.test/crl");
}

TEST(RevocationThreads, askingOneThingAtOnce_fetchesOnce) {
    RevocationBench bench;
    const auto leaf = bench.pki.enterprise();
    const auto chain = bench.chainOf(leaf);
    std::promise<void> mayAnswer;
    const auto gate = mayAnswer.get_future().share();
    const auto answer = bench.ocsp(leaf.certificate);
    bench.transport.set(kOcspUrl, [&](BytesView request) -> Result<Bytes> {
        gate.wait();
        return answer(request);
    });
    constexpr int kCallers = 8;
    std::latch started(kCallers);
    std::atomic<int> good = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < kCallers; ++i)
        callers.emplace_back([&] {
            started.count_down();
            good += bench.checker.check(chain) ? 1 : 0;
        });
    started.wait();
    mayAnswer.set_value();
    for (auto& caller : callers) caller.join();
    EXPECT_EQ(good, kCallers);
    EXPECT_EQ(bench.transport.fetches(), 1);
}

TEST(RevocationThreads, slowSource_blocksNoOther) {
    RevocationBench bench;
    const auto slow = bench.pki.enterprise();
    const auto quick = bench.pki.enterprise(KeyKind::sm2);
    const auto slowChain = bench.chainOf(slow);
    const auto quickChain = bench.chainOf(quick);
    std::promise<void> isAsked;
    std::promise<void> mayAnswer;
    const auto answer = bench.ocsp(slow.certificate);
    bench.transport.set(kOcspUrl, [&](BytesView request) -> Result<Bytes> {
        isAsked.set_value();
        mayAnswer.get_future().wait();
        return answer(request);
    });
    bench.transport.set("http://ocsp.test/sm2",
                        makeOcspResponse(bench.ca(CaKind::sm2), bench.goodOptions(quick.certificate)));
    auto waiting = std::async(std::launch::async, [&] { return bench.checker.check(slowChain).has_value(); });
    isAsked.get_future().wait();
    EXPECT_TRUE(bench.checker.check(quickChain));
    mayAnswer.set_value();
    EXPECT_TRUE(waiting.get());
}

/// A chain with a CA between the leaf and the list.
struct Deep {
    Authority middle;
    Certificate leaf;
};

Deep deepChain(RevocationBench& bench) {
    const auto& ca = bench.ca();
    Profile profile;
    profile.subject = {{"CN", "middle CA"}};
    profile.keyUsage = "critical,keyCertSign,cRLSign";
    profile.extendedKeyUsage.clear();
    profile.isCa = true;
    auto key = makeKey(KeyKind::p256);
    auto middle = makeCertificate(profile, key.get(), {ca.certificate.native(), ca.key.get(), "", kCrlUrl},
                                  bench.pki.now());
    Profile leafProfile;
    leafProfile.subject = {{"CN", "leaf"}};
    const auto leafKey = makeKey(KeyKind::p256);
    auto leaf = makeCertificate(leafProfile, leafKey.get(),
                                {middle.native(), key.get(), "", "http://crl.test/middle"}, bench.pki.now());
    return {{middle, std::move(key), {middle}}, leaf};
}

TEST(RevocationOfIntermediates, unlistedCa_isCheckedToo) {
    RevocationBench bench;
    const auto deep = deepChain(bench);
    bench.transport.set("http://crl.test/middle", makeCrl(deep.middle, bench.crlOptions()));
    auto options = bench.crlOptions();
    bench.setCrl(options);
    const Issued issued{deep.leaf, nullptr, {deep.leaf, deep.middle.certificate}};
    const auto proof = bench.checker.check(bench.chainOf(issued)).value();
    EXPECT_EQ(proof.kind, Kind::crl);
    ASSERT_EQ(proof.intermediates.size(), 1U);
    EXPECT_EQ(proof.intermediates[0].kind, Kind::crl);

    bench.clock.advance(24h);
    options = bench.crlOptions();
    bench.transport.set("http://crl.test/middle", makeCrl(deep.middle, options));
    options.revoked = {{deep.middle.certificate, bench.clock.now() - 2h, 2}};
    bench.setCrl(options);
    const auto error = bench.checker.check(bench.chainOf(issued)).error();
    EXPECT_EQ(error.code, ErrorCode::certificateRevoked);
    EXPECT_EQ(error.reason, "issuer_revoked");
}

TEST(RevocationSources, addresses_areJudgedStrictly) {
    for (const auto* url : {"http://a.test/", "http://a.test", "http://a.test:8080/x?y=z",
                            "http://[::1]:80/x", "http://127.0.0.1/"})
        EXPECT_TRUE(isFetchableUrl(url)) << url;
    for (const auto* url : {"", "https://a.test/", "ldap://a.test/", "file:///etc/passwd", "http://",
                            "http:///x", "http://:80/", "http://u@a.test/", "http://a.test/\r\nX: y",
                            "http://a.test/ b", "HTTP://a.test/\x01", "http://a.test:99999/"})
        EXPECT_FALSE(isFetchableUrl(url)) << url;
    EXPECT_FALSE(isFetchableUrl("http://a.test/" + std::string(2000, 'a')));
}

}  // namespace
}  // namespace signet
