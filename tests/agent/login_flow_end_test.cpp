// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// The end of a login at every point of its way: between any two replies it is cancelled, destroyed, loses its
// token or gets an error.
#include "tests/agent/login_flow_fixture.hpp"

#include <gtest/gtest.h>

#include <set>

namespace signet {
namespace {

using Call = ScriptedPlatform::Call;

/// Logins whose ways differ, so that together they pass every question and every state.
struct Way {
    const char* name;
    std::function<void(Desktop&)> prepare;
};

void chooseOfTwo(Desktop& desktop) {
    auto& device = desktop.tokens.addToken("/lib/b.so", "Token B", "0002");
    ScriptedTokens::addCertificate(device, sharedPki().person(), "person");
}
void registerWithText(Desktop& desktop) {
    desktop.request.purpose = Purpose::bind;
    desktop.platform.challenge.text = "注册";
    desktop.device().info.isPinFinalTry = true;
}
void onPinPad(Desktop& desktop) {
    desktop.device().info.hasProtectedPath = true;
    desktop.ui.answersAtOnce = true;
}
void withSecondPin(Desktop& desktop) {
    desktop.ui.pins = {"111111", "123456"};
    desktop.ui.wantsRetry = true;
}
void withLostAnswers(Desktop& desktop) {
    const Error lost{.code = ErrorCode::platformUnreachable, .reason = "closed"};
    desktop.platform.faults[Call::post] = {{lost, true}};
    desktop.platform.faults[Call::complete] = {{lost, true}};
}
void fromPage(Desktop& desktop) {
    desktop.startFromPage();
}

const std::vector<Way>& ways() {
    static const std::vector<Way> all{
        {"plain", [](Desktop&) {}}, {"choice", chooseOfTwo},       {"register", registerWithText},
        {"pin pad", onPinPad},      {"second pin", withSecondPin}, {"lost answers", withLostAnswers},
        {"page", fromPage}};
    return all;
}

/// One event, or the next timer where none waits. False when the login stands still or has ended.
bool stepOnce(Desktop& desktop) {
    return desktop.loop.runOne() ||
           (!desktop.outcome && desktop.timers.fireNextWithin(std::chrono::minutes(1)));
}

int lengthOf(const Way& way) {
    Desktop desktop;
    way.prepare(desktop);
    desktop.start();
    int steps = 0;
    while (stepOnce(desktop)) ++steps;
    EXPECT_TRUE(desktop.isLoggedIn()) << way.name << ": " << nameOf(desktop.error());
    return steps;
}

/// Calls `interfere` after each number of steps, lets the rest run, then `check`.
void atEveryPoint(const std::function<void(Desktop&)>& interfere,
                  const std::function<void(Desktop&, LoginStep)>& check) {
    for (const auto& way : ways()) {
        const int length = lengthOf(way);
        ASSERT_GT(length, 4) << way.name;
        for (int point = 0; point <= length; ++point) {
            SCOPED_TRACE(std::string(way.name) + ", after step " + std::to_string(point));
            Desktop desktop;
            way.prepare(desktop);
            desktop.start();
            for (int i = 0; i < point; ++i) stepOnce(desktop);
            const auto step = desktop.flow->step();
            interfere(desktop);
            while (stepOnce(desktop)) {
            }
            check(desktop, step);
        }
    }
}

void expectNothingUnderWay(const Desktop& desktop) {
    EXPECT_EQ(desktop.commandsRunning(), 0U);
    EXPECT_GE(desktop.ui.closed, 1);
    EXPECT_LE(desktop.platform.consumed, 1);
    EXPECT_LE(desktop.platform.redeemed, 1);
}

TEST(LoginFlowEnd, cancelledAtAnyPoint_endsOnceAndLeavesNothing) {
    std::set<LoginStep> seen;
    atEveryPoint([](Desktop& desktop) { desktop.flow->cancel(); },
                 [&](Desktop& desktop, LoginStep step) {
                     seen.insert(step);
                     EXPECT_EQ(desktop.outcomes, 1);
                     if (step == LoginStep::done) {
                         EXPECT_TRUE(desktop.isLoggedIn());
                     } else {
                         EXPECT_EQ(desktop.error().code, ErrorCode::userCancelled);
                     }
                     EXPECT_TRUE(step >= LoginStep::sign || desktop.tokens.signatures == 0);
                     EXPECT_TRUE(step >= LoginStep::relay || desktop.platform.posted.empty());
                     expectNothingUnderWay(desktop);
                 });
    const std::set<LoginStep> all{LoginStep::fetch, LoginStep::choose, LoginStep::check, LoginStep::pin,
                                  LoginStep::sign,  LoginStep::relay,  LoginStep::done};
    EXPECT_EQ(seen, all) << "verify happens within one step";
}

TEST(LoginFlowEnd, cancelledAtAnyPoint_isRecordedWhereTheTokenWasReached) {
    atEveryPoint([](Desktop& desktop) { desktop.flow->cancel(); },
                 [](Desktop& desktop, LoginStep step) {
                     const auto attempts = desktop.tokens.signRequests.size();
                     ASSERT_EQ(desktop.journal.records.size(), attempts);
                     if (step != LoginStep::sign && step != LoginStep::relay) return;
                     EXPECT_EQ(desktop.journal.records.back().result, "user_cancelled");
                 });
}

TEST(LoginFlowEnd, destroyedAtAnyPoint_repliesNothingAndLeavesNothing) {
    atEveryPoint(
        [](Desktop& desktop) {
            const int before = desktop.outcomes;
            desktop.flow.reset();
            EXPECT_EQ(desktop.outcomes, before);
        },
        [](Desktop& desktop, LoginStep step) {
            EXPECT_EQ(desktop.outcomes, step == LoginStep::done ? 1 : 0);
            expectNothingUnderWay(desktop);
            EXPECT_EQ(desktop.journal.records.size(), desktop.tokens.signRequests.size());
        });
}

// Attack 45
TEST(LoginFlowEnd, tokenRemovedAtAnyPoint_isNamedUntilTheSignatureIsMade) {
    atEveryPoint([](Desktop& desktop) { desktop.tokens.removeToken(0); },
                 [](Desktop& desktop, LoginStep step) {
                     EXPECT_EQ(desktop.outcomes, 1);
                     if (step >= LoginStep::relay) {
                         EXPECT_TRUE(desktop.isLoggedIn()) << "the signature was made while it was there";
                     } else if (step >= LoginStep::check) {
                         EXPECT_EQ(desktop.error().code, ErrorCode::tokenRemoved);
                     } else if (!desktop.isLoggedIn()) {
                         // Before one was chosen: it is just not there any more.
                         const auto code = desktop.error().code;
                         EXPECT_TRUE(code == ErrorCode::tokenRemoved || code == ErrorCode::noToken)
                             << nameOf(desktop.error());
                     } else {
                         EXPECT_EQ((**desktop.outcome).certificate, sharedPki().person().certificate);
                     }
                     expectNothingUnderWay(desktop);
                 });
}

TEST(LoginFlowEnd, anotherTokenRemovedAtAnyPoint_doesNotMatter) {
    const TokenPlace other{"/lib/c.so", 9, "Other", "0009"};
    atEveryPoint([&](Desktop& desktop) { desktop.tokens.announce({.removed = {other}}); },
                 [](Desktop& desktop, LoginStep) { EXPECT_TRUE(desktop.isLoggedIn()); });
}

/// For every reply of every way: it is this error instead. The login ends with a name, or goes on where that
/// is right.
void failEveryReply(const Error& failure, const std::function<void(Desktop&)>& check) {
    for (const auto& way : ways()) {
        for (int n = 0;; ++n) {
            SCOPED_TRACE(std::string(way.name) + ", reply " + std::to_string(n));
            Desktop desktop;
            way.prepare(desktop);
            desktop.loop.failReply(n, failure);
            desktop.run();
            ASSERT_EQ(desktop.outcomes, 1);
            if (!desktop.loop.hasFailed()) break;
            check(desktop);
            expectNothingUnderWay(desktop);
            EXPECT_LE(desktop.tokens.signatures, 1) << "no second signature";
            EXPECT_LE(desktop.tokens.pinsSent.size(),
                      desktop.ui.pinQuestions.size() + desktop.ui.confirmations.size());
        }
    }
}

TEST(LoginFlowEnd, anyReplyFails_endsWithThatError) {
    for (const auto code : {ErrorCode::internalError, ErrorCode::tokenError, ErrorCode::moduleFailed,
                            ErrorCode::platformError, ErrorCode::platformTls, ErrorCode::userCancelled,
                            ErrorCode::tokenRemoved, ErrorCode::challengeExpired, ErrorCode::pinLocked})
        failEveryReply(Error{.code = code}, [&](Desktop& desktop) { EXPECT_EQ(desktop.error().code, code); });
}

// R55
TEST(LoginFlowEnd, anyReplyIsUnreachable_endsWithItOrLogsInOnce) {
    failEveryReply(Error{.code = ErrorCode::platformUnreachable, .reason = "closed"}, [](Desktop& desktop) {
        if (desktop.isLoggedIn()) {
            EXPECT_EQ(desktop.platform.consumed, 1);
            EXPECT_EQ(desktop.tokens.signatures, 1);
        } else {
            EXPECT_EQ(desktop.error().code, ErrorCode::platformUnreachable);
            EXPECT_EQ(desktop.platform.consumed, 0) << "what was consumed is asked for again";
        }
    });
}

// Attack 41
TEST(LoginFlowEnd, anyReplyIsAWrongPin_asksNoOneByItself) {
    failEveryReply(Error{.code = ErrorCode::pinIncorrect}, [](Desktop& desktop) {
        // A person asked again only where the way says so ("second pin").
        const auto offersTaken = desktop.ui.wantsRetry ? desktop.ui.retryOffers.size() : 0;
        EXPECT_LE(desktop.ui.pinQuestions.size(), 1 + offersTaken);
    });
}

TEST(LoginFlowEnd, everyPlatformCallRefused_endsWithThatRefusal) {
    for (const auto call : {Call::metadata, Call::create, Call::fetch, Call::post, Call::complete})
        for (const auto& row : errorTable()) {
            const bool isRetried = call >= Call::post && (row.code == ErrorCode::platformUnreachable ||
                                                          row.code == ErrorCode::timeout);
            if (isRetried) continue;
            Desktop desktop;
            desktop.platform.faults[call] = {{Error{.code = row.code, .isFromPlatform = true}, false}};
            desktop.run();
            EXPECT_EQ(desktop.error().code, row.code) << row.name;
            EXPECT_EQ(desktop.platform.calls[call], 1);
            EXPECT_TRUE(call >= Call::post || desktop.nothingWasSigned());
            expectNothingUnderWay(desktop);
        }
}

TEST(LoginFlowEnd, everyTokenErrorAtTheSignature_isNamedAndNothingIsSent) {
    for (const auto& row : errorTable()) {
        Desktop desktop;
        desktop.tokens.signFailure = Error{.code = row.code};
        desktop.run();
        EXPECT_EQ(desktop.error().code, row.code) << row.name;
        EXPECT_TRUE(desktop.platform.posted.empty());
        EXPECT_EQ(desktop.tokens.pinsSent.size(), 1U);
        EXPECT_EQ(desktop.journal.records.size(), 1U);
    }
}

}  // namespace
}  // namespace signet
