// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/token_memory.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

const std::string kReader = "Virtual PCD 00 00";

TokenListing listingOf(std::vector<std::string> serials, bool isPcsc = false) {
    TokenListing listing{.isPcsc = isPcsc};
    for (auto& serial : serials) {
        TokenInfo info{.slot = listing.tokens.size(), .label = "T", .serial = std::move(serial)};
        if (isPcsc) info.slotDescription = kReader;
        listing.tokens.push_back({std::move(info)});
    }
    return listing;
}

std::vector<std::string> serialsOf(const std::vector<TokenPlace>& places) {
    std::vector<std::string> serials;
    for (const auto& place : places) serials.push_back(place.serial);
    return serials;
}

using Serials = std::vector<std::string>;

// Issue 3: a second listing without changes answers from memory.
TEST(TokenMemory, learned_isRecalledUntilSomethingHappens) {
    TokenMemory memory({"/a.so", "/b.so"});
    EXPECT_EQ(memory.recall(0), nullptr);
    memory.learn(0, listingOf({"1"}), memory.generation(0));
    ASSERT_NE(memory.recall(0), nullptr);
    EXPECT_EQ(memory.recall(0)->tokens.size(), 1U);
    EXPECT_EQ(memory.recall(1), nullptr);
    memory.forget(0);
    EXPECT_EQ(memory.recall(0), nullptr);
}

TEST(TokenMemory, answerFromBeforeAnEvent_isToldButNotRecalled) {
    TokenMemory memory({"/a.so"});
    const auto asked = memory.generation(0);
    memory.forget(0);
    EXPECT_EQ(serialsOf(memory.learn(0, listingOf({"1"}), asked).added), Serials{"1"});
    EXPECT_EQ(memory.recall(0), nullptr);
}

TEST(TokenMemory, listingWithAFailedSlot_isAskedForAgain) {
    TokenMemory memory({"/a.so"});
    auto listing = listingOf({"1"});
    listing.faults.push_back({7, Error{.code = ErrorCode::tokenError}});
    memory.learn(0, listing, memory.generation(0));
    EXPECT_EQ(memory.recall(0), nullptr);
}

// A PIN is unlocked with the maker's tool, and no event tells.
TEST(TokenMemory, tokenWhosePinIsInTrouble_isAskedAgain) {
    TokenMemory memory({"/a.so"});
    auto listing = listingOf({"1"});
    listing.tokens[0].info.isPinLocked = true;
    memory.learn(0, listing, memory.generation(0));
    EXPECT_EQ(memory.recall(0), nullptr);
}

TEST(TokenMemory, difference_isWhatCameAndWhatWent) {
    TokenMemory memory({"/a.so"});
    memory.learn(0, listingOf({"1", "2"}), 0);
    const auto change = memory.learn(0, listingOf({"2", "3"}), 0);
    EXPECT_EQ(serialsOf(change.added), Serials{"3"});
    EXPECT_EQ(serialsOf(change.removed), Serials{"1"});
    EXPECT_EQ(change.removed.at(0).module, "/a.so");
    EXPECT_TRUE(memory.learn(0, listingOf({"3", "2"}), 0).isEmpty()) << "other slots, the same tokens";
}

// Issue 3, point 3: OpenSC believes in a card for a second after it has gone.
TEST(TokenMemory, removedReader_takesItsTokensAtOnceAndALateAnswerIsNotBelieved) {
    TokenMemory memory({"/opensc.so", "/softhsm.so"});
    memory.learn(0, listingOf({"1"}, true), 0);
    memory.learn(1, listingOf({"9"}), 0);
    const auto asked = memory.generation(0);
    EXPECT_TRUE(memory.removeReader("Another reader").isEmpty());
    EXPECT_EQ(serialsOf(memory.removeReader(kReader).removed), Serials{"1"});
    ASSERT_NE(memory.recall(0), nullptr) << "only what changed";
    EXPECT_TRUE(memory.recall(0)->tokens.empty());
    EXPECT_NE(memory.recall(1), nullptr);
    memory.learn(0, listingOf({"1"}, true), asked);
    EXPECT_EQ(memory.recall(0), nullptr);
}

TEST(TokenMemory, longReaderName_isComparedAsASlotCutsItOff) {
    TokenMemory memory({"/opensc.so"});
    const std::string name(80, 'R');
    auto listing = listingOf({"1"}, true);
    listing.tokens[0].info.slotDescription = name.substr(0, 64);
    memory.learn(0, listing, 0);
    EXPECT_EQ(memory.removeReader(name).removed.size(), 1U);
}

TEST(TokenMemory, readers_concernWhatIsOfPcscOrHasShownNothing) {
    TokenMemory memory({"/opensc.so", "/softhsm.so", "/empty.so", "/silent.so"});
    memory.learn(0, listingOf({"1"}, true), 0);
    memory.learn(1, listingOf({"9"}), 0);
    memory.learn(2, listingOf({}), 0);
    EXPECT_TRUE(memory.mayUseReaders(0));
    EXPECT_FALSE(memory.mayUseReaders(1));
    EXPECT_TRUE(memory.mayUseReaders(2));
    EXPECT_TRUE(memory.mayUseReaders(3));
    EXPECT_TRUE(memory.isPcsc(0));
    EXPECT_FALSE(memory.isPcsc(1));
}

}  // namespace
}  // namespace signet
