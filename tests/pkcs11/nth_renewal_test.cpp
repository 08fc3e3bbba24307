// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Issue 3, point 4: fail-on-nth over a complete session, its last two parts: a certificate request (through
// libp11) and its answer. Whatever call fails, the command ends named, the PIN was sent once at most, and the
// next login works. The faults of a module that these two meet have their names.
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace signet::test {
namespace {

using std::chrono::milliseconds;

class RenewalFaults : public testing::Test {
protected:
    RenewalFaults() {
        fake.addToken().addKey("01", sharedKey("p256"));
        signing = requestFrom(host, Algorithm::es256);
    }

    Result<CertificateRequestReply> request() {
        return host.requestCertificate({.key = signing.key}, secret("123456"));
    }
    Result<CertificateInstallReply> install() {
        CertificateInstallRequest wanted{.token = signing.key};
        wanted.token.keyId.clear();
        wanted.token.certificate = other;
        return host.installCertificate(wanted, secret("123456"));
    }
    void expectLoginWorks() {
        fake.setFaults({});
        const auto reply = host.sign(signing, secret("123456"));
        ASSERT_TRUE(reply) << outcomeOf(reply) << " " << reply.error().detail;
        EXPECT_TRUE(verifies(signing, *reply, sharedKey("p256")));
    }
    /// The functions that a command calls, from the start of its host on.
    template <class Command>
    std::vector<std::string> sequenceOf(Command command) {
        host.restart();
        fake.setFaults({});
        fake.clearLog();
        EXPECT_EQ(outcomeOf(command()), "ok");
        std::vector<std::string> functions;
        for (const auto& call : fake.calls()) functions.push_back(call.function);
        return functions;
    }
    /// Strikes each call of a command of its own host with one code.
    template <class Command>
    void strikeEach(const char* code, Command command) {
        const auto sequence = sequenceOf(command);
        ASSERT_GT(sequence.size(), 15U);
        for (std::size_t n = 1; n <= sequence.size(); ++n) {
            SCOPED_TRACE(std::string(code) + " " + std::to_string(n) + " " + sequence[n - 1]);
            host.restart();
            fake.clearLog();
            fake.setFaults({"any " + std::to_string(n) + " return " + code});
            const auto reply = command();
            const auto calls = fake.calls();
            ASSERT_GE(calls.size(), n);
            EXPECT_EQ(calls[n - 1].outcome, code);
            EXPECT_LE(fake.callsOf("C_Login").size(), 1U);
            if (!reply) {
                ++failures;
                expectNamed(reply.error());
            }
            expectLoginWorks();
        }
        EXPECT_GT(failures, sequence.size() / 3);
    }
    static void expectNamed(const Error& error) {
        using enum ErrorCode;
        const std::set<ErrorCode> fitting{tokenError, tokenRemoved, moduleFailed, noCertificate};
        EXPECT_TRUE(fitting.contains(error.code)) << errorInfo(error.code).name;
        EXPECT_FALSE(error.reason.empty());
        EXPECT_FALSE(error.detail.empty());
        EXPECT_FALSE(sentence(error, Language::zh).empty());
    }

    FakeModule fake;
    /// libp11 waits for ever when it cannot open a session: the deadline ends it.
    TokenHostClient host{hostProgram(), fake.modulePath(),
                         HostDeadlines{.request = milliseconds(1500), .install = milliseconds(5000)}};
    SignRequest signing;
    /// For the same key, as from an issuer.
    Bytes other = renewedCertificate(sharedKey("p256"));
    std::size_t failures = 0;
};

class NthCallOfARequest : public RenewalFaults, public testing::WithParamInterface<const char*> {};

TEST_P(NthCallOfARequest, struck_endsNamedAndTheNextLoginWorks) {
    strikeEach(GetParam(), [this] { return request(); });
}

class NthCallOfAnInstallation : public RenewalFaults, public testing::WithParamInterface<const char*> {};

TEST_P(NthCallOfAnInstallation, struck_endsNamedAndTheNextLoginWorks) {
    strikeEach(GetParam(), [this] { return install(); });
}

const auto kCodes = testing::Values("CKR_GENERAL_ERROR", "CKR_DEVICE_REMOVED", "0x80000004");
INSTANTIATE_TEST_SUITE_P(Codes, NthCallOfARequest, kCodes);
INSTANTIATE_TEST_SUITE_P(Codes, NthCallOfAnInstallation, kCodes);

struct Row {
    const char* fault;
    const char* request;
    const char* install;
};

TEST_F(RenewalFaults, eachFault_hasItsName) {
    for (const Row& row :
         {Row{"C_Sign 1+ crash", "module_failed/crashed", "ok"},
          Row{"C_Sign 1+ exit 3", "module_failed/exited", "ok"},
          Row{"C_Sign 1+ hang", "module_failed/deadline", "ok"},
          Row{"C_Sign 1+ corrupt", "signature_invalid/request_signature", "ok"},
          Row{"C_OpenSession 1+ return CKR_TOKEN_WRITE_PROTECTED", "token_error/read_only",
              "token_error/read_only"},
          Row{"C_OpenSession 2+ return CKR_SESSION_COUNT", "module_failed/deadline", "ok"},
          Row{"C_CreateObject 1+ return CKR_DEVICE_MEMORY", "ok", "token_error/device_memory"},
          Row{"C_CreateObject 1+ return CKR_FUNCTION_NOT_SUPPORTED", "ok",
              "token_error/function_not_supported"},
          Row{"C_CreateObject 1+ crash", "ok", "module_failed/crashed"},
          Row{"C_Login 1+ return CKR_PIN_EXPIRED", "token_error/pin_expired", "token_error/pin_expired"}}) {
        SCOPED_TRACE(row.fault);
        host.restart();
        fake.setFaults({row.fault});
        EXPECT_EQ(outcomeOf(request()), row.request);
        host.restart();
        fake.setFaults({row.fault});
        EXPECT_EQ(outcomeOf(install()), row.install);
        expectLoginWorks();
    }
}

/// Where the module makes no keys, nothing is signed for one.
TEST_F(RenewalFaults, moduleWithoutKeyGeneration_isNamed) {
    const auto reply =
        host.requestCertificate({.key = signing.key, .newKey = NewKeyKind::p256}, secret("123456"));
    EXPECT_EQ(outcomeOf(reply), "token_error/function_not_supported");
    EXPECT_TRUE(fake.callsOf("C_Sign").empty());
    expectLoginWorks();
}

/// libp11 looks at all slots and fails with one of them: the request is refused by name, not wrong.
TEST_F(RenewalFaults, anotherSlotThatFails_isNamed) {
    fake.addToken({.slot = 9, .serial = "9"});
    host.restart();
    fake.setFaults({"C_GetTokenInfo 3 return CKR_FUNCTION_FAILED"});
    const auto reply = request();
    EXPECT_EQ(outcomeOf(reply), "token_error/function_failed") << (reply ? "" : reply.error().detail);
    expectLoginWorks();
}

/// Final try and lock are seen before the PIN is sent, as for a login.
TEST_F(RenewalFaults, flagsOfThePin_areRespected) {
    fake.setLines(0, {"flag user-pin-final-try on"});
    EXPECT_EQ(outcomeOf(request()), "pin_final_try_declined/not_asked");
    EXPECT_EQ(outcomeOf(install()), "pin_final_try_declined/not_asked");
    fake.setLines(0, {"flag user-pin-locked on"});
    EXPECT_EQ(outcomeOf(request()), "pin_locked");
    EXPECT_EQ(outcomeOf(install()), "pin_locked");
    EXPECT_TRUE(fake.callsOf("C_Login").empty());
    fake.setLines(0, {"always-authenticate"});
    EXPECT_EQ(outcomeOf(request()), "ok");
}

/// The reader asks: neither we nor libp11 have a PIN to give.
TEST_F(RenewalFaults, pinPad_signsAndWrites) {
    fake.setLines(0, {"flag protected-path on", "pad accept"});
    EXPECT_EQ(outcomeOf(host.requestCertificate({.key = signing.key}, SecretBytes())), "ok");
}

}  // namespace
}  // namespace signet::test
