// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// No PIN stays in memory, arguments, environment or logs (attack 40).
// R29
#include "tests/pkcs11/memory_scan.hpp"

#include "base/file.hpp"
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

namespace signet::test {
namespace {

std::string describe(const Scan& scan) {
    std::string text;
    for (const auto& hit : scan.hits) text += hit.mapping + " +" + std::to_string(hit.offset) + "\n";
    return text;
}

/// Memory, arguments and environment of one process.
void expectClean(pid_t process, const Needle& needle) {
    ASSERT_NE(process, 0);
    const auto scan = scanMemory(process, needle);
    if (!scan && scan.error().reason == "no_rights")
        GTEST_SKIP() << "no right to read the memory: " << scan.error().detail;
    ASSERT_TRUE(scan);
    EXPECT_GT(scan->scannedBytes, 100'000U);
    EXPECT_TRUE(scan->hits.empty()) << describe(*scan);
    const std::string folder = "/proc/" + std::to_string(process);
    EXPECT_EQ(countInFile(folder + "/cmdline", needle).value_or(1), 0U);
    EXPECT_EQ(countInFile(folder + "/environ", needle).value_or(1), 0U);
}

TEST(MemoryScan, memoryThatHoldsIt_isFound) {
    const Needle needle;
    const auto before = scanMemory(::getpid(), needle);
    if (!before) GTEST_SKIP() << "no right to read the memory: " << before.error().detail;
    EXPECT_TRUE(before->hits.empty()) << describe(*before);
    {
        const SecretBytes pin = needle.typed();
        const auto held = scanMemory(::getpid(), needle);
        ASSERT_TRUE(held);
        EXPECT_GE(held->hits.size(), 1U);
        EXPECT_TRUE(needle.isAt(pin.data()));
    }
    const auto after = scanMemory(::getpid(), needle);
    ASSERT_TRUE(after);
    EXPECT_TRUE(after->hits.empty()) << describe(*after);
}

struct FakeHost : testing::Test {
    FakeHost() { fake.addToken({.pinSha256 = needle.sha256()}).addKey("01", sharedKey("rsa2048")); }

    Needle needle;
    FakeModule fake;
    TokenHostClient host{hostProgram(), fake.modulePath()};
};

TEST_F(FakeHost, afterASignature_nobodyHoldsThePin) {
    const auto request = requestFrom(host, Algorithm::rs256);
    const auto reply = host.sign(request, needle.typed());
    ASSERT_TRUE(reply) << reply.error().detail;
    expectClean(host.processId(), needle);
    expectClean(::getpid(), needle);
    EXPECT_EQ(countInFile(fake.logPath().string(), needle).value_or(1), 0U);
}

TEST_F(FakeHost, afterAWrongPin_nobodyHoldsIt) {
    const Needle wrong;
    const auto request = requestFrom(host, Algorithm::rs256);
    ASSERT_FALSE(host.sign(request, wrong.typed()));
    expectClean(host.processId(), wrong);
    expectClean(::getpid(), wrong);
}

/// Each way out after the PIN has come: refused before the token, token error, always-authenticate.
TEST_F(FakeHost, afterEachFailure_nobodyHoldsThePin) {
    const auto request = requestFrom(host, Algorithm::rs256);
    for (const char* fault :
         {"C_GetTokenInfo 1", "C_OpenSession 1", "C_Login 1", "C_SignInit 1", "C_Sign 1", "C_Logout 1"}) {
        SCOPED_TRACE(fault);
        fake.setFaults({std::string(fault) + " return CKR_DEVICE_ERROR"});
        (void)host.sign(request, needle.typed());
        expectClean(host.processId(), needle);
        expectClean(::getpid(), needle);
    }
    auto strange = request;
    strange.statements = {"not a statement"};
    ASSERT_FALSE(host.sign(strange, needle.typed()));
    expectClean(host.processId(), needle);
    expectClean(::getpid(), needle);
}

TEST_F(FakeHost, afterAChangeOfPin_nobodyHoldsEither) {
    const Needle next;
    const auto request = requestFrom(host, Algorithm::rs256);
    const auto changed = host.changePin({request.key}, needle.typed(), next.typed());
    ASSERT_TRUE(changed) << changed.error().detail;
    expectClean(host.processId(), needle);
    expectClean(host.processId(), next);
    expectClean(::getpid(), needle);
    expectClean(::getpid(), next);
}

/// The control: while C_Login runs, the host has it, and the scanner finds it there. Killed, the caller has
/// nothing.
TEST_F(FakeHost, duringLogin_theScannerFindsIt) {
    const auto request = requestFrom(host, Algorithm::rs256);
    fake.setFaults({"C_Login 1 hang"});
    std::thread observer([&] {
        EXPECT_TRUE(eventually([&] { return !fake.callsOf("C_Login").empty(); }));
        const auto scan = scanMemory(host.processId(), needle);
        if (scan) {
            EXPECT_GE(scan->hits.size(), 1U);
        }
        host.interrupt();
    });
    const auto reply = host.sign(request, needle.typed());
    observer.join();
    ASSERT_FALSE(reply);
    expectClean(::getpid(), needle);
}

/// SoftHSM, and the PIN in nothing that it leaves behind. The store is filled with another PIN, which the
/// change replaces, so that no tool gets the needle as an argument.
TEST(SoftHsmHost, afterChangeAndSignature_nobodyHoldsThePin) {
    const Needle needle;
    SoftHsmStore store;
    store.addToken({.label = "scan"});
    const auto& key = sharedKey("p256");
    store.importKeyAndCertificate("scan", "01", key.key, key.certificate);
    TokenHostClient host(hostProgram(), SoftHsmStore::modulePath());
    const auto request = requestFrom(host, Algorithm::es256);
    const auto changed = host.changePin({request.key}, secret("123456"), needle.typed());
    ASSERT_TRUE(changed) << changed.error().detail;
    expectClean(host.processId(), needle);
    const auto reply = host.sign(request, needle.typed());
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(request, *reply, key));
    expectClean(host.processId(), needle);
    expectClean(::getpid(), needle);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(store.folder()))
        if (entry.is_regular_file()) {
            EXPECT_EQ(countInFile(entry.path().string(), needle).value_or(1), 0U) << entry.path();
        }
}

TEST(SoftHsmHost, afterAWrongPin_nobodyHoldsIt) {
    const Needle wrong;
    SoftHsmStore store;
    store.addToken({.label = "scan"});
    const auto& key = sharedKey("p256");
    store.importKeyAndCertificate("scan", "01", key.key, key.certificate);
    TokenHostClient host(hostProgram(), SoftHsmStore::modulePath());
    const auto request = requestFrom(host, Algorithm::es256);
    ASSERT_FALSE(host.sign(request, wrong.typed()));
    expectClean(host.processId(), wrong);
    expectClean(::getpid(), wrong);
}

}  // namespace
}  // namespace signet::test
