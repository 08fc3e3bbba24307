// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/licences.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace signet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::set<std::string> wordsOf(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

/// The array build_packages of the script `dev`.
std::set<std::string> buildPackages() {
    const char* source = std::getenv("SIGNET_SOURCE");
    std::ifstream file(std::string(source == nullptr ? SIGNET_SOURCE_FOLDER : source) + "/dev");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::string mark = "build_packages=(";
    const auto begin = text.find(mark);
    if (begin == std::string::npos) return {};
    const auto first = begin + mark.size();
    return wordsOf(text.substr(first, text.find(')', first) - first));
}

/// Nothing of these is in a program.
const std::set<std::string> kTools{"g++",          "cmake",         "ninja-build",         "ccache",
                                   "pkg-config",   "qt6-tools-dev", "qt6-tools-dev-tools", "qt6-l10n-tools",
                                   "libgtest-dev", "libgmock-dev",  "libbenchmark-dev"};
/// What another package of the list brings.
const std::set<std::string> kBrought{"libfmt-dev"};  // by libspdlog-dev

// R52
TEST(Licences, list_isThatOfTheBuildsPackages) {
    auto expected = buildPackages();
    ASSERT_FALSE(expected.empty());
    for (const auto& tool : kTools) expected.erase(tool);
    expected.insert(kBrought.begin(), kBrought.end());
    std::set<std::string> listed;
    for (const auto& component : components()) listed.merge(wordsOf(std::string(component.packages)));
    EXPECT_EQ(listed, expected);
}

// R52
TEST(Licences, text_namesThoseOfTheProgram) {
    const auto agent = licencesText(ProgramKind::agent);
    EXPECT_THAT(agent, HasSubstr("Signet  Apache-2.0"));
    EXPECT_THAT(agent, HasSubstr("LGPL-3.0-only"));
    EXPECT_THAT(agent, HasSubstr("libp11"));
    EXPECT_THAT(agent, Not(HasSubstr("SQLite")));
    const auto platform = licencesText(ProgramKind::platform);
    EXPECT_THAT(platform, HasSubstr("SQLite"));
    EXPECT_THAT(platform, Not(HasSubstr("Qt 6")));
    for (const auto& component : components()) {
        EXPECT_FALSE(component.licence.empty() || component.holder.empty() || component.packages.empty());
        EXPECT_TRUE(component.isInAgent || component.isInPlatform) << component.name;
        EXPECT_TRUE(component.site.starts_with("https://"));
    }
}

}  // namespace
}  // namespace signet
