// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// The end of a Web eID authentication at every point of its way: between any two replies it is cancelled,
// destroyed, loses its token or gets an error.
#include "tests/agent/webeid_flow_fixture.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <vector>

namespace signet {
namespace {

struct Way {
    const char* name;
    std::function<void(WebEidDesktop&)> prepare;
};

void chooseOfTwo(WebEidDesktop& desktop) {
    auto& device = desktop.tokens.addToken("/lib/b.so", "Token B", "0002");
    ScriptedTokens::addCertificate(device, sharedPki().person(), "person");
}
void onPinPad(WebEidDesktop& desktop) {
    desktop.device().info.hasProtectedPath = true;
    desktop.ui.answersAtOnce = true;
}
void withSecondPin(WebEidDesktop& desktop) {
    desktop.ui.pins = {"111111", "123456"};
    desktop.ui.wantsRetry = true;
}

void atANewSite(WebEidDesktop& desktop) {
    desktop.request.isApprovedSite = false;
}

const std::vector<Way>& ways() {
    static const std::vector<Way> all{{"plain", [](WebEidDesktop&) {}},
                                      {"new site", atANewSite},
                                      {"choice", chooseOfTwo},
                                      {"pin pad", onPinPad},
                                      {"second pin", withSecondPin}};
    return all;
}

int lengthOf(const Way& way) {
    WebEidDesktop desktop;
    way.prepare(desktop);
    desktop.start();
    int steps = 0;
    while (desktop.loop.runOne()) ++steps;
    EXPECT_TRUE(desktop.isDone()) << way.name << ": " << nameOf(desktop.error());
    return steps;
}

/// Calls `interfere` after each number of steps, lets the rest run, then `check`.
void atEveryPoint(const std::function<void(WebEidDesktop&)>& interfere,
                  const std::function<void(WebEidDesktop&, LoginStep)>& check) {
    for (const auto& way : ways()) {
        const int length = lengthOf(way);
        ASSERT_GT(length, 2) << way.name;
        for (int point = 0; point <= length; ++point) {
            SCOPED_TRACE(std::string(way.name) + ", after step " + std::to_string(point));
            WebEidDesktop desktop;
            way.prepare(desktop);
            desktop.start();
            for (int i = 0; i < point; ++i) desktop.loop.runOne();
            const auto step = desktop.flow->step();
            interfere(desktop);
            desktop.loop.runAll();
            check(desktop, step);
            EXPECT_EQ(desktop.commandsRunning(), 0U);
            EXPECT_GE(desktop.ui.closed, 1);
            EXPECT_EQ(desktop.journal.records.size(), desktop.tokens.signRequests.size());
        }
    }
}

TEST(WebEidFlowEnd, cancelledAtAnyPoint_endsOnceAndLeavesNothing) {
    std::set<LoginStep> seen;
    atEveryPoint([](WebEidDesktop& desktop) { desktop.flow->cancel(); },
                 [&](WebEidDesktop& desktop, LoginStep step) {
                     seen.insert(step);
                     EXPECT_EQ(desktop.outcomes, 1);
                     EXPECT_EQ(desktop.isDone(), step == LoginStep::done);
                     if (desktop.isDone()) return;
                     EXPECT_EQ(desktop.error().code, ErrorCode::userCancelled);
                     EXPECT_TRUE(step >= LoginStep::sign || desktop.tokens.signatures == 0);
                 });
    const std::set<LoginStep> all{LoginStep::fetch, LoginStep::choose, LoginStep::check,
                                  LoginStep::pin,   LoginStep::sign,   LoginStep::done};
    EXPECT_EQ(seen, all) << "verify happens within one step";
}

TEST(WebEidFlowEnd, destroyedAtAnyPoint_repliesNothing) {
    atEveryPoint([](WebEidDesktop& desktop) { desktop.flow.reset(); },
                 [](WebEidDesktop& desktop, LoginStep step) {
                     EXPECT_EQ(desktop.outcomes, step == LoginStep::done ? 1 : 0);
                 });
}

// Attack 45
TEST(WebEidFlowEnd, tokenRemovedAtAnyPoint_isNamedUntilTheSignatureIsMade) {
    atEveryPoint([](WebEidDesktop& desktop) { desktop.tokens.removeToken(0); },
                 [](WebEidDesktop& desktop, LoginStep step) {
                     EXPECT_EQ(desktop.outcomes, 1);
                     if (step == LoginStep::done) {
                         EXPECT_TRUE(desktop.isDone());
                     } else if (step >= LoginStep::check) {
                         EXPECT_EQ(desktop.error().code, ErrorCode::tokenRemoved);
                     } else if (desktop.isDone()) {
                         EXPECT_EQ(desktop.token().certificate, sharedPki().person().certificate);
                     } else {
                         // Before one was chosen: it is just not there any more.
                         const auto code = desktop.error().code;
                         EXPECT_TRUE(code == ErrorCode::tokenRemoved || code == ErrorCode::noToken);
                     }
                 });
}

TEST(WebEidFlowEnd, anotherTokenRemovedAtAnyPoint_doesNotMatter) {
    const TokenPlace other{"/lib/c.so", 9, "Other", "0009"};
    atEveryPoint([&](WebEidDesktop& desktop) { desktop.tokens.announce({.removed = {other}}); },
                 [](WebEidDesktop& desktop, LoginStep) { EXPECT_TRUE(desktop.isDone()); });
}

// Attack 41 too: whatever fails, no PIN goes out that nobody entered.
TEST(WebEidFlowEnd, anyReplyFails_endsWithThatError) {
    for (const auto code :
         {ErrorCode::internalError, ErrorCode::tokenError, ErrorCode::moduleFailed, ErrorCode::userCancelled,
          ErrorCode::tokenRemoved, ErrorCode::pinLocked, ErrorCode::revocationUnknown})
        for (const auto& way : ways())
            for (int n = 0;; ++n) {
                SCOPED_TRACE(std::string(way.name) + ", reply " + std::to_string(n));
                WebEidDesktop desktop;
                way.prepare(desktop);
                desktop.loop.failReply(n, Error{.code = code});
                desktop.run();
                ASSERT_EQ(desktop.outcomes, 1);
                if (!desktop.loop.hasFailed()) break;
                EXPECT_EQ(desktop.error().code, code);
                EXPECT_LE(desktop.tokens.signatures, 1);
                EXPECT_LE(desktop.tokens.pinsSent.size(),
                          desktop.ui.pinQuestions.size() + desktop.ui.confirmations.size());
                EXPECT_EQ(desktop.commandsRunning(), 0U);
            }
}

TEST(WebEidFlowEnd, everyTokenErrorAtTheSignature_isNamed) {
    for (const auto& row : errorTable()) {
        WebEidDesktop desktop;
        desktop.tokens.signFailure = Error{.code = row.code};
        desktop.run();
        EXPECT_EQ(desktop.error().code, row.code) << row.name;
        EXPECT_EQ(desktop.tokens.pinsSent.size(), 1U);
        EXPECT_EQ(desktop.journal.records.size(), 1U);
        EXPECT_EQ(desktop.journal.records[0].result, row.name);
    }
}

}  // namespace
}  // namespace signet
