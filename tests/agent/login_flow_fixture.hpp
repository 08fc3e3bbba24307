// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/login_flow.hpp"
#include "certs/test_pki/test_pki.hpp"
#include "tests/doubles/scripted_checker.hpp"
#include "tests/doubles/scripted_loop.hpp"
#include "tests/doubles/scripted_platform.hpp"
#include "tests/doubles/scripted_timers.hpp"
#include "tests/doubles/scripted_tokens.hpp"
#include "tests/doubles/scripted_ui.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace signet {

inline const std::string kIssuer = "https://uc.example.test";

/// One PKI for all tests of the program: making keys takes time.
inline TestPki& sharedPki() {
    static TestPki pki;
    return pki;
}

inline TrustList trustOf(TestPki& pki) {
    std::vector<TrustedIssuer> issuers;
    for (const auto& certificate : pki.trusted()) {
        TrustedIssuer issuer{.certificate = certificate, .name = certificate.subjectCommonName()};
        if (const auto rule = identityRule("default")) issuer.identityRule = *rule;
        issuers.push_back(std::move(issuer));
    }
    return TrustList(std::move(issuers));
}

/// A desktop with one token and its enterprise certificate, a platform and a person, all by script.
struct Desktop {
    ScriptedLoop loop;
    ScriptedTimers timers;
    ScriptedUi ui{loop};
    ScriptedTokens tokens{loop};
    ScriptedPlatform platform{loop, kIssuer};
    ScriptedChecker checker{loop};
    ScriptedJournal journal;
    ScriptedAgreements agreements;
    FakeClock clock;
    TrustList trust = trustOf(sharedPki());
    LoginRequest request{.issuer = kIssuer};
    LoginLimits limits;
    Sm2Source* sm2 = nullptr;
    bool usePinPad = true;
    std::unique_ptr<LoginFlow> flow;
    std::optional<Result<LoginResult>> outcome;
    int outcomes = 0;

    explicit Desktop(bool hasToken = true) {
        clock.time = sharedPki().now();
        if (!hasToken) return;
        auto& device = tokens.addToken("/lib/a.so", "Token A", "0001");
        ScriptedTokens::addCertificate(device, sharedPki().enterprise(), "login");
    }

    ScriptedTokens::Device& device(std::size_t module = 0) {
        return tokens.modules.at(module).devices.front();
    }

    void start() {
        LoginPorts ports{ui,     tokens,    platform,    checker,  trust, clock,
                         timers, {kIssuer}, &agreements, &journal, sm2,   usePinPad};
        flow = std::make_unique<LoginFlow>(std::move(ports), request, limits);
        flow->start([this](Result<LoginResult> result) {
            ++outcomes;
            outcome = std::move(result);
        });
    }
    /// Until nothing waits and no retry is due within `span`.
    void runAll(std::chrono::milliseconds span = std::chrono::minutes(1)) {
        do loop.runAll();
        while (!outcome && timers.fireNextWithin(span));
    }
    void run() {
        start();
        runAll();
    }
    /// As if a page had asked: the challenge is there already.
    void startFromPage(const std::string& origin = kIssuer) {
        request.origin = origin;
        request.challengeId = platform.challenge.id;
        platform.origin = origin;
        platform.challenge.sessionBinding = std::string(43, 'B');
    }

    const Error& error() const {
        static const Error none;
        EXPECT_TRUE(outcome.has_value()) << "the flow has not ended";
        if (!outcome || *outcome) {
            ADD_FAILURE() << "the login went through";
            return none;
        }
        return outcome->error();
    }
    bool isLoggedIn() const { return outcome && outcome->has_value(); }
    std::size_t commandsRunning() const {
        return tokens.running() + tokens.watching() + platform.running() + checker.running() +
               timers.running();
    }
    bool nothingWasAsked() const { return ui.asked() == 0; }
    bool nothingWasSigned() const {
        return tokens.pinsSent.empty() && tokens.signatures == 0 && platform.posted.empty();
    }
};

inline std::string nameOf(const Error& error) {
    return std::string(errorInfo(error.code).name) + (error.reason.empty() ? "" : "/" + error.reason);
}

}  // namespace signet
