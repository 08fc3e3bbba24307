// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// R26: exported evidence verifies with the openssl command alone, and only as it is.
#include "tests/platform/test_platform.hpp"

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "certs/openssl.hpp"
#include "certs/test_pki/revocation_data.hpp"
#include "platform/evidence_export.hpp"

#include <gtest/gtest.h>
#include <openssl/ocsp.h>
#include <openssl/x509.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <tuple>

namespace signet::test {
namespace {

using Files = std::map<std::string, std::string>;

/// The script's exit status and what it says, run in a folder that holds these files only.
std::pair<int, std::string> verify(const Files& files) {
    const TempFolder folder;
    EXPECT_TRUE(writeEvidence(files, folder.path() / "evidence"));
    const auto said = folder.path() / "said";
    const auto command =
        "'" + (folder.path() / "evidence" / "verify.sh").string() + "' > '" + said.string() + "' 2>&1";
    const int status = std::system(command.c_str());
    std::ostringstream text;
    text << std::ifstream(said).rdbuf();
    return {WEXITSTATUS(status), text.str()};
}

enum class Proof { none, ocsp, delegatedOcsp, crl };

CaKind caOf(KeyKind kind) {
    switch (kind) {
        case KeyKind::sm2:
            return CaKind::sm2;
        case KeyKind::rsa2048:
        case KeyKind::rsa3072:
            return CaKind::rsa;
        case KeyKind::p256:
        case KeyKind::p384:
            return CaKind::p256;
    }
    return CaKind::p256;
}

TestPkiOptions optionsFor(Proof proof, std::chrono::seconds age) {
    TestPkiOptions options;
    options.now = SystemClock().now() - age;
    if (proof == Proof::ocsp || proof == Proof::delegatedOcsp)
        options.ocspUrl = "http://ocsp.example.test/{ca}";
    if (proof == Proof::crl) options.crlUrl = "http://crl.example.test/{ca}";
    return options;
}

/// One login, so long ago, whose issuer answers as the case says.
class Login {
public:
    Login(KeyKind kind, Proof proof, std::chrono::seconds age = {})
        : pki(optionsFor(proof, age)), platform({}, pki), signer(pki.enterprise(kind)), ca(caOf(kind)) {
        platform.clock.advance(-age);
        platform.transport.answer = [this, proof](const std::string&) -> Result<Bytes> {
            const auto now = platform.clock.now();
            if (proof == Proof::crl) return pki.crl(ca);
            return ocsp(now - std::chrono::minutes(1), now + std::chrono::hours(1),
                        proof == Proof::delegatedOcsp);
        };
    }

    Bytes ocsp(TimePoint from, std::optional<TimePoint> to, bool isDelegated = false) {
        const auto responder = pki.ocspResponder(ca);
        OcspOptions answer{{{signer.certificate}}, from};
        answer.nextUpdate = to;
        answer.responder = isDelegated ? &responder : nullptr;
        return makeOcspResponse(pki.authority(ca), answer);
    }
    Bytes crl(TimePoint from, TimePoint to) { return makeCrl(pki.authority(ca), {from, to}); }

    Files evidence(Algorithm algorithm) {
        const auto started = platform.startForAgent("bind");
        const auto login = platform.post("/agent/v1/logins", platform.signedBody(started, signer, algorithm));
        EXPECT_EQ(login.status, 200) << login.body;
        auto files = evidenceFiles(platform.storage(), platform.node().vault(), started.challenge.id);
        EXPECT_TRUE(files) << (files ? "" : files.error().detail);
        return files ? *files : Files{};
    }
    Files evidence() { return evidence(algorithmOf(signer.certificate)); }

