// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/host_tokens.hpp"
#include "base/encoding.hpp"
#include "pkcs11/token_watch.hpp"
#include "tests/agent/login_flow_fixture.hpp"
#include "tests/agent/qt_wait.hpp"
#include "tests/doubles/fake_module_fixture.hpp"
#include "tests/doubles/softhsm_token.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace signet {

using test::FakeModule;

inline std::filesystem::path hostProgram() {
    return std::filesystem::path(std::getenv("SIGNET_BIN")) / "signet-token-host";
}

/// Hosts for these modules and an event loop.
struct Hosts {
    explicit Hosts(std::vector<std::filesystem::path> modules, HostDeadlines deadlines = {})
        : tokens(std::in_place, hostProgram(), modules, deadlines,
                 [this](std::function<void(const TokenEvent&)> onEvent) {
                     event = std::move(onEvent);
                     return std::shared_ptr<void>();
                 }) {}

    TokenInventory list() {
        std::optional<TokenInventory> inventory;
        tokens->list(nullptr, [&](TokenInventory all) { inventory = std::move(all); });
        EXPECT_TRUE(waitUntil([&] { return inventory.has_value(); }));
        return inventory.value_or(TokenInventory{});
    }
    Result<SignReply> sign(const std::filesystem::path& module, const SignRequest& request,
                           std::string_view pin) {
        std::optional<Result<SignReply>> outcome;
        tokens->sign(module, request, SecretBytes(bytesOf(pin)),
                     [&](Result<SignReply> r) { outcome = std::move(r); });
        EXPECT_FALSE(outcome) << "never before the call returns";
        if (!waitUntil([&] { return outcome.has_value(); }))
            return fail(ErrorCode::internalError, "no reply");
        return std::move(*outcome);
    }

    QCoreApplication& application = testApplication();  ///< first: the others need it
    /// What happens to readers and USB devices, by the test's word; empty before somebody watches.
    std::function<void(const TokenEvent&)> event;
    std::optional<HostTokens> tokens;
};

inline SignRequest requestFor(const Token& token) {
    const auto& object = token.certificates.at(0);
    SignRequest request;
    request.key = {token.info.slot, token.info.label, token.info.serial, object.id, object.der};
    request.algorithms = {Algorithm::es256};
    const auto certificate = Certificate::fromDer(object.der);
    request.statements = {signingInput(encodeProtected(Algorithm::es256, {*certificate}), R"({"a":1})")};
    return request;
}

inline void addStandardToken(FakeModule& module, const std::string& serial = "0001") {
    module.addToken({.serial = serial});
    module.addKey("01", test::sharedKey("p256"));
}

}  // namespace signet
