// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// The agent's side of real token hosts, each with the fake module or SoftHSM behind it.
#include "agent/host_tokens.hpp"

#include "tests/agent/hosts_fixture.hpp"

#include <gtest/gtest.h>
#include <openssl/x509.h>

namespace signet {
namespace {

using test::FakeModule;

TEST(HostTokens, modules_answerInTheirOrder) {
    FakeModule first;
    FakeModule second;
    addStandardToken(first);
    addStandardToken(second, "0002");
    Hosts hosts({first.modulePath(), second.modulePath()});
    const auto inventory = hosts.list();
    ASSERT_EQ(inventory.modules.size(), 2U);
    EXPECT_EQ(inventory.modules[0].module, first.modulePath());
    ASSERT_TRUE(inventory.modules[1].result) << inventory.modules[1].result.error().detail;
    EXPECT_EQ(inventory.modules[1].result->tokens.at(0).info.serial, "0002");
}

TEST(HostTokens, withoutModules_listIsEmpty) {
    Hosts hosts({});
    EXPECT_TRUE(hosts.list().modules.empty());
}

TEST(HostTokens, hangingModule_doesNotHoldUpTheOthers) {
    FakeModule good;
    FakeModule hanging;
    addStandardToken(good);
    addStandardToken(hanging);
    hanging.setFaults({"C_GetSlotList 1+ hang"});
    Hosts hosts({hanging.modulePath(), good.modulePath()}, {.list = std::chrono::milliseconds(1500)});
    std::vector<std::size_t> answered;
    std::optional<TokenInventory> inventory;
    hosts.tokens->list([&](const ModuleListing& listing) { answered.push_back(listing.order); },
                       [&](TokenInventory all) { inventory = std::move(all); });
    ASSERT_TRUE(waitUntil([&] { return inventory.has_value(); }));
    EXPECT_EQ(answered, (std::vector<std::size_t>{1, 0})) << "the good one came first";
    ASSERT_FALSE(inventory->modules[0].result);
    EXPECT_EQ(nameOf(inventory->modules[0].result.error()), "module_failed/deadline");
    EXPECT_TRUE(inventory->modules[1].result);
}

TEST(HostTokens, signature_comesBackAndThePinCounts) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const auto inventory = hosts.list();
    ASSERT_TRUE(inventory.modules.at(0).result);
    const auto request = requestFor(inventory.modules[0].result->tokens.at(0));
    const auto wrong = hosts.sign(module.modulePath(), request, "000000");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::pinIncorrect);
    const auto right = hosts.sign(module.modulePath(), request, "123456");
    ASSERT_TRUE(right) << nameOf(right.error()) << right.error().detail;
    EXPECT_EQ(right->signature.size(), 64U);
    EXPECT_EQ(module.callsOf("C_Login").size(), 2U);
}

TEST(HostTokens, crashInTheSignature_isNamedAndTheNextCommandWorks) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const auto inventory = hosts.list();
    ASSERT_TRUE(inventory.modules.at(0).result);
    const auto request = requestFor(inventory.modules[0].result->tokens.at(0));
    module.setFaults({"C_Sign 1 crash"});
    const auto crashed = hosts.sign(module.modulePath(), request, "123456");
    ASSERT_FALSE(crashed);
    EXPECT_EQ(nameOf(crashed.error()), "module_failed/crashed");
    module.setFaults({});
    EXPECT_TRUE(hosts.list().modules.at(0).result);
    EXPECT_TRUE(hosts.sign(module.modulePath(), request, "123456"));
}

TEST(HostTokens, unknownModule_isNamed) {
    Hosts hosts({});
    SignRequest request;
    const auto outcome = hosts.sign("/lib/none.so", request, "123456");
    ASSERT_FALSE(outcome);
    EXPECT_EQ(nameOf(outcome.error()), "module_failed/unknown_module");
    EXPECT_EQ(outcome.error().params.at("module"), "none.so");
}

TEST(HostTokens, cancelledSignature_isInterruptedAndTheNextWorks) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const auto inventory = hosts.list();
    ASSERT_TRUE(inventory.modules.at(0).result);
    const auto request = requestFor(inventory.modules[0].result->tokens.at(0));
    module.setFaults({"C_Sign 1 hang"});
    module.clearLog();
    bool hasReplied = false;
    const auto command = hosts.tokens->sign(module.modulePath(), request, SecretBytes(bytesOf("123456")),
                                            [&](const Result<SignReply>&) { hasReplied = true; });
    ASSERT_TRUE(waitUntil([&] { return !module.callsOf("C_Login").empty(); }));
    hosts.tokens->cancel(command);
    hosts.tokens->cancel(command);
    module.setFaults({});
    EXPECT_TRUE(hosts.sign(module.modulePath(), request, "123456")) << "long before the deadline of 60 s";
    EXPECT_FALSE(hasReplied);
}

