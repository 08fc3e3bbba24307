// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// What happens to tokens while somebody watches: over real token hosts, with events by the test's word. Real
// events of readers are in tests/e2e/card_*_test.py.
#include "tests/agent/child_hosts.hpp"
#include "tests/agent/hosts_fixture.hpp"

#include <csignal>

namespace signet {
namespace {

/// A watcher that keeps what it was told.
struct Watching {
    explicit Watching(Hosts& hosts) : m_hosts(hosts) {
        command = hosts.tokens->watch([this](const TokensChange& change) {
            for (const auto& place : change.added) added.push_back(place.serial);
            for (const auto& place : change.removed) removed.push_back(place.serial);
        });
    }
    Watching(const Watching&) = delete;
    Watching& operator=(const Watching&) = delete;
    ~Watching() {
        if (m_hosts.tokens) m_hosts.tokens->cancel(command);
    }

    std::vector<std::string> added;
    std::vector<std::string> removed;
    CommandId command = 0;

private:
    Hosts& m_hosts;
};

using Serials = std::vector<std::string>;

/// Until nothing is under way any more: the watch for slot events is asked for after the first listing.
bool isSettled(const FakeModule& module) {
    return waitUntil([&] { return !module.callsOf("C_WaitForSlotEvent").empty(); });
}

std::size_t listingsOf(const FakeModule& module) {
    return module.callsOf("C_GetTokenInfo").size();
}

// Issue 3: a second listing without changes answers from memory.
TEST(HostTokensEvents, secondListing_asksNoModule) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const Watching watching(hosts);
    EXPECT_EQ(hosts.list().modules.at(0).result->tokens.size(), 1U);
    ASSERT_TRUE(isSettled(module));
    const auto before = module.calls().size();
    const auto again = hosts.list();
    ASSERT_TRUE(again.modules.at(0).result);
    EXPECT_EQ(again.modules[0].result->tokens.at(0).info.serial, "0001");
    EXPECT_EQ(module.calls().size(), before);
}

TEST(HostTokensEvents, unwatched_everyListingAsks) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    (void)hosts.list();
    const auto before = listingsOf(module);
    (void)hosts.list();
    EXPECT_GT(listingsOf(module), before);
}

TEST(HostTokensEvents, firstListing_isToldAsAdded) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const Watching watching(hosts);
    (void)hosts.list();
    EXPECT_EQ(watching.added, Serials{"0001"});
}

// A PIN's flags are never from memory.
TEST(HostTokensEvents, afterASignature_itsModuleAloneIsAskedAgain) {
    FakeModule signing;
    FakeModule other;
    addStandardToken(signing);
    addStandardToken(other, "0002");
    Hosts hosts({signing.modulePath(), other.modulePath()});
    const Watching watching(hosts);
    const auto inventory = hosts.list();
    const auto request = requestFor(inventory.modules.at(0).result->tokens.at(0));
    EXPECT_FALSE(hosts.sign(signing.modulePath(), request, "000000"));
    ASSERT_TRUE(isSettled(other));
    const auto before = listingsOf(signing);
    const auto untouched = other.calls().size();
    const auto again = hosts.list();
    EXPECT_GT(listingsOf(signing), before);
    EXPECT_EQ(other.calls().size(), untouched);
    EXPECT_TRUE(again.modules.at(0).result->tokens.at(0).info.isPinCountLow);
}

// Issue 3, point 2: a module that only scans at C_Initialize gets a new host.
TEST(HostTokensEvents, usbArrival_startsTheHostAnewAndTellsTheToken) {
    test::SoftHsmStore store;
    store.addToken({.label = "First"});
    Hosts hosts({store.modulePath()});
    const Watching watching(hosts);
    const auto count = [&] { return hosts.list().modules.at(0).result->tokens.size(); };
    const auto before = count();  // SoftHSM has one that is not initialised, too
    store.addToken({.label = "Second"});
    EXPECT_EQ(count(), before) << "nothing has happened yet";
    hosts.event({.source = TokenEventSource::usb, .isArrival = true});
    ASSERT_TRUE(waitUntil([&] { return watching.added.size() == before + 1; }));
    EXPECT_TRUE(watching.removed.empty());
    EXPECT_EQ(count(), before + 1);
}

