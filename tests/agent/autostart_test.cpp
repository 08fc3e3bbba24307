// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/autostart.hpp"

#include "cli_test_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace signet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kEntry = "[Desktop Entry]\nType=Application\nExec=signet-agent\n";

class Autostart : public testing::Test {
protected:
    AutostartPlaces places() const {
        return {m_folder / "user", {m_folder / "near", m_folder / "far"}, "/opt/sig net/signet-agent"};
    }
    std::string own() const { return m_folder.read("user/signet-agent.desktop"); }
    bool hasOwn() const { return std::filesystem::exists(m_folder / "user/signet-agent.desktop"); }

    TestFolder m_folder;
};

TEST_F(Autostart, own_isWrittenAndRemoved) {
    EXPECT_FALSE(isAutostartOn(places()));
    ASSERT_TRUE(setAutostart(places(), true));
    EXPECT_TRUE(isAutostartOn(places()));
    EXPECT_THAT(own(), HasSubstr("\nExec=\"/opt/sig net/signet-agent\"\n"));
    EXPECT_THAT(own(), Not(HasSubstr("Hidden")));
    ASSERT_TRUE(setAutostart(places(), false));
    EXPECT_FALSE(hasOwn());
}

TEST_F(Autostart, systemWide_isHiddenByAnOwnEntry) {
    m_folder.write("far/signet-agent.desktop", kEntry);
    EXPECT_TRUE(isAutostartOn(places()));
    ASSERT_TRUE(setAutostart(places(), false));
    EXPECT_FALSE(isAutostartOn(places()));
    EXPECT_THAT(own(), HasSubstr("Hidden=true"));
    ASSERT_TRUE(setAutostart(places(), true));
    EXPECT_TRUE(isAutostartOn(places()));
    EXPECT_FALSE(hasOwn());
}

TEST_F(Autostart, nearerFolder_counts) {
    m_folder.write("near/signet-agent.desktop", std::string(kEntry) + "Hidden=true\n");
    m_folder.write("far/signet-agent.desktop", kEntry);
    EXPECT_FALSE(isAutostartOn(places()));
    ASSERT_TRUE(setAutostart(places(), true));
    EXPECT_TRUE(isAutostartOn(places()));
    EXPECT_TRUE(hasOwn());
}

TEST_F(Autostart, entriesOfOthers_areUnderstood) {
    m_folder.write("user/signet-agent.desktop", std::string(kEntry) + "X-GNOME-Autostart-enabled=false\n");
    EXPECT_FALSE(isAutostartOn(places()));
    m_folder.write("user/signet-agent.desktop", std::string(kEntry) + "[Other]\nHidden=true\n");
    EXPECT_TRUE(isAutostartOn(places()));
    m_folder.write("user/signet-agent.desktop", std::string(kEntry) + " Hidden = true \r\n");
    EXPECT_FALSE(isAutostartOn(places()));
}

TEST_F(Autostart, strangePath_isQuoted) {
    auto strange = places();
    strange.program = "/a\"$`\\%b";
    ASSERT_TRUE(setAutostart(strange, true));
    EXPECT_THAT(own(), HasSubstr("Exec=\"/a\\\\\"\\\\$\\\\`\\\\\\\\%%b\"\n"));
}

TEST_F(Autostart, unwritable_isAnError) {
    m_folder.write("user", "a file");
    const auto set = setAutostart(places(), true);
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().reason, "file_unwritable");
}

TEST(AutostartPlaces, followTheEnvironment) {
    ::setenv("XDG_CONFIG_HOME", "/home/x/cfg", 1);
    ::setenv("XDG_CONFIG_DIRS", "/a:relative:/b", 1);
    const auto places = defaultAutostartPlaces();
    ::unsetenv("XDG_CONFIG_HOME");
    ::unsetenv("XDG_CONFIG_DIRS");
    EXPECT_EQ(places.userFolder, "/home/x/cfg/autostart");
    EXPECT_THAT(places.systemFolders, ::testing::ElementsAre("/a/autostart", "/b/autostart"));
    EXPECT_EQ(defaultAutostartPlaces().systemFolders.at(0), "/etc/xdg/autostart");
}

}  // namespace
}  // namespace signet