TEST(HostTokens, cancelledBeforeItsTurn_isNeverBegun) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const auto inventory = hosts.list();
    ASSERT_TRUE(inventory.modules.at(0).result);
    const auto request = requestFor(inventory.modules[0].result->tokens.at(0));
    module.setFaults({"C_GetSlotList 1 sleep 300"});
    module.clearLog();
    hosts.tokens->list(nullptr, [](const TokenInventory&) {});
    const auto command =
        hosts.tokens->sign(module.modulePath(), request, SecretBytes(bytesOf("123456")),
                           [](const Result<SignReply>&) { ADD_FAILURE() << "was cancelled"; });
    hosts.tokens->cancel(command);
    (void)hosts.list();
    EXPECT_TRUE(module.callsOf("C_Login").empty());
}

TEST(HostTokens, cancelledListing_repliesNothing) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const auto command = hosts.tokens->list([](const ModuleListing&) { ADD_FAILURE() << "was cancelled"; },
                                            [](const TokenInventory&) { ADD_FAILURE() << "was cancelled"; });
    hosts.tokens->cancel(command);
    EXPECT_EQ(hosts.list().modules.size(), 1U);
}

TEST(HostTokens, destroyedWhileAModuleHangs_endsAtOnce) {
    FakeModule module;
    addStandardToken(module);
    module.setFaults({"C_GetSlotList 1+ hang"});
    Hosts hosts({module.modulePath()});
    hosts.tokens->list(nullptr, [](const TokenInventory&) { ADD_FAILURE() << "was destroyed"; });
    ASSERT_TRUE(waitUntil([&] { return !module.callsOf("C_Initialize").empty(); }));
    const auto begin = std::chrono::steady_clock::now();
    hosts.tokens.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5))
        << "not the deadline of 10 s";
    QCoreApplication::processEvents();
}

TEST(HostTokens, pinChange_changesThePin) {
    FakeModule module;
    addStandardToken(module);
    Hosts hosts({module.modulePath()});
    const auto inventory = hosts.list();
    ASSERT_TRUE(inventory.modules.at(0).result);
    const auto request = requestFor(inventory.modules[0].result->tokens.at(0));
    std::optional<Result<void>> changed;
    hosts.tokens->changePin(module.modulePath(), {request.key}, SecretBytes(bytesOf("123456")),
                            SecretBytes(bytesOf("654321")), [&](Result<void> r) { changed = std::move(r); });
    ASSERT_TRUE(waitUntil([&] { return changed.has_value(); }));
    ASSERT_TRUE(*changed) << nameOf(changed->error()) << changed->error().detail;
    EXPECT_FALSE(hosts.sign(module.modulePath(), request, "123456"));
    EXPECT_TRUE(hosts.sign(module.modulePath(), request, "654321"));
}

Bytes keyDer(EVP_PKEY* key) {
    std::uint8_t* der = nullptr;
    const int size = i2d_PrivateKey(key, &der);
    Bytes bytes(der, der + std::max(size, 0));
    OPENSSL_free(der);
    return bytes;
}

// R15: the flow over a real SoftHSM token in a real token host, for each kind of key.
TEST(HostTokens, softHsmToken_logsInWithEveryKeyType) {
    for (const auto kind : {KeyKind::p256, KeyKind::p384, KeyKind::rsa2048, KeyKind::rsa3072}) {
        SCOPED_TRACE(toString(kind));
        test::SoftHsmStore store;
        store.addToken({.label = "Signet"});
        const auto issued = sharedPki().enterprise(kind);
        store.importKeyAndCertificate("Signet", "01", keyDer(issued.key.get()), issued.certificate.der());
        store.importCertificate("Signet", "02", issued.chain.at(1).der(), "CA");
        Hosts hosts({store.modulePath()});
        Desktop desktop(false);
        LoginFlow flow({desktop.ui,
                        *hosts.tokens,
                        desktop.platform,
                        desktop.checker,
                        desktop.trust,
                        desktop.clock,
                        desktop.timers,
                        {kIssuer}},
                       desktop.request);
        flow.start([&](Result<LoginResult> result) { desktop.outcome = std::move(result); });
        ASSERT_TRUE(waitUntil([&] {
            desktop.loop.runAll();
            return desktop.outcome.has_value();
        }));
        ASSERT_TRUE(desktop.isLoggedIn()) << nameOf(desktop.error()) << desktop.error().detail;
        EXPECT_EQ(desktop.platform.consumed, 1);
        EXPECT_GT((**desktop.outcome).durations.sign.count(), 0);
    }
}

}  // namespace
}  // namespace signet
