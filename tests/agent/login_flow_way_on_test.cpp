// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What a person can get over: another token, another certificate, another try (ui.md, "an error takes the
// field's place").
#include "login_flow_fixture.hpp"

namespace signet {
namespace {

/// A second token with a certificate of its own.
ScriptedTokens::Device& addSecond(Desktop& desktop) {
    auto& device = desktop.tokens.addToken("/lib/b.so", "Token B", "0002");
    ScriptedTokens::addCertificate(device, sharedPki().person(), "own");
    return device;
}

TEST(LoginFlowWayOn, missingToken_isWaitedForAndTheLoginGoesOn) {
    Desktop desktop(false);
    desktop.ui.waits = true;
    desktop.start();
    desktop.loop.runAll();
    ASSERT_EQ(desktop.ui.retryOffers.size(), 1U);
    EXPECT_EQ(desktop.ui.retryOffers[0].code, ErrorCode::noToken);
    EXPECT_FALSE(desktop.outcome);
    auto& device = desktop.tokens.addToken("/lib/a.so", "Token A", "0001");
    ScriptedTokens::addCertificate(device, sharedPki().enterprise(), "login");
    desktop.tokens.announce({.added = {desktop.tokens.placeOf(0)}});
    desktop.runAll();
    EXPECT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.ui.ends.size(), 1U);
    EXPECT_EQ(desktop.commandsRunning(), 0U);
}

TEST(LoginFlowWayOn, removedToken_isWaitedForAndAskedForItsPinAnew) {
    Desktop desktop;
    desktop.ui.waits = true;
    const auto place = desktop.tokens.placeOf(0);
    desktop.start();
    while (desktop.ui.pinQuestions.empty() && desktop.loop.runOne()) {
    }
    auto devices = std::exchange(desktop.tokens.modules[0].devices, {});
    desktop.tokens.announce({.removed = {place}});
    desktop.loop.runAll();  // what was typed comes too late
    ASSERT_FALSE(desktop.ui.retryOffers.empty());
    EXPECT_EQ(desktop.ui.retryOffers[0].code, ErrorCode::tokenRemoved);
    desktop.ui.pins = {"123456"};
    desktop.tokens.modules[0].devices = std::move(devices);
    desktop.tokens.announce({.added = {place}});
    desktop.runAll();
    EXPECT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.tokens.pinsSent, std::vector<std::string>{"123456"});
}

TEST(LoginFlowWayOn, expiry_endsTheWaiting) {
    Desktop desktop(false);
    desktop.ui.waits = true;
    desktop.start();
    desktop.runAll(std::chrono::minutes(5));
    EXPECT_EQ(desktop.error().code, ErrorCode::challengeExpired);
    EXPECT_EQ(desktop.ui.closed, 1);
}

TEST(LoginFlowWayOn, cancelWhileItWaits_isCancelled) {
    Desktop desktop(false);
    desktop.ui.waits = true;
    desktop.start();
    desktop.loop.runAll();
    desktop.flow->cancel();
    EXPECT_EQ(desktop.error().code, ErrorCode::userCancelled);
    EXPECT_EQ(desktop.commandsRunning(), 0U);
}

TEST(LoginFlowWayOn, lockedPin_leavesTheOtherCertificate) {
    Desktop desktop;
    addSecond(desktop);
    desktop.device(0).info.isPinLocked = true;
    desktop.ui.goesOn = true;
    desktop.ui.onRetryOffered = [&] { desktop.ui.chosenCard = 1; };
    desktop.run();
    EXPECT_TRUE(desktop.isLoggedIn());
    ASSERT_EQ(desktop.ui.retryOffers.size(), 1U);
    EXPECT_EQ(desktop.ui.retryOffers[0].code, ErrorCode::pinLocked);
    EXPECT_EQ(desktop.ui.choices.size(), 2U);
}

TEST(LoginFlowWayOn, withoutAPerson_theErrorEndsIt) {
    Desktop desktop(false);
    desktop.run();
    EXPECT_EQ(desktop.error().code, ErrorCode::noToken);
    ASSERT_EQ(desktop.ui.ends.size(), 1U);
    EXPECT_EQ(desktop.ui.ends[0]->code, ErrorCode::noToken);
}

TEST(LoginFlowWayOn, refusedCertificates_areShownWithTheirReason) {
    Desktop desktop;
    ScriptedTokens::addCertificate(desktop.device(), sharedPki().expired(), "old");
    desktop.run();
    ASSERT_FALSE(desktop.ui.questions.empty());
    const auto& question = desktop.ui.questions.back();
    EXPECT_EQ(question.usableCertificates, 1U);
    ASSERT_EQ(question.refusedCertificates.size(), 1U);
    EXPECT_EQ(question.refusedCertificates[0].reason.code, ErrorCode::certificateExpired);
}

}  // namespace
}  // namespace signet