TEST(HostTokensEvents, usbRemoval_tellsWhatIsGone) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const Watching watching(hosts);
    (void)hosts.list();
    module.setLines(0, {"empty"});
    hosts.event({.source = TokenEventSource::usb});
    ASSERT_TRUE(waitUntil([&] { return !watching.removed.empty(); }));
    EXPECT_EQ(watching.removed, Serials{"0001"});
}

TEST(HostTokensEvents, readerEvent_doesNotTouchAModuleOfOtherTokens) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const Watching watching(hosts);
    (void)hosts.list();
    ASSERT_TRUE(isSettled(module));
    const auto before = module.calls().size();
    hosts.event({.source = TokenEventSource::reader, .isArrival = true, .reader = "R"});
    hosts.event({.source = TokenEventSource::reader, .reader = "R"});
    (void)hosts.list();
    EXPECT_EQ(module.calls().size(), before);
    EXPECT_TRUE(watching.removed.empty());
}

// Issue 3: a helper that dies is noticed at once and is back.
TEST(HostTokensEvents, killedHost_isNoticedAndTheNextSignatureWorks) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const Watching watching(hosts);
    const auto inventory = hosts.list();
    const auto request = requestFor(inventory.modules.at(0).result->tokens.at(0));
    ASSERT_TRUE(isSettled(module));
    const auto children = childHosts();
    ASSERT_EQ(children.size(), 1U);
    const auto before = module.callsOf("C_Initialize").size();
    ASSERT_EQ(::kill(children[0], SIGKILL), 0);
    ASSERT_TRUE(waitUntil([&] { return module.callsOf("C_Initialize").size() > before; }))
        << "nobody has asked, it is asked again by itself";
    EXPECT_TRUE(hosts.sign(module.modulePath(), request, "123456"));
    EXPECT_TRUE(watching.removed.empty());
}

TEST(HostTokensEvents, moduleThatCrashesWhenAskedForSlotEvents_isUsedWithout) {
    FakeModule module;
    addStandardToken(module);
    module.setFaults({"C_WaitForSlotEvent 1+ crash"});
    Hosts hosts({module.modulePath()});
    const Watching watching(hosts);
    const auto inventory = hosts.list();
    const auto request = requestFor(inventory.modules.at(0).result->tokens.at(0));
    // It is asked again by itself, by another host.
    ASSERT_TRUE(waitUntil([&] { return module.callsOf("C_Initialize").size() == 2; }));
    EXPECT_TRUE(hosts.sign(module.modulePath(), request, "123456"));
    EXPECT_TRUE(watching.removed.empty());
    EXPECT_EQ(module.callsOf("C_WaitForSlotEvent").size(), 1U);
}

TEST(HostTokensEvents, hostThatDiesAgainAndAgain_isNotStartedForEver) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const Watching watching(hosts);
    (void)hosts.list();
    ASSERT_TRUE(isSettled(module));
    ASSERT_EQ(::kill(childHosts().at(0), SIGKILL), 0);
    // The one that follows watches too; then nothing is under way.
    ASSERT_TRUE(waitUntil([&] { return module.callsOf("C_WaitForSlotEvent").size() == 2; }));
    ASSERT_TRUE(waitUntil([&] { return module.callsOf("C_GetTokenInfo").size() == 2; }));
    ASSERT_EQ(::kill(childHosts().at(0), SIGKILL), 0);
    ASSERT_TRUE(waitUntil([&] { return childHosts().empty(); }));
    // But for who asks, once the death is known.
    EXPECT_TRUE(waitUntil([&] {
        EXPECT_EQ(hosts.list().modules.at(0).result->tokens.size(), 1U);
        return module.callsOf("C_Initialize").size() == 3;
    }));
}

TEST(HostTokensEvents, cancelledWatcher_hearsNothingMore) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    Watching first(hosts);
    const Watching second(hosts);
    hosts.tokens->cancel(first.command);
    (void)hosts.list();
    EXPECT_TRUE(first.added.empty());
    EXPECT_EQ(second.added.size(), 1U);
}

}  // namespace
}  // namespace signet
