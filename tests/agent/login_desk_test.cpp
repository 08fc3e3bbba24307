// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// One login at a time before the person, whichever door it came by.
#include "desk_fixture.hpp"

#include <memory>

namespace signet {
namespace {

class LoginDeskTest : public testing::Test, protected DeskDoubles {
protected:
    template <class T>
    struct Outcome {
        std::optional<Result<T>> result;
        int replies = 0;
        std::vector<LoginStage> stages;
        CommandId id = 0;
    };
    using LoginOutcome = Outcome<LoginResult>;
    using WebEidOutcome = Outcome<WebEidToken>;

    template <class T>
    static Reply<T> into(Outcome<T>& outcome) {
        return [&outcome](Result<T> result) {
            ++outcome.replies;
            outcome.result = std::move(result);
        };
    }
    void login(LoginOutcome& outcome, const std::string& issuer = kIssuer) {
        LoginRequest request{.issuer = issuer, .origin = kIssuer};
        request.challengeId = platform.challenge.id;
        outcome.id = desk->login(
            std::move(request), [&](LoginStage stage) { outcome.stages.push_back(stage); }, into(outcome));
    }
    void authenticate(WebEidOutcome& outcome, const std::string& origin = kSite) {
        outcome.id = desk->authenticate({origin, kNonce, true}, {}, into(outcome));
    }
    /// The name of the error of one Web eID request that is run to its end.
    std::string outcomeOfOne(const std::string& origin = kSite) {
        WebEidOutcome outcome;
        authenticate(outcome, origin);
        run();
        EXPECT_EQ(outcome.replies, 1);
        return *outcome.result ? "ok" : nameOf(outcome.result->error());
    }
    template <class T>
    static std::string nameIn(const Outcome<T>& outcome) {
        if (!outcome.result) return "nothing";
        return *outcome.result ? "ok" : nameOf(outcome.result->error());
    }