    TestPki pki;
    TestPlatform platform;
    Issued signer;
    CaKind ca;
};

Files evidenceOf(KeyKind kind, Algorithm algorithm, Proof proof) {
    return Login(kind, proof).evidence(algorithm);
}

struct Case {
    const char* name;
    KeyKind key;
    Algorithm algorithm;
    Proof proof;
};

class EvidenceExport : public testing::TestWithParam<Case> {};

TEST_P(EvidenceExport, verifies_with_openssl_and_a_flipped_byte_fails) {
    const auto& [name, key, algorithm, proof] = GetParam();
    const auto files = evidenceOf(key, algorithm, proof);
    const auto [status, said] = verify(files);
    ASSERT_EQ(status, 0) << said;
    EXPECT_EQ(said.find("without revocation proof") != std::string::npos, proof == Proof::none);
    EXPECT_EQ(files.count("ocsp.der") == 1, proof == Proof::ocsp || proof == Proof::delegatedOcsp);
    EXPECT_EQ(files.count("crl.der") == 1, proof == Proof::crl);

    for (const auto& [file, content] : files) {
        if (file == "verify.sh" || file == "README.txt" || content.empty()) continue;
        auto tampered = files;
        tampered[file][content.size() / 2] ^= 0x01;
        EXPECT_NE(verify(tampered).first, 0) << file;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Each, EvidenceExport,
    testing::Values(Case{"rs256", KeyKind::rsa2048, Algorithm::rs256, Proof::none},
                    Case{"ps256_crl", KeyKind::rsa2048, Algorithm::ps256, Proof::crl},
                    Case{"es256_ocsp", KeyKind::p256, Algorithm::es256, Proof::ocsp},
                    Case{"es384_delegated", KeyKind::p384, Algorithm::es384, Proof::delegatedOcsp},
                    Case{"sm2_crl", KeyKind::sm2, Algorithm::sm2sm3, Proof::crl},
                    Case{"sm2_ocsp", KeyKind::sm2, Algorithm::sm2sm3, Proof::ocsp},
                    Case{"sm2_delegated", KeyKind::sm2, Algorithm::sm2sm3, Proof::delegatedOcsp}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(EvidenceExport, swapped_parts_of_two_logins_fail) {
    const auto one = evidenceOf(KeyKind::p256, Algorithm::es256, Proof::none);
    const auto two = evidenceOf(KeyKind::p256, Algorithm::es256, Proof::none);
    for (const auto* file :
         {"payload.json", "protected.json", "leaf.pem", "signature.bin", "signing-input.txt"}) {
        auto mixed = one;
        mixed[file] = two.at(file);
        EXPECT_NE(verify(mixed).first, 0) << file;
    }
    auto otherAnchor = one;
    otherAnchor["anchor.pem"] = two.at("anchor.pem");
    EXPECT_NE(verify(otherAnchor).first, 0);
}

// What was fresh when the login was stays a proof.
TEST(EvidenceExport, proof_of_a_past_login_is_held_against_its_time) {
    using std::chrono::hours;
    using std::chrono::minutes;
    for (const auto kind : {KeyKind::p256, KeyKind::sm2}) {
        Login login(kind, Proof::ocsp, hours(24 * 30));
        const auto at = login.platform.clock.now();
        const auto files = login.evidence();
        const auto [status, said] = verify(files);
        EXPECT_EQ(status, 0) << said;
        using End = std::optional<TimePoint>;
        const std::tuple<TimePoint, End, bool> cases[] = {
            {at + minutes(4), at + hours(1), true},     {at + minutes(6), at + hours(1), false},
            {at + hours(24), at + hours(48), false},    {at - hours(48), at - minutes(4), true},
            {at - hours(48), at - minutes(6), false},   {at - hours(48), at - hours(24), false},
            {at - hours(1), std::nullopt, true},        {at - hours(2), std::nullopt, false},
            {at - hours(48), at + hours(24 * 60), true}};
        for (const auto& [from, to, isGood] : cases) {
            auto changed = files;
            changed["ocsp.der"] = textOf(login.ocsp(from, to));
            const auto [changedStatus, why] = verify(changed);
            EXPECT_EQ(changedStatus == 0, isGood)
                << timeText(from) << " " << timeText(to.value_or(from)) << " at " << timeText(at) << why;
        }
    }
}

// A CRL of a clock that is a little ahead or behind is accepted, so it must verify; a stale one must not.
TEST(EvidenceExport, crl_is_held_against_the_time_of_the_login) {
    using std::chrono::hours;
    using std::chrono::minutes;
    for (const auto kind : {KeyKind::p256, KeyKind::sm2}) {
        Login login(kind, Proof::crl, hours(24 * 30));
        const auto at = login.platform.clock.now();
        login.platform.transport.answer = [&](const std::string&) -> Result<Bytes> {
            return login.crl(at + minutes(4), at + hours(1));
        };
        const auto files = login.evidence();
        const auto [status, said] = verify(files);
        EXPECT_EQ(status, 0) << said;
        const std::tuple<TimePoint, TimePoint, bool> cases[] = {{at - hours(2), at - minutes(4), true},
                                                                {at - hours(2), at - minutes(6), false},
                                                                {at + minutes(6), at + hours(2), false},
                                                                {at + hours(24), at + hours(48), false}};
        for (const auto& [from, to, isGood] : cases) {
            auto changed = files;
            changed["crl.der"] = textOf(login.crl(from, to));
            EXPECT_EQ(verify(changed).first == 0, isGood) << timeText(from) << " at " << timeText(at);
        }
        auto revoking = files;
        revoking["crl.der"] = textOf(makeCrl(
            login.pki.authority(login.ca),
            {.thisUpdate = at, .nextUpdate = at + hours(1), .revoked = {{login.signer.certificate, at}}}));
        EXPECT_NE(verify(revoking).first, 0);
    }
}

/// The same root with dates that are over.
Certificate expiredCopy(const Authority& root) {
    const X509Ptr copy(X509_dup(root.certificate.native()));
    X509_gmtime_adj(X509_getm_notAfter(copy.get()), -60);
    EXPECT_GT(X509_sign(copy.get(), root.key.get(), EVP_sha256()), 0);
    unsigned char* der = nullptr;
    const int size = i2d_X509(copy.get(), &der);
    auto certificate = Certificate::fromDer({der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    return *certificate;
}

// A chain is verified up to the first CA of the trust list; an expired root above it is in the way of nobody.
TEST(EvidenceExport, chain_ends_where_its_verification_ended) {
    TestPki pki;
    TestPlatform platform({}, pki);
    const auto signer = pki.enterprise();
    const auto login = [&] {
        const auto started = platform.startForAgent("bind");
        EXPECT_EQ(platform.login(started, signer).status, 200);
        return *evidenceFiles(platform.storage(), platform.node().vault(), started.challenge.id);
    };
    const auto trust = [&](const std::vector<Certificate>& cas) {
        std::string pem;
        for (const auto& ca : cas) pem += ca.toPem();
        ASSERT_TRUE(writeFileAtomically(platform.settings.trust.front() / "cas.pem", pem));
        platform.restart();
    };
    const auto& root = pki.root(CaKind::p256);
    const auto& issuing = pki.authority(CaKind::p256).certificate;
    trust({expiredCopy(root), issuing});
    auto files = login();
    EXPECT_EQ(verify(files).first, 0) << verify(files).second;
    EXPECT_EQ(files.at("anchor.pem"), issuing.toPem());
    trust({root.certificate});
    files = login();
    EXPECT_EQ(verify(files).first, 0) << verify(files).second;
    EXPECT_EQ(files.at("anchor.pem"), root.certificate.toPem());
    EXPECT_EQ(files.at("chain.pem"), issuing.toPem());
}

// A response may carry more certificates than the one that signed.
TEST(EvidenceExport, responder_is_the_one_that_signed) {
    Login login(KeyKind::sm2, Proof::ocsp);
    login.platform.transport.answer = [&](const std::string&) -> Result<Bytes> {
        const auto der = login.ocsp(login.platform.clock.now(), std::nullopt, true);
        const auto* cursor = der.data();
        const OcspResponsePtr made(d2i_OCSP_RESPONSE(nullptr, &cursor, static_cast<long>(der.size())));
        const OcspBasicPtr basic(OCSP_response_get1_basic(made.get()));
        // The responder's own certificate moves behind another.
        auto* sent = const_cast<STACK_OF(X509)*>(OCSP_resp_get0_certs(basic.get()));
        auto* other = login.pki.authority(CaKind::sm2).certificate.native();
        X509_up_ref(other);
        sk_X509_unshift(sent, other);
        const OcspResponsePtr mixed(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
        unsigned char* out = nullptr;
        const int size = i2d_OCSP_RESPONSE(mixed.get(), &out);
        Bytes bytes(out, out + size);
        OPENSSL_free(out);
        return bytes;
    };
    const auto files = login.evidence();
    EXPECT_EQ(files.at("responder.pem"), login.pki.ocspResponder(CaKind::sm2).certificate.toPem());
    const auto [status, said] = verify(files);
    EXPECT_EQ(status, 0) << said;
}

TEST(EvidenceExport, unknown_login_is_said) {
    TestPlatform platform;
    const auto files = evidenceFiles(platform.storage(), platform.node().vault(), "AAAAAAAAAAAAAAAAAAAAAA");
    ASSERT_FALSE(files);
    EXPECT_EQ(files.error().code, ErrorCode::challengeUnknown);
}

}  // namespace
}  // namespace signet::test
