// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/sm2_strategy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace signet {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kProfile =
    "name = maker\nmodule = MakerP11\nmanufacturer = Maker Ltd\nkey-type = 0x80000009\n"
    "strategy = 0x80000011 prehashed\nstrategy = 18 message id\n";

TEST(Sm2Profile, file_isRead) {
    const auto profile = parseSm2Profile(kProfile, "maker.conf");
    ASSERT_TRUE(profile) << profile.error().detail;
    EXPECT_EQ(profile->name, "maker");
    EXPECT_THAT(profile->keyTypes, ElementsAre(0x80000009U));
    ASSERT_EQ(profile->strategies.size(), 2U);
    EXPECT_EQ(profile->strategies[0],
              (Sm2Strategy{"maker/0x80000011/prehashed", 0x80000011, Sm2Input::prehashed, false}));
    EXPECT_EQ(profile->strategies[1], (Sm2Strategy{"maker/18/message/id", 18, Sm2Input::message, true}));
    EXPECT_TRUE(profile->fits("libmakerp11.so.2", "x"));
    EXPECT_TRUE(profile->fits("x.so", "MAKER LTD Beijing"));
    EXPECT_FALSE(profile->fits("libother.so", "Other"));
}

// A malformed file is refused with file and line.
TEST(Sm2Profile, whatIsNotUnderstood_isNamed) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"name = a\nstrategy = 0xZZ prehashed\n", "f.conf:2"},
        {"name = a\nstrategy = 1 guess\n", "f.conf:2"},
        {"name = a\nstrategy = 1\n", "f.conf:2"},
        {"name = a\nstrategy = 1 message id more\n", "f.conf:2"},
        {"name = a\nstrategy = 1 message other\n", "f.conf:2"},
        {"name = a\n\nkey-type = many\n", "f.conf:3"},
        {"name = a\ncolour = 1\n", "f.conf:2"},
        {"name = a\nname = b\n", "f.conf:2"},
        {"strategy = 1 message\n", "name is missing"},
        {"name = a\n", "strategy is missing"},
        {"name a\n", "f.conf:1"},
    };
    for (const auto& [text, named] : cases) {
        const auto profile = parseSm2Profile(text, "f.conf");
        ASSERT_FALSE(profile) << text;
        EXPECT_EQ(profile.error().code, ErrorCode::configurationInvalid);
        EXPECT_THAT(profile.error().detail, HasSubstr(named)) << text;
    }
}

TEST(Sm2Profile, builtIn_haveTheNumbersOfTheFamilies) {
    const auto& profiles = builtInSm2Profiles();
    EXPECT_EQ(profiles.size(), 9U);
    const auto numbers = [&](const std::string& name) {
        std::vector<std::uint64_t> found;
        for (const auto& profile : profiles)
            if (profile.name == name)
                for (const auto& strategy : profile.strategies) found.push_back(strategy.mechanism);
        return found;
    };
    EXPECT_THAT(numbers("luna"), ElementsAre(0x80000B21U, 0x80000B22U));
    EXPECT_THAT(numbers("ibm"), ElementsAre(0x8005000BU, 0x8005000CU));
    EXPECT_EQ(numbers("sansec").front(), 0x80008105U);
}

std::vector<std::string> namesOf(const Sm2Ways& ways) {
    std::vector<std::string> names;
    for (const auto& strategy : ways.strategies) names.push_back(strategy.name);
    return names;
}

Sm2Profile profileOf(const std::string& text) {
    return *parseSm2Profile(text, "f.conf");
}

TEST(Sm2Ways, order_isRememberedThenFittingThenOthersEachOnce) {
    const std::vector<Sm2Profile> profiles{
        profileOf("name = a\nmodule = liba\nstrategy = 1 prehashed\nstrategy = 2 message\n"),
        profileOf(
            "name = b\nmodule = libb\nstrategy = 2 message\nstrategy = 3 prehashed\nstrategy = 1 message\n")};
    EXPECT_THAT(namesOf(sm2Ways(profiles, "none.so", "", "")),
                ElementsAre("a/1/prehashed", "a/2/message", "b/3/prehashed", "b/1/message"));
    EXPECT_THAT(namesOf(sm2Ways(profiles, "libb.so", "", "")),
                ElementsAre("b/2/message", "b/3/prehashed", "b/1/message", "a/1/prehashed"));
    EXPECT_THAT(namesOf(sm2Ways(profiles, "libb.so", "", "a/1/prehashed")),
                ElementsAre("a/1/prehashed", "b/2/message", "b/3/prehashed", "b/1/message"));
    EXPECT_EQ(sm2Ways(profiles, "libb.so", "", "gone/9/message").strategies.size(), 4U);
}

}  // namespace
}  // namespace signet
