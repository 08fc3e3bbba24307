// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/webeid_flow.hpp"
#include "tests/agent/login_flow_fixture.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace signet {

inline const std::string kSite = "https://shop.example.test:8443";
/// 32 bytes in base64, as Web eID's server libraries make them.
inline const std::string kNonce = "mWGM7NJ0tFb5oHBBUpvqvZCMSXBcvqSAv0S6f8FVfGo=";

/// A desktop with one token, and a site that asks for a Web eID token, all by script. Unless `certificate` is
/// given the token holds the enterprise's P-256 certificate.
struct WebEidDesktop {
    ScriptedLoop loop;
    ScriptedTimers timers;
    ScriptedUi ui{loop};
    ScriptedTokens tokens{loop};
    ScriptedPlatform platform{loop, kIssuer};
    ScriptedChecker checker{loop};
    ScriptedJournal journal;
    FakeClock clock;
    TrustList trust = trustOf(sharedPki());
    WebEidRequest request{kSite, kNonce, true};
    bool usePinPad = true;
    std::unique_ptr<WebEidFlow> flow;
    std::optional<Result<WebEidToken>> outcome;
    int outcomes = 0;

    WebEidDesktop() : WebEidDesktop(sharedPki().enterprise()) {}
    explicit WebEidDesktop(const Issued& certificate) {
        clock.time = sharedPki().now();
        auto& added = tokens.addToken("/lib/a.so", "Token A", "0001");
        ScriptedTokens::addCertificate(added, certificate, "login");
    }

    ScriptedTokens::Device& device(std::size_t module = 0) {
        return tokens.modules.at(module).devices.front();
    }

    void start() {
        LoginPorts ports{ui,     tokens, platform, checker,  trust,   clock,
                         timers, {},     nullptr,  &journal, nullptr, usePinPad};
        flow = std::make_unique<WebEidFlow>(std::move(ports), request);
        flow->start([this](Result<WebEidToken> result) {
            ++outcomes;
            outcome = std::move(result);
        });
    }
    void run() {
        start();
        loop.runAll();
    }

    const Error& error() const {
        static const Error none;
        EXPECT_TRUE(outcome.has_value()) << "the flow has not ended";
        if (!outcome || *outcome) {
            ADD_FAILURE() << "a token came out";
            return none;
        }
        return outcome->error();
    }
    bool isDone() const { return outcome && outcome->has_value(); }
    const WebEidToken& token() const { return **outcome; }
    std::size_t commandsRunning() const {
        return tokens.running() + tokens.watching() + checker.running() + timers.running();
    }
    bool nothingWasSigned() const { return tokens.pinsSent.empty() && tokens.signatures == 0; }
};

}  // namespace signet