    std::unique_ptr<LoginDesk> desk = std::make_unique<LoginDesk>(ports());
};

TEST_F(LoginDeskTest, login_givesItsHandoffAndTellsTheStages) {
    LoginOutcome outcome;
    login(outcome);
    EXPECT_TRUE(desk->isBusy());
    run();
    ASSERT_EQ(nameIn(outcome), "ok");
    EXPECT_EQ((*outcome.result)->handoff.size(), 43U);
    EXPECT_EQ(outcome.stages,
              (std::vector{LoginStage::choose, LoginStage::pin, LoginStage::signing, LoginStage::relaying}));
    EXPECT_EQ(ui.stages, outcome.stages) << "the person sees them too";
    EXPECT_FALSE(desk->isBusy());
    EXPECT_EQ(commandsRunning(), 0U);
}

// R45: attack 37
TEST_F(LoginDeskTest, secondLogin_isBusyAndTheFirstGoesOn) {
    LoginOutcome first;
    LoginOutcome second;
    WebEidOutcome third;
    login(first);
    runToPin();
    login(second);
    authenticate(third);
    EXPECT_NE(first.id, second.id);
    EXPECT_NE(second.id, third.id);
    run();
    EXPECT_EQ(nameIn(second), "busy");
    EXPECT_EQ(nameIn(third), "busy");
    EXPECT_EQ(nameIn(first), "ok");
    EXPECT_EQ(ui.pinQuestions.size(), 1U);
}

// R45: attack 37
TEST_F(LoginDeskTest, webeidAndLogin_shareTheDesk) {
    WebEidOutcome first;
    LoginOutcome second;
    authenticate(first);
    runToPin();
    login(second);
    run();
    EXPECT_EQ(nameIn(second), "busy");
    EXPECT_EQ(nameIn(first), "ok");
    EXPECT_TRUE(platform.calls.empty()) << "the busy one did nothing";
    ui.pins = {"123456"};
    LoginOutcome third;
    login(third);
    run();
    EXPECT_EQ(nameIn(third), "ok");
}

// The flow fails before start() returns, the desk is taken, the gate is closed: the reply still comes later.
TEST_F(LoginDeskTest, reply_neverComesBeforeTheCallReturns) {
    LoginOutcome refused;
    login(refused, "https://other.example.test");
    EXPECT_EQ(refused.replies, 0);
    EXPECT_FALSE(desk->isBusy());
    LoginOutcome first;
    login(first);
    LoginOutcome busy;
    login(busy);
    EXPECT_EQ(busy.replies, 0);
    run();
    EXPECT_EQ(nameIn(refused), "issuer_not_allowed");
    EXPECT_EQ(refused.replies, 1);
    EXPECT_EQ(nameIn(busy), "busy");
}

TEST_F(LoginDeskTest, repliesFromInsideTheCall_logIn) {
    ui.answersAtOnce = true;
    LoginOutcome outcome;
    login(outcome);
    run();
    EXPECT_EQ(nameIn(outcome), "ok");
}

TEST_F(LoginDeskTest, withdraw_closesTheQuestionAndSaysNothing) {
    LoginOutcome outcome;
    login(outcome);
    runToPin();
    const int closed = ui.closed;
    desk->withdraw(outcome.id);
    EXPECT_GT(ui.closed, closed);
    EXPECT_FALSE(desk->isBusy());
    EXPECT_EQ(commandsRunning(), 0U);
    run();
    EXPECT_EQ(outcome.replies, 0);
    EXPECT_TRUE(tokens.pinsSent.empty()) << "what the person typed after all goes nowhere";
}

TEST_F(LoginDeskTest, withdrawOfAReplyOnItsWay_stopsIt) {
    LoginOutcome outcome;
    login(outcome, "https://other.example.test");
    desk->withdraw(outcome.id);
    run();
    EXPECT_EQ(outcome.replies, 0);
    EXPECT_EQ(timers.running(), 0U);
}

// attack 35
TEST_F(LoginDeskTest, withdrawOfAnother_leavesTheOneThatRuns) {
    LoginOutcome first;
    LoginOutcome second;
    login(first);
    login(second);
    desk->withdraw(second.id);
    desk->withdraw(0);
    desk->withdraw(4711);
    run();
    EXPECT_EQ(nameIn(first), "ok");
    EXPECT_EQ(second.replies, 0);
    desk->withdraw(first.id);  // It has ended: no error.
}

TEST_F(LoginDeskTest, destroyedAtAnyPoint_leavesNothing) {
    for (int steps = 0;; ++steps) {
        SCOPED_TRACE(steps);
        DeskDoubles doubles;
        auto own = std::make_unique<LoginDesk>(doubles.ports());
        int replies = 0;
        LoginRequest request{.issuer = kIssuer, .origin = kIssuer};
        request.challengeId = doubles.platform.challenge.id;
        own->login(std::move(request), {}, [&](const Result<LoginResult>&) { ++replies; });
        bool isOver = false;
        for (int i = 0; i < steps && !isOver; ++i) isOver = !doubles.loop.runOne();
        own.reset();
        EXPECT_EQ(doubles.commandsRunning(), 0U);
        doubles.run();
        EXPECT_EQ(replies, 0);
        if (isOver) break;
        ASSERT_LT(steps, 100);
    }
}

TEST_F(LoginDeskTest, destroyedFromAReply_isFine) {
    LoginRequest request{.issuer = "https://other.example.test", .origin = kIssuer};
    request.challengeId = platform.challenge.id;
    int replies = 0;
    desk->login(std::move(request), {}, [&](const Result<LoginResult>&) {
        ++replies;
        desk.reset();
    });
    WebEidOutcome other;
    authenticate(other);
    run();
    EXPECT_EQ(replies, 1);
    EXPECT_EQ(other.replies, 0);
    EXPECT_EQ(commandsRunning(), 0U);
}

// R45: attack 37
TEST_F(LoginDeskTest, threeRefusals_closeTheDeskToThatOriginWithoutAQuestion) {
    ui.pins.clear();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(outcomeOfOne(), "user_cancelled");
    const auto asked = ui.asked();
    const auto listings = tokens.listings;
    EXPECT_EQ(outcomeOfOne(), "rate_limited/refused_too_often");
    EXPECT_EQ(ui.asked(), asked);
    EXPECT_EQ(tokens.listings, listings);
    ui.pins = {"123456", "123456"};
    EXPECT_EQ(outcomeOfOne("https://other.example.test"), "ok") << "another site is not punished";
    timers.pass(std::chrono::seconds(60));
    EXPECT_EQ(outcomeOfOne(), "ok") << "after the pause it may ask again";
}

// A link is any page's to open; what the person starts here is not paused for it.
TEST_F(LoginDeskTest, cancelledLinks_leaveThePersonsOwnLoginAlone) {
    const auto ownLogin = [this](bool isByUser) {
        std::string outcome = "no reply";
        LoginRequest request{.issuer = kIssuer};
        request.isByUser = isByUser;
        desk->login(std::move(request), {},
                    [&](Result<LoginResult> r) { outcome = r ? "ok" : nameOf(r.error()); });
        run();
        return outcome;
    };
    platform.origin = kAgentOrigin;
    ui.pins.clear();
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(ownLogin(true), "user_cancelled") << "one's own no counts for nothing";
    for (int i = 0; i < 3; ++i) EXPECT_EQ(ownLogin(false), "user_cancelled");
    EXPECT_EQ(ownLogin(false), "rate_limited/refused_too_often");
    LoginRequest link{.issuer = kIssuer};
    EXPECT_FALSE(desk->check(link)) << "no window comes up for it";
    link.isByUser = true;
    EXPECT_TRUE(desk->check(link));
    ui.pins = {"123456"};
    EXPECT_EQ(ownLogin(true), "ok");
    EXPECT_EQ(ownLogin(false), "rate_limited/refused_too_often") << "nor does a yes clear the links";
}

TEST_F(LoginDeskTest, success_clearsTheRefusals) {
    for (int round = 0; round < 3; ++round) {
        ui.pins.clear();
        EXPECT_EQ(outcomeOfOne(), "user_cancelled");
        EXPECT_EQ(outcomeOfOne(), "user_cancelled");
        ui.pins = {"123456"};
        EXPECT_EQ(outcomeOfOne(), "ok");
    }
}

TEST_F(LoginDeskTest, failureThatIsNoRefusal_doesNotCount) {
    tokens.modules.clear();
    for (int i = 0; i < 10; ++i) EXPECT_EQ(outcomeOfOne(), "no_token");
}

// attack 37: a page that takes its question back, so that it may put it again, has to wait as well.
TEST_F(LoginDeskTest, withdrawals_countOnceTheQuestionStood) {
    for (int i = 0; i < 20; ++i) {
        WebEidOutcome outcome;
        authenticate(outcome);
        desk->withdraw(outcome.id);
        run();
    }
    for (std::size_t i = 1; i <= 10; ++i) {
        ui.pins = {"123456"};
        WebEidOutcome outcome;
        authenticate(outcome);
        runToPin(i);
        desk->withdraw(outcome.id);
        run();
    }
    EXPECT_EQ(outcomeOfOne(), "rate_limited/refused_too_often");
}

}  // namespace
}  // namespace signet
