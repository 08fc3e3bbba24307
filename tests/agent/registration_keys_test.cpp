// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/registration_keys.hpp"

#include "tests/agent/login_flow_fixture.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

struct Shelf {
    ScriptedLoop loop;
    ScriptedTokens tokens{loop};
    TrustList trust = trustOf(sharedPki());

    RegistrationKeys keys() {
        TokenInventory inventory;
        tokens.list({}, [&](TokenInventory listed) { inventory = std::move(listed); });
        loop.runAll();
        return registrationKeys(inventory, trust, sharedPki().now());
    }
};

TEST(RegistrationKeys, usableAndRefused_areToldApart) {
    Shelf shelf;
    auto& device = shelf.tokens.addToken("/lib/a.so", "Token A", "0001");
    ScriptedTokens::addCertificate(device, sharedPki().enterprise(), "login");
    ScriptedTokens::addCertificate(device, sharedPki().expired(), "old");
    ScriptedTokens::addCertificate(device, sharedPki().person(), "lost", false);
    const auto keys = shelf.keys();
    EXPECT_EQ(keys.tokens, 1U);
    EXPECT_FALSE(keys.fault);
    ASSERT_EQ(keys.usable.size(), 1U);
    EXPECT_EQ(keys.usable[0].fingerprintHex, sharedPki().enterprise().certificate.fingerprintHex());
    ASSERT_EQ(keys.refused.size(), 2U) << "CA certificates are left out";
    EXPECT_EQ(keys.refused[0].reason.code, ErrorCode::certificateExpired);
    EXPECT_EQ(keys.refused[1].reason.code, ErrorCode::noCertificate);
}

TEST(RegistrationKeys, nothingThere_isNoToken) {
    const auto keys = Shelf().keys();
    EXPECT_EQ(keys.tokens, 0U);
    ASSERT_TRUE(keys.fault);
    EXPECT_EQ(keys.fault->code, ErrorCode::noToken);
}

TEST(RegistrationKeys, failedModule_isTheCause) {
    Shelf shelf;
    shelf.tokens.addToken("/lib/a.so", "Token A", "0001");
    shelf.tokens.modules[0].failure = Error{.code = ErrorCode::moduleFailed, .reason = "crashed"};
    const auto keys = shelf.keys();
    ASSERT_TRUE(keys.fault);
    EXPECT_EQ(nameOf(*keys.fault), "module_failed/crashed");
}

TEST(RegistrationKeys, nothingUsable_hasTheReason) {
    Shelf shelf;
    auto& device = shelf.tokens.addToken("/lib/a.so", "Token A", "0001");
    ScriptedTokens::addCertificate(device, sharedPki().expired(), "old");
    const auto keys = shelf.keys();
    EXPECT_EQ(keys.tokens, 1U);
    EXPECT_TRUE(keys.usable.empty());
    ASSERT_TRUE(keys.fault);
    EXPECT_EQ(keys.fault->code, ErrorCode::certificateExpired);
}

}  // namespace
}  // namespace signet
