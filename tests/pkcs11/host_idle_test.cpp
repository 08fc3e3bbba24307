// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// What a token host says between commands: its death, and slot events of its module.
#include "base/fd.hpp"
#include "pkcs11/token_host_client.hpp"
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <thread>

namespace signet {
namespace {

using namespace std::chrono_literals;
using test::FakeModule;

/// A descriptor that wakes, at the latest after ten seconds so that a test ends.
class Wake {
public:
    Wake() : m_thread([this] { run(); }) {}
    Wake(const Wake&) = delete;
    Wake& operator=(const Wake&) = delete;
    ~Wake() {
        (void)!::write(m_end.get(), &kOne, sizeof(kOne));
        m_thread.join();
    }
    int get() const { return m_event.get(); }
    void wake() const { (void)!::write(m_event.get(), &kOne, sizeof(kOne)); }

private:
    static constexpr std::uint64_t kOne = 1;
    void run() const {
        pollfd end{m_end.get(), POLLIN, 0};
        if (::poll(&end, 1, 10'000) == 0) wake();
    }
    const Fd m_event{::eventfd(0, EFD_CLOEXEC)};
    const Fd m_end{::eventfd(0, EFD_CLOEXEC)};
    std::thread m_thread;
};

std::size_t slotCalls(const FakeModule& module, std::string_view outcome) {
    const auto calls = module.callsOf("C_WaitForSlotEvent");
    return static_cast<std::size_t>(
        std::ranges::count_if(calls, [&](const auto& call) { return call.outcome == outcome; }));
}

/// Until a thread of the host waits for a slot event.
bool isWaiting(const FakeModule& module, std::size_t times = 1) {
    return test::eventually([&] { return slotCalls(module, "waits") >= times; });
}

void addStandardToken(FakeModule& module) {
    module.addToken();
    module.addKey("01", test::sharedKey("p256"));
}

TEST(HostIdle, wakeDescriptor_endsTheSleepAndIsNotRead) {
    FakeModule module;
    TokenHostClient client(test::hostProgram(), module.modulePath());
    const Wake wake;
    wake.wake();
    EXPECT_EQ(client.waitIdle(wake.get()), IdleEvent::woken) << "no host runs";
    ASSERT_TRUE(client.list());
    EXPECT_EQ(client.waitIdle(wake.get()), IdleEvent::woken);
}

// Issue 3: a helper that dies is noticed at once and is back with a login.
TEST(HostIdle, deathOfTheHost_isNoticedAndTheNextSignatureWorks) {
    FakeModule module;
    addStandardToken(module);
    TokenHostClient client(test::hostProgram(), module.modulePath());
    const auto request = test::requestFrom(client, Algorithm::es256);
    ASSERT_EQ(::kill(client.processId(), SIGKILL), 0);
    const Wake wake;
    EXPECT_EQ(client.waitIdle(wake.get()), IdleEvent::hostDied);
    EXPECT_EQ(client.processId(), 0);
    EXPECT_TRUE(client.sign(request, test::secret("123456")));
    EXPECT_EQ(test::zombies(), 0U);
}

TEST(HostIdle, slotEvent_isToldOnceEach) {
    FakeModule module;
    addStandardToken(module);
    module.enableSlotEvents();
    TokenHostClient client(test::hostProgram(), module.modulePath());
    ASSERT_TRUE(client.watchSlots());
    const Wake wake;
    for (int i = 0; i < 3; ++i) {
        module.tellSlotEvent();
        EXPECT_EQ(client.waitIdle(wake.get()), IdleEvent::slotChanged);
        EXPECT_TRUE(client.list());
    }
    wake.wake();
    EXPECT_EQ(client.waitIdle(wake.get()), IdleEvent::woken);
}

TEST(HostIdle, slotEventBeforeAReply_isKept) {
    FakeModule module;
    addStandardToken(module);
    module.enableSlotEvents();
    TokenHostClient client(test::hostProgram(), module.modulePath());
    ASSERT_TRUE(client.watchSlots());
    module.tellSlotEvent();
    // The event is on its way once the module is asked for the next one.
    ASSERT_TRUE(isWaiting(module, 2));
    ASSERT_TRUE(client.list());
    const Wake wake;
    EXPECT_EQ(client.waitIdle(wake.get()), IdleEvent::slotChanged);
}

TEST(HostIdle, afterARestart_itWatchesAgain) {
    FakeModule module;
    addStandardToken(module);
    module.enableSlotEvents();
    TokenHostClient client(test::hostProgram(), module.modulePath());
    ASSERT_TRUE(client.watchSlots());
    const auto first = client.processId();
    client.restart();
    EXPECT_EQ(client.processId(), 0);
    ASSERT_TRUE(client.list());
    EXPECT_NE(client.processId(), first);
    module.tellSlotEvent();
    const Wake wake;
    EXPECT_EQ(client.waitIdle(wake.get()), IdleEvent::slotChanged);
}

TEST(HostIdle, moduleWithoutSlotEvents_staysSilent) {
    FakeModule module;
    addStandardToken(module);
    TokenHostClient client(test::hostProgram(), module.modulePath());
    ASSERT_TRUE(client.watchSlots());
    ASSERT_TRUE(client.watchSlots()) << "once more is no error";
    ASSERT_TRUE(client.list());
    EXPECT_TRUE(test::eventually([&] { return slotCalls(module, "CKR_NO_EVENT") == 1; }));
}

// Issue 3, point 2: a module that blocks its other functions while it waits for an event is found out when it
// begins to, and not by the user's signature.
TEST(HostIdle, moduleThatLocksWhileItWaits_goesOnWithoutSlotEvents) {
    FakeModule module;
    addStandardToken(module);
    module.enableSlotEvents(true);
    TokenHostClient client(test::hostProgram(), module.modulePath(), {.list = 700ms});
    const auto request = test::requestFrom(client, Algorithm::es256);
    const auto refused = client.watchSlots();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "deadline");
    const auto signature = client.sign(request, test::secret("123456"));
    ASSERT_TRUE(signature) << signature.error().detail;
    EXPECT_TRUE(client.list());
    EXPECT_EQ(module.callsOf("C_Initialize").size(), 2U);
    EXPECT_EQ(module.callsOf("C_Login").size(), 1U);
}

// A module that crashes at it: found out once, and never asked for again.
TEST(HostIdle, moduleThatCrashesWhenAskedForSlotEvents_goesOnWithout) {
    FakeModule module;
    addStandardToken(module);
    module.setFaults({"C_WaitForSlotEvent 1+ crash"});
    TokenHostClient client(test::hostProgram(), module.modulePath());
    const auto refused = client.watchSlots();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "crashed");
    for (int i = 0; i < 3; ++i) {
        const auto request = test::requestFrom(client, Algorithm::es256);
        EXPECT_TRUE(client.sign(request, test::secret("123456")));
        client.restart();
    }
    EXPECT_EQ(module.callsOf("C_WaitForSlotEvent").size(), 1U);
}

// The same after a restart: the command that had started the host goes through.
TEST(HostIdle, moduleThatCrashesAtTheNextWatch_doesNotFailACommand) {
    FakeModule module;
    addStandardToken(module);
    module.enableSlotEvents();
    TokenHostClient client(test::hostProgram(), module.modulePath());
    const auto request = test::requestFrom(client, Algorithm::es256);
    ASSERT_TRUE(client.watchSlots());
    module.setFaults({"C_WaitForSlotEvent 1+ crash"});
    client.restart();
    EXPECT_TRUE(client.sign(request, test::secret("123456")));
    EXPECT_EQ(module.callsOf("C_Login").size(), 1U);
}

// A module that says "event" without waiting for one.
TEST(HostIdle, stormOfSlotEvents_endsAndHoldsUpNothing) {
    FakeModule module;
    addStandardToken(module);
    module.setFaults({"C_WaitForSlotEvent 1+ after CKR_OK"});
    TokenHostClient client(test::hostProgram(), module.modulePath());
    ASSERT_TRUE(client.watchSlots());
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(client.list());
    EXPECT_LE(slotCalls(module, "CKR_OK"), 32U);
    const Wake wake;
    wake.wake();
    (void)client.waitIdle(wake.get());
    EXPECT_EQ(client.waitIdle(wake.get()), IdleEvent::woken);
}

// Issue 3, point 4: no thread support.
TEST(HostIdle, moduleWithoutThreads_isUsedByOne) {
    for (const auto* code : {"CKR_CANT_LOCK", "CKR_NEED_TO_CREATE_THREADS", "CKR_ARGUMENTS_BAD"}) {
        SCOPED_TRACE(code);
        FakeModule module;
        addStandardToken(module);
        module.enableSlotEvents();
        module.setFaults({std::string("C_Initialize 1 return ") + code});
        TokenHostClient client(test::hostProgram(), module.modulePath());
        const auto listing = client.list();
        ASSERT_TRUE(listing) << listing.error().detail;
        EXPECT_EQ(listing->tokens.size(), 1U);
        ASSERT_TRUE(client.watchSlots());
        ASSERT_TRUE(client.list());
        EXPECT_TRUE(module.callsOf("C_WaitForSlotEvent").empty()) << "not by a second thread";
    }
}

}  // namespace
}  // namespace signet
