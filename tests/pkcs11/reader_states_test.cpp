// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/reader_states.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

CardReader reader(std::string name, bool hasCard, unsigned long counter = 1) {
    return {.name = std::move(name), .isCardPresent = hasCard, .state = counter << 16};
}

/// What is told of a change, as "+reader" and "-reader".
std::vector<std::string> told(std::vector<CardReader> before, std::vector<CardReader> now) {
    ReaderStates states;
    states.update(std::move(before), [](const TokenEvent&) {});
    std::vector<std::string> events;
    states.update(std::move(now), [&](const TokenEvent& event) {
        events.push_back((event.isArrival ? "+" : "-") + event.reader);
    });
    return events;
}

using Events = std::vector<std::string>;

TEST(ReaderStates, differences_areTold) {
    EXPECT_EQ(told({}, {}), Events{});
    EXPECT_EQ(told({reader("A", true)}, {reader("A", true)}), Events{});
    EXPECT_EQ(told({}, {reader("A", false)}), Events{"+A"});
    EXPECT_EQ(told({reader("A", true)}, {}), Events{"-A"});
    EXPECT_EQ(told({reader("A", false)}, {reader("A", true, 2)}), Events{"+A"});
    EXPECT_EQ(told({reader("A", true)}, {reader("A", false, 2)}), Events{"-A"});
    EXPECT_EQ(told({reader("A", true), reader("B", true)}, {reader("B", false, 2), reader("C", true)}),
              (Events{"-A", "-B", "+C"}));
}

// Issue 3, point 2: after a gap it is right again.
TEST(ReaderStates, cardSwappedBetweenTwoLooks_wentAndCame) {
    EXPECT_EQ(told({reader("A", true, 1)}, {reader("A", true, 3)}), (Events{"-A", "+A"}));
    EXPECT_EQ(told({reader("A", false, 2)}, {reader("A", false, 4)}), Events{}) << "came and went";
}

TEST(CardPresence, slotDescription_isTheReadersNameCutOffAfter64Bytes) {
    const std::string name(80, 'R');
    const std::vector<CardReader> readers{reader("Virtual PCD 00 00", true), reader(name, false)};
    EXPECT_EQ(cardPresence(readers, "Virtual PCD 00 00"), CardPresence::present);
    EXPECT_EQ(cardPresence(readers, name.substr(0, 64)), CardPresence::absent);
    EXPECT_EQ(cardPresence(readers, "Virtual PCD"), CardPresence::unknown);
    EXPECT_EQ(cardPresence(readers, ""), CardPresence::unknown);
    // Two readers that begin alike: the one with the card.
    const std::vector<CardReader> alike{reader(name + "1", false), reader(name + "2", true)};
    EXPECT_EQ(cardPresence(alike, name.substr(0, 64)), CardPresence::present);
    EXPECT_EQ(cardPresence({}, "Virtual PCD 00 00"), CardPresence::unknown);
}

}  // namespace
}  // namespace signet
