// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/identity.hpp"

#include "tests/certs/identity_fixture.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

// R18
TEST(UsccCheck, vectorsOfTheStandardAndTheWild_fit) {
    for (const auto* uscc : {"91350200MA2YJ1XR9G", "91350200776049653A", "91440101MA5CJQ4N59"}) {
        EXPECT_TRUE(isUsccShaped(uscc)) << uscc;
        EXPECT_TRUE(usccCheckFits(uscc)) << uscc;
    }
}

// R18
TEST(UsccCheck, legalEarlyCodes_areShapedButDoNotFit) {
    for (const auto* uscc :
         {"91350203M0001QAY9B", "91350100M0001TGQXM", "91350211M0000XUF46", "91350203M0001FUE2P"}) {
        EXPECT_TRUE(isUsccShaped(uscc)) << uscc;
        EXPECT_FALSE(usccCheckFits(uscc)) << uscc;
    }
}

TEST(UsccCheck, eachChangedCharacter_doesNotFit) {
    for (std::size_t i = 0; i < kUscc.size(); ++i) {
        std::string changed(kUscc);
        changed[i] = changed[i] == '1' ? '2' : '1';
        EXPECT_FALSE(usccCheckFits(changed)) << changed;
    }
}

TEST(UsccCheck, otherShapes_areRefused) {
    for (const auto* text : {"", "91350200MA2YJ1XR9", "91350200MA2YJ1XR9GG", "91350200MI2YJ1XR9G",
                             "9135020OMA2YJ1XR9G", "91350A00MA2YJ1XR9G", "91350200ma2yj1xr9g"})
        EXPECT_FALSE(isUsccShaped(text)) << text;
}

// R16
TEST(IdNumberCheck, vectors_fit) {
    for (const auto* id : {"11010519491231002X", "34052419800101001X"}) {
        EXPECT_TRUE(isIdNumberShaped(id)) << id;
        EXPECT_TRUE(idNumberCheckFits(id)) << id;
    }
}

// R16
TEST(IdNumberCheck, wrongDigitAndImpossibleDates_areToldApart) {
    EXPECT_TRUE(isIdNumberShaped("110105194912310021"));
    EXPECT_FALSE(idNumberCheckFits("110105194912310021"));
    for (const auto* id : {"110105194902300023", "110105194913010021", "110105000012310021",
                           "11010519491231002x", "1101051949123100X2", "1101051949123100", ""})
        EXPECT_FALSE(isIdNumberShaped(id)) << id;
}

TEST(OrganisationCode, ofAUscc_isItsNineCharacters) {
    EXPECT_EQ(organisationCodeOf("91350200776049653A"), "776049653");
    EXPECT_EQ(organisationCodeOf("776049653"), "776049653");
    EXPECT_EQ(organisationCodeOf("776049652"), "");
    EXPECT_EQ(enterpriseKeyOf("91350200776049653A"), enterpriseKeyOf("776049653"));
    EXPECT_EQ(enterpriseKeyOf("x"), "x");
    EXPECT_TRUE(organisationCodeFits("MA2YJ1XR9"));
    EXPECT_FALSE(organisationCodeFits("ma2yj1xr9"));
}

// R16
TEST(MaskedNumber, longAndShort_showNoMoreThanTheEnds) {
    EXPECT_EQ(maskedNumber("530102199003071234"), "5301**********1234");
    EXPECT_EQ(maskedNumber(kUscc), "9135**********XR9G");
    EXPECT_EQ(maskedNumber("776049653"), "77*****53");
    EXPECT_EQ(maskedNumber("12"), "**");
    EXPECT_EQ(maskedNumber(""), "");
}

}  // namespace
}  // namespace signet
