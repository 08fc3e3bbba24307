// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Modules that crash, call exit(), hang or lie about lengths (attacks 44).
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <ostream>
#include <thread>

namespace signet::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Room for a slow machine; the deadline that hangs wait for is shorter.
constexpr milliseconds kShort{500};
constexpr milliseconds kFairlySoon{5'000};

struct FaultyModule : testing::Test {
    FaultyModule() { fake.addToken().addKey("01", sharedKey("p256")); }

    TokenHostClient client(HostDeadlines deadlines = {}) const {
        return TokenHostClient(hostProgram(), fake.modulePath(), deadlines);
    }
    /// What "the next command works" means: list and sign, with a signature that verifies.
    void expectWorks(TokenHostClient& host) {
        fake.setFaults({});
        const auto listing = host.list();
        ASSERT_TRUE(listing) << listing.error().detail;
        const auto request = requestFor(*listing, Algorithm::es256);
        const auto reply = host.sign(request, secret("123456"));
        ASSERT_TRUE(reply) << reply.error().detail;
        EXPECT_TRUE(verifies(request, *reply, sharedKey("p256")));
    }

    FakeModule fake;
};

struct Case {
    const char* fault;
    const char* reason;
};

/// Short ones where the deadline is what is waited for; else the usual, for an exit takes its time on a busy
/// machine.
HostDeadlines deadlinesFor(const Case& fault, HostDeadlines shortened) {
    return std::string_view(fault.reason) == "deadline" ? shortened : HostDeadlines{};
}

void PrintTo(const Case& fault, std::ostream* stream) {
    *stream << fault.fault;
}

class FaultyListing : public FaultyModule, public testing::WithParamInterface<Case> {};
class FaultySignature : public FaultyModule, public testing::WithParamInterface<Case> {};

std::string nameOf(const testing::TestParamInfo<Case>& info) {
    std::string name = info.param.fault;
    for (char& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    return name;
}

TEST_P(FaultyListing, deadModule_isModuleFailedAndTheNextCommandWorks) {
    const auto deadlines = deadlinesFor(GetParam(), {kShort, kShort, kShort});
    auto host = client(deadlines);
    fake.setFaults({GetParam().fault});
    const auto start = steady_clock::now();
    const auto listing = host.list();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, ErrorCode::moduleFailed);
    EXPECT_EQ(listing.error().reason, GetParam().reason);
    EXPECT_EQ(listing.error().params.at("module"), "fake.so");
    EXPECT_LT(steady_clock::now() - start, deadlines.list + kFairlySoon);
    auto patient = client();
    expectWorks(patient);
    expectWorks(host);
}

INSTANTIATE_TEST_SUITE_P(
    Everywhere, FaultyListing,
    testing::Values(Case{"C_GetFunctionList 1 crash", "crashed"}, Case{"C_Initialize 1 crash", "crashed"},
                    Case{"C_GetSlotList 1 crash", "crashed"}, Case{"C_GetTokenInfo 1 crash", "crashed"},
                    Case{"C_OpenSession 1 crash", "crashed"}, Case{"C_FindObjects 2 crash", "crashed"},
                    Case{"C_GetAttributeValue 1 crash", "crashed"}, Case{"C_CloseSession 1 crash", "crashed"},
                    Case{"C_Initialize 1 exit 0", "exited"}, Case{"C_GetSlotList 1 exit 0", "exited"},
                    Case{"C_OpenSession 1 exit 3", "exited"}, Case{"C_Initialize 1 hang", "deadline"},
                    Case{"C_GetSlotList 1 hang", "deadline"}, Case{"C_CloseSession 1 hang", "deadline"}),
    nameOf);

TEST_P(FaultySignature, deadModule_isModuleFailedAndTheNextCommandWorks) {
    auto host = client(deadlinesFor(GetParam(), {milliseconds(10'000), kShort, kShort}));
    const auto request = requestFrom(host, Algorithm::es256);
    fake.setFaults({GetParam().fault});
    const auto reply = host.sign(request, secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::moduleFailed);
    EXPECT_EQ(reply.error().reason, GetParam().reason);
    auto patient = client();
    expectWorks(patient);
    expectWorks(host);
}

INSTANTIATE_TEST_SUITE_P(
    Everywhere, FaultySignature,
    testing::Values(Case{"C_GetTokenInfo 1 crash", "crashed"}, Case{"C_Login 1 crash", "crashed"},
                    Case{"C_SignInit 1 crash", "crashed"}, Case{"C_Sign 1 crash", "crashed"},
                    Case{"C_Logout 1 crash", "crashed"}, Case{"C_Login 1 exit 0", "exited"},
                    Case{"C_Sign 1 exit 0", "exited"}, Case{"C_Login 1 hang", "deadline"},
                    Case{"C_Sign 1 hang", "deadline"}),
    nameOf);

/// A signature takes longer than a listing may: each command has its own deadline.
TEST_F(FaultyModule, slowSignature_isWaitedFor) {
    auto host = client({milliseconds(10'000), milliseconds(30'000), milliseconds(10'000)});
    const auto request = requestFrom(host, Algorithm::es256);
    fake.setFaults({"C_Sign 1 sleep 700"});
    const auto reply = host.sign(request, secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_GE(reply->signDuration, milliseconds(700));
}

TEST_F(FaultyModule, interruptOfAHang_endsItAsCancelled) {
    auto host = client();
    const auto request = requestFrom(host, Algorithm::es256);
    fake.setFaults({"C_Sign 1 hang"});
    std::thread canceller([&] {
        EXPECT_TRUE(eventually([&] { return !fake.callsOf("C_Sign").empty(); }));
        host.interrupt();
    });
    const auto reply = host.sign(request, secret("123456"));
    canceller.join();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::userCancelled);
    expectWorks(host);
}

TEST_F(FaultyModule, crash_leavesTheHostOfAnotherModuleAlone) {
    FakeModule other;
    other.addToken({.label = "Other"}).addKey("01", sharedKey("p256"));
    TokenHostClient otherHost(hostProgram(), other.modulePath());
    ASSERT_TRUE(otherHost.list());
    const pid_t before = otherHost.processId();
    ASSERT_NE(before, 0);

    auto host = client();
    fake.setFaults({"C_GetSlotList 1 crash"});
    ASSERT_FALSE(host.list());
    const auto listing = otherHost.list();
    ASSERT_TRUE(listing);
    EXPECT_EQ(listing->tokens.at(0).info.label, "Other");
    EXPECT_EQ(otherHost.processId(), before);
}

/// A hang of one module does not delay the answer of another.
TEST_F(FaultyModule, hang_doesNotDelayAnotherModule) {
    FakeModule other;
    other.addToken().addKey("01", sharedKey("p256"));
    fake.setFaults({"C_GetSlotList 1 hang"});
    auto host = client();
    std::thread hanging([&] { EXPECT_FALSE(host.list()); });
    EXPECT_TRUE(eventually([&] { return !fake.callsOf("C_GetSlotList").empty(); }));
    TokenHostClient otherHost(hostProgram(), other.modulePath());
    EXPECT_TRUE(otherHost.list());
    host.interrupt();
    hanging.join();
}

TEST_F(FaultyModule, fiftyCrashes_leaveNoDescriptorAndNoZombie) {
    auto host = client();
    ASSERT_TRUE(host.list());
    const auto before = openDescriptors();
    for (int round = 0; round < 50; ++round) {
        fake.setFaults({round % 2 == 0 ? "C_GetSlotList 1 crash" : "C_OpenSession 1 exit 1"});
        ASSERT_FALSE(host.list()) << round;
        fake.setFaults({});
        ASSERT_TRUE(host.list()) << round;
    }
    EXPECT_EQ(openDescriptors(), before);
    EXPECT_EQ(zombies(), 0U);
}

TEST_F(FaultyModule, endOfTheClient_endsItsProcess) {
    pid_t process = 0;
    {
        auto host = client();
        ASSERT_TRUE(host.list());
        process = host.processId();
        ASSERT_EQ(::kill(process, 0), 0);
    }
    EXPECT_NE(::kill(process, 0), 0);
    EXPECT_EQ(zombies(), 0U);
}

/// The process is killed from outside while idle, as by the kernel out of memory: the next command has a new
/// one.
TEST_F(FaultyModule, killedWhileIdle_nextCommandWorks) {
    auto host = client();
    ASSERT_TRUE(host.list());
    const pid_t before = host.processId();
    ASSERT_EQ(::kill(before, SIGKILL), 0);
    const auto first = host.list();
    if (!first) {
        EXPECT_EQ(first.error().code, ErrorCode::moduleFailed);
    }
    expectWorks(host);
    EXPECT_NE(host.processId(), before);
}

class Garbage : public FaultyModule, public testing::WithParamInterface<const char*> {};

/// Every count and length of a listing, out of all bounds: an error or a listing without what was unreadable,
/// never a crash.
TEST_P(Garbage, listing_isAnErrorOrLeavesItOut) {
    for (const char* length : {"4294967295", "18446744073709551615", "100000", "9223372036854775807"}) {
        SCOPED_TRACE(length);
        auto host = client();
        ASSERT_TRUE(host.list());
        const pid_t before = host.processId();
        fake.setFaults({std::string(GetParam()) + " length " + length});
        const auto listing = host.list();
        if (!listing) {
            EXPECT_EQ(listing.error().code, ErrorCode::tokenError) << listing.error().detail;
        }
        if (listing && listing->tokens.empty()) {
            EXPECT_EQ(listing->faults.at(0).error.code, ErrorCode::tokenError);
        }
        EXPECT_EQ(host.processId(), before);
        expectWorks(host);
    }
}

INSTANTIATE_TEST_SUITE_P(Everywhere, Garbage,
                         testing::Values("C_GetSlotList 1", "C_GetSlotList 2", "C_GetTokenInfo 1",
                                         "C_FindObjects 1", "C_FindObjects 2", "C_GetAttributeValue 1",
                                         "C_GetAttributeValue 2", "C_GetAttributeValue 1+"));

TEST_F(FaultyModule, wrongSignatureLength_isRefused) {
    for (const char* length : {"0", "1", "63", "65", "1025", "4294967295", "18446744073709551615"}) {
        SCOPED_TRACE(length);
        auto host = client();
        const auto request = requestFrom(host, Algorithm::es256);
        const pid_t before = host.processId();
        fake.setFaults({"C_Sign 1 length " + std::string(length)});
        const auto reply = host.sign(request, secret("123456"));
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::signatureInvalid);
        EXPECT_EQ(host.processId(), before);
        expectWorks(host);
    }
}

TEST_F(FaultyModule, wrongMechanismCount_isATokenError) {
    auto host = client();
    const auto request = requestFrom(host, Algorithm::es256);
    for (const char* which : {"C_GetMechanismList 1", "C_GetMechanismList 2"}) {
        SCOPED_TRACE(which);
        fake.setFaults({std::string(which) + " length 4294967295"});
        const auto reply = host.sign(request, secret("123456"));
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::tokenError);
        EXPECT_TRUE(fake.callsOf("C_Login").empty());
    }
    expectWorks(host);
}

/// A token whose texts are not UTF-8 and whose PIN lengths are nonsense is listed all the same.
TEST_F(FaultyModule, garbageTokenTexts_areListed) {
    auto host = client();
    fake.setFaults({"C_GetTokenInfo 1 corrupt", "C_GetInfo 1 corrupt"});
    const auto listing = host.list();
    ASSERT_TRUE(listing) << listing.error().detail;
    EXPECT_EQ(listing->tokens.size(), 1U);
    expectWorks(host);
}

/// A library that something else in the process has initialised is used.
TEST_F(FaultyModule, alreadyInitialized_isNoFault) {
    FakeModule other;
    other.addToken().addKey("01", sharedKey("p256"));
    other.setFaults({"C_Initialize 1 after CKR_CRYPTOKI_ALREADY_INITIALIZED"});
    TokenHostClient host(hostProgram(), other.modulePath());
    const auto listing = host.list();
    ASSERT_TRUE(listing) << listing.error().detail;
    EXPECT_EQ(listing->tokens.size(), 1U);
}

}  // namespace
}  // namespace signet::test
