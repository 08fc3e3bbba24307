// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/login_desk.hpp"
#include "tests/agent/webeid_flow_fixture.hpp"

namespace signet {

/// What a desk works with, all by script: one token, a platform, a person.
struct DeskDoubles {
    ScriptedLoop loop;
    ScriptedTimers timers;
    ScriptedUi ui{loop};
    ScriptedTokens tokens{loop};
    ScriptedPlatform platform{loop, kIssuer};
    ScriptedChecker checker{loop};
    FakeClock clock;
    TrustList trust = trustOf(sharedPki());

    DeskDoubles() {
        clock.time = sharedPki().now();
        auto& device = tokens.addToken("/lib/a.so", "Token A", "0001");
        ScriptedTokens::addCertificate(device, sharedPki().enterprise(), "login");
        platform.origin = kIssuer;
        platform.challenge.sessionBinding = std::string(43, 'B');
    }

    LoginPorts ports() {
        return {.ui = ui,
                .tokens = tokens,
                .platform = platform,
                .checker = checker,
                .trust = trust,
                .clock = clock,
                .timers = timers,
                .issuers = {kIssuer}};
    }
    /// Until nothing waits; no time passes.
    void run() {
        do loop.runAll();
        while (timers.fireNextWithin(std::chrono::milliseconds(0)));
    }
    /// Until a PIN is asked for the n-th time.
    void runToPin(std::size_t n = 1) {
        while (ui.pinQuestions.size() < n && loop.runOne()) {
        }
        EXPECT_EQ(ui.pinQuestions.size(), n);
    }
    std::size_t commandsRunning() const {
        return tokens.running() + tokens.watching() + platform.running() + checker.running() +
               timers.running();
    }
};

}  // namespace signet
