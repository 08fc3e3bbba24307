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

/// Until `isThere`, and no further.
template <class Condition>
void runUntil(Desktop& desktop, Condition isThere) {
    while (!isThere() && desktop.loop.runOne()) {
    }
    ASSERT_TRUE(isThere());
}

TEST(LoginFlowWayOn, tokenInsertedWhileAnotherModuleIsSlow_isOffered) {
    Desktop desktop(false);
    desktop.tokens.modules.push_back({.path = "/lib/a.so"});
    desktop.tokens.modules.push_back({.path = "/lib/slow.so", .isHanging = true});
    desktop.start();
    desktop.loop.runAll();
    ASSERT_FALSE(desktop.outcome);
    desktop.tokens.modules.clear();
    auto& device = desktop.tokens.addToken("/lib/a.so", "Token A", "0001");
    ScriptedTokens::addCertificate(device, sharedPki().enterprise(), "login");
    desktop.tokens.announce({.added = {desktop.tokens.placeOf(0)}});
    desktop.runAll();
    EXPECT_TRUE(desktop.isLoggedIn());
    EXPECT_TRUE(desktop.ui.retryOffers.empty());
    EXPECT_EQ(desktop.commandsRunning(), 0U);
}

TEST(LoginFlowWayOn, tokenInsertedBesideTheChoice_isOfferedWithTheOthers) {
    Desktop desktop;
    addSecond(desktop);
    desktop.start();
    runUntil(desktop, [&] { return !desktop.ui.choices.empty(); });
    auto& third = desktop.tokens.addToken("/lib/c.so", "Token C", "0003");
    ScriptedTokens::addCertificate(third, sharedPki().enterprise(), "third");
    desktop.tokens.announce({.added = {desktop.tokens.placeOf(2)}});
    desktop.ui.chosenCard = 2;
    desktop.runAll();
    ASSERT_EQ(desktop.ui.choices.size(), 2U);
    EXPECT_EQ(desktop.ui.choices[0].size(), 2U);
    ASSERT_EQ(desktop.ui.choices[1].size(), 3U);
    ASSERT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.tokens.signRequests.back().key.tokenSerial, "0003");
}

TEST(LoginFlowWayOn, whatTheListingToldAlready_isNoNews) {
    Desktop desktop;
    addSecond(desktop);
    desktop.start();
    runUntil(desktop, [&] { return !desktop.ui.choices.empty(); });
    desktop.tokens.announce({.added = {desktop.tokens.placeOf(0), desktop.tokens.placeOf(1)}});
    desktop.runAll();
    EXPECT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.tokens.listings, 1);
    EXPECT_EQ(desktop.ui.choices.size(), 1U);
    EXPECT_TRUE(desktop.ui.arrivals.empty());
}

TEST(LoginFlowWayOn, oneOfferedTokenRemoved_leavesTheOthers) {
    Desktop desktop;
    addSecond(desktop);
    desktop.start();
    runUntil(desktop, [&] { return !desktop.ui.choices.empty(); });
    desktop.tokens.removeToken(0);
    desktop.runAll();
    ASSERT_TRUE(desktop.isLoggedIn());
    EXPECT_TRUE(desktop.ui.retryOffers.empty());
    EXPECT_EQ(desktop.tokens.signRequests.back().key.tokenSerial, "0002");
}

TEST(LoginFlowWayOn, tokenInsertedWhileThePinIsAsked_isToldAndCanBeChosen) {
    Desktop desktop;
    desktop.ui.pins = {};
    bool isInserted = false;
    desktop.ui.onPinAsked = [&] {
        if (std::exchange(isInserted, true)) return;
        addSecond(desktop);
        desktop.tokens.announce({.added = {desktop.tokens.placeOf(1)}});
        desktop.ui.pinError = anotherCertificate();
        desktop.ui.pins = {"123456"};
        desktop.ui.chosenCard = 1;
    };
    desktop.start();
    desktop.runAll();
    ASSERT_TRUE(desktop.isLoggedIn());
    EXPECT_EQ(desktop.ui.arrivals, std::vector<std::size_t>{2});
    EXPECT_EQ(desktop.ui.pinQuestions.size(), 2U) << "the question stood until the person went back";
    EXPECT_EQ(desktop.tokens.signRequests.back().key.tokenSerial, "0002");
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
