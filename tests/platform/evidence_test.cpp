// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// R26: exported evidence verifies with the openssl command alone, and only as it is.
#include "tests/platform/test_platform.hpp"

#include "base/encoding.hpp"
#include "certs/test_pki/revocation_data.hpp"
#include "platform/evidence_export.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

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

Files evidenceOf(KeyKind kind, Algorithm algorithm, Proof proof) {
    TestPkiOptions options;
    if (proof == Proof::ocsp || proof == Proof::delegatedOcsp)
        options.ocspUrl = "http://ocsp.example.test/{ca}";
    if (proof == Proof::crl) options.crlUrl = "http://crl.example.test/{ca}";
    TestPki pki(options);
    TestPlatform platform({}, pki);
    const auto signer = pki.enterprise(kind);
    const auto ca = kind == KeyKind::sm2       ? CaKind::sm2
                    : kind == KeyKind::rsa2048 ? CaKind::rsa
                                               : CaKind::p256;
    platform.transport.answer = [&](const std::string&) -> Result<Bytes> {
        if (proof == Proof::crl) return pki.crl(ca);
        std::optional<Issued> responder;
        if (proof == Proof::delegatedOcsp) responder = pki.ocspResponder(ca);
        OcspOptions answer{{{signer.certificate}}, platform.clock.now() - std::chrono::minutes(1)};
        answer.nextUpdate = platform.clock.now() + std::chrono::hours(1);
        answer.responder = responder ? &*responder : nullptr;
        return makeOcspResponse(pki.authority(ca), answer);
    };
    const auto started = platform.startForAgent("bind");
    const auto login = platform.post("/agent/v1/logins", platform.signedBody(started, signer, algorithm));
    EXPECT_EQ(login.status, 200) << login.body;
    auto files = evidenceFiles(platform.storage(), platform.node().vault(), started.challenge.id);
    EXPECT_TRUE(files) << (files ? "" : files.error().detail);
    return files ? *files : Files{};
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

TEST(EvidenceExport, unknown_login_is_said) {
    TestPlatform platform;
    const auto files = evidenceFiles(platform.storage(), platform.node().vault(), "AAAAAAAAAAAAAAAAAAAAAA");
    ASSERT_FALSE(files);
    EXPECT_EQ(files.error().code, ErrorCode::challengeUnknown);
}

}  // namespace
}  // namespace signet::test
