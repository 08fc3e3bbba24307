// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/token_presence.hpp"

#include "tests/doubles/scripted_tokens.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

class TokenPresenceTest : public testing::Test {
protected:
    void plugIn() {
        tokens.modules.clear();
        (void)tokens.addToken("/lib/a.so", "Token A", "0001");
        tokens.announce({.added = {tokens.placeOf(0)}});
    }
    std::function<void(bool)> into(std::vector<bool>& told) {
        return [&told](bool isPresent) { told.push_back(isPresent); };
    }

    ScriptedLoop loop;
    ScriptedTokens tokens{loop};
    std::optional<TokenPresence> presence{std::in_place, tokens};
    std::vector<bool> first;
    std::vector<bool> second;
};

using Told = std::vector<bool>;

TEST_F(TokenPresenceTest, tokensAreWatched_onlyWhileSomebodyAsks) {
    EXPECT_EQ(tokens.watching() + tokens.running(), 0U);
    const auto one = presence->watch(into(first));
    const auto other = presence->watch(into(second));
    EXPECT_EQ(tokens.watching(), 1U);
    loop.runAll();
    presence->cancel(one);
    EXPECT_EQ(tokens.watching(), 1U);
    presence->cancel(other);
    EXPECT_EQ(tokens.watching() + tokens.running(), 0U);
    plugIn();
    loop.runAll();
    EXPECT_EQ(first, Told{false});
}

TEST_F(TokenPresenceTest, changes_areToldOnceEach) {
    presence->watch(into(first));
    EXPECT_TRUE(first.empty()) << "never before it returns";
    loop.runAll();
    EXPECT_EQ(first, Told{false});
    plugIn();
    tokens.announce({});
    loop.runAll();
    EXPECT_EQ(first, (Told{false, true}));
    tokens.announce({.added = {tokens.placeOf(0)}});
    loop.runAll();
    EXPECT_EQ(first, (Told{false, true})) << "a second token is no news";
    tokens.removeToken(0);
    loop.runAll();
    EXPECT_EQ(first, (Told{false, true, false}));
}

TEST_F(TokenPresenceTest, laterWatcher_isToldTheStateAndTheFirstNotAgain) {
    plugIn();
    presence->watch(into(first));
    loop.runAll();
    presence->watch(into(second));
    loop.runAll();
    EXPECT_EQ(first, Told{true});
    EXPECT_EQ(second, Told{true});
}

TEST_F(TokenPresenceTest, moduleThatFails_isNoToken) {
    plugIn();
    tokens.modules[0].failure = Error{.code = ErrorCode::moduleFailed};
    (void)tokens.addToken("/lib/b.so", "Token B", "0002");
    tokens.modules[1].devices.clear();
    presence->watch(into(first));
    loop.runAll();
    EXPECT_EQ(first, Told{false});
    (void)tokens.addToken("/lib/c.so", "Token C", "0003");
    tokens.announce({});
    loop.runAll();
    EXPECT_EQ(first, (Told{false, true}));
}

TEST_F(TokenPresenceTest, cancelFromWithinTheCallback_isFine) {
    CommandId own = 0;
    own = presence->watch([&](bool isPresent) {
        first.push_back(isPresent);
        presence->cancel(own);
    });
    loop.runAll();
    EXPECT_EQ(first, Told{false});
    EXPECT_EQ(tokens.watching() + tokens.running(), 0U);
}

TEST_F(TokenPresenceTest, cancelOfAnotherFromWithinTheCallback_silencesIt) {
    CommandId other = 0;
    presence->watch([&](bool isPresent) {
        first.push_back(isPresent);
        presence->cancel(other);
    });
    other = presence->watch(into(second));
    loop.runAll();
    EXPECT_EQ(first, Told{false});
    EXPECT_TRUE(second.empty());
    EXPECT_EQ(tokens.watching(), 1U);
}

TEST_F(TokenPresenceTest, watchFromWithinTheCallback_isToldToo) {
    presence->watch([&](bool isPresent) {
        first.push_back(isPresent);
        if (first.size() == 1) presence->watch(into(second));
    });
    loop.runAll();
    EXPECT_EQ(first, Told{false});
    EXPECT_EQ(second, Told{false});
}

TEST_F(TokenPresenceTest, cancelOfOneThatIsGone_changesNothing) {
    presence->watch(into(first));
    presence->cancel(4711);
    presence->cancel(0);
    loop.runAll();
    EXPECT_EQ(first, Told{false});
}

TEST_F(TokenPresenceTest, destroyed_stopsAll) {
    presence->watch(into(first));
    presence.reset();
    EXPECT_EQ(tokens.watching() + tokens.running(), 0U);
    loop.runAll();
    EXPECT_TRUE(first.empty());
}

}  // namespace
}  // namespace signet
