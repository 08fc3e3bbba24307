// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// Web eID with real token hosts: SoftHSM's keys, and the fake module where calls are counted.
#include "tests/agent/hosts_fixture.hpp"
#include "tests/agent/webeid_flow_fixture.hpp"

#include <gtest/gtest.h>
#include <openssl/x509.h>

namespace signet {
namespace {

using test::SoftHsmStore;

test::KeyAndCertificate asDer(const Issued& issued) {
    const auto written = [](int length, unsigned char* bytes) {
        Bytes der(bytes, bytes + length);
        OPENSSL_free(bytes);
        return der;
    };
    unsigned char* key = nullptr;
    const int keyBytes = i2d_PrivateKey(issued.key.get(), &key);
    unsigned char* publicKey = nullptr;
    const int publicKeyBytes = i2d_PUBKEY(issued.key.get(), &publicKey);
    return {written(keyBytes, key), written(publicKeyBytes, publicKey), issued.certificate.der()};
}

/// A person at a desktop whose tokens are real; the rest is by script.
struct RealTokens {
    explicit RealTokens(const std::filesystem::path& module) : hosts({module}) { ui.answersAtOnce = true; }

    Result<WebEidToken> run() {
        const auto trust = trustOf(sharedPki());
        const SystemClock clock;
        LoginPorts ports{ui, *hosts.tokens, platform, checker, trust, clock, timers};
        WebEidFlow flow(std::move(ports), {kSite, kNonce, true});
        std::optional<Result<WebEidToken>> outcome;
        flow.start([&](Result<WebEidToken> result) { outcome = std::move(result); });
        const bool hasEnded = waitUntil([&] {
            loop.runAll();
            return outcome.has_value();
        });
        return hasEnded ? std::move(*outcome) : fail(ErrorCode::internalError, "no reply");
    }

    Hosts hosts;
    ScriptedLoop loop;
    ScriptedTimers timers;
    ScriptedUi ui{loop};
    ScriptedPlatform platform{loop, kIssuer};
    ScriptedChecker checker{loop};
};

// R15
TEST(WebEidHosts, softHsmKeys_giveTokensThatVerify) {
    for (const auto& [key, algorithm] :
         {std::pair{KeyKind::rsa2048, Algorithm::rs256}, std::pair{KeyKind::p256, Algorithm::es256},
          std::pair{KeyKind::p384, Algorithm::es384}}) {
        SCOPED_TRACE(toString(key));
        SoftHsmStore store;
        store.addToken({.label = "t"});
        const auto issued = sharedPki().enterprise(key);
        const auto der = asDer(issued);
        store.importKeyAndCertificate("t", "01", der.key, der.certificate);
        RealTokens desktop(SoftHsmStore::modulePath());
        const auto token = desktop.run();
        ASSERT_TRUE(token) << nameOf(token.error()) << " " << token.error().detail;
        EXPECT_EQ(token->algorithm, algorithm);
        EXPECT_EQ(token->certificate, issued.certificate);
        EXPECT_TRUE(verifyWebEidToken(*token, kSite, kNonce));
        EXPECT_EQ(desktop.ui.pinQuestions.size(), 1U);
    }
}

struct CountedToken {
    explicit CountedToken(std::vector<std::string> lines = {}) {
        module.addToken({.lines = std::move(lines)});
        module.addKey("01", asDer(sharedPki().enterprise()));
        desktop.emplace(module.modulePath());
    }
    std::size_t callsOf(const char* function) const { return module.callsOf(function).size(); }

    FakeModule module;
    std::optional<RealTokens> desktop;
};

// Attack 41
TEST(WebEidHosts, onePinTyped_isOneLoginAndOneSignature) {
    CountedToken token;
    ASSERT_TRUE(token.desktop->run());
    EXPECT_EQ(token.callsOf("C_Login"), 1U);
    EXPECT_EQ(token.callsOf("C_Sign"), 1U);
    EXPECT_EQ(token.desktop->ui.pinQuestions.size(), 1U);
}

// Web eID's library for PHP would refuse the first signature. Attacks 36, 41: the same consent, the same PIN.
TEST(WebEidHosts, spareZero_isSignedAgainWithoutAnotherPin) {
    CountedToken token;
    token.module.setFaults({"C_Sign 1 spare-zero"});
    const auto made = token.desktop->run();
    ASSERT_TRUE(made) << nameOf(made.error());
    EXPECT_TRUE(verifyWebEidToken(*made, kSite, kNonce));
    EXPECT_EQ(token.callsOf("C_Sign"), 2U);
    EXPECT_EQ(token.callsOf("C_Login"), 1U);
    EXPECT_EQ(token.callsOf("C_Logout"), 1U);
    EXPECT_EQ(token.desktop->ui.questions.size(), 1U);
}

TEST(WebEidHosts, wrongPin_isSentOnce) {
    CountedToken token;
    token.desktop->ui.pins = {"000000", "123456"};
    const auto made = token.desktop->run();
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(token.callsOf("C_Login"), 1U);
    EXPECT_EQ(token.callsOf("C_Sign"), 0U);
}

TEST(WebEidHosts, keyThatAlwaysAuthenticates_getsThePinForItsOneSignature) {
    CountedToken token({"always-authenticate"});
    token.module.setFaults({"C_Sign 1 spare-zero"});
    const auto made = token.desktop->run();
    ASSERT_TRUE(made) << nameOf(made.error());
    EXPECT_TRUE(verifyWebEidToken(*made, kSite, kNonce)) << "valid, though PHP would refuse it";
    EXPECT_EQ(token.callsOf("C_Sign"), 1U) << "another would take a PIN that nobody typed";
    EXPECT_EQ(token.desktop->ui.pinQuestions.size(), 1U);
}

TEST(WebEidHosts, crashInTheSignature_isNamedAndTheNextWorks) {
    CountedToken token;
    token.module.setFaults({"C_Sign 1 crash"});
    const auto crashed = token.desktop->run();
    ASSERT_FALSE(crashed);
    EXPECT_EQ(nameOf(crashed.error()), "module_failed/crashed");
    token.module.setFaults({});
    token.desktop->ui.pins = {"123456"};
    EXPECT_TRUE(token.desktop->run());
}

}  // namespace
}  // namespace signet
