// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/configuration_edit.hpp"

#include "cli_test_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <unistd.h>

namespace signet {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string edited(const std::string& text, const ConfigurationChanges& changes) {
    return editedConfiguration(text, "f", changes).value_or("refused");
}

TEST(EditedConfiguration, table) {
    struct Case {
        std::string before;
        ConfigurationChanges changes;
        std::string after;
    };
    const std::vector<Case> cases{
        {"", {{"language", {"zh"}}}, "language = zh\n"},
        {"# mine\n\nlanguage = en # why\npin.pad=no\n",
         {{"language", {"zh"}}},
         "# mine\n\nlanguage = zh  # why\npin.pad=no\n"},
        {"language = en\nissuer = https://a.test\n", {{"language", {}}}, "issuer = https://a.test\n"},
        {"language = en", {{"language", {"en"}}}, "language = en\n"},
        {"module = /a.so # first\nlanguage = en\nmodule = /b.so\n",
         {{"module", {"/a.so", "/c.so", "/d.so"}}},
         "module = /a.so # first\nlanguage = en\nmodule = /c.so\nmodule = /d.so\n"},
        {"module = /a.so\nlanguage = en\nmodule = /b.so\nmodule = /c.so\n",
         {{"module", {"/c.so"}}},
         "module = /c.so\nlanguage = en\n"},
        // In a section a key has its short name, and a new key must not come behind it.
        {"[bridge]\nport = 1\n", {{"bridge.port", {"2"}}}, "[bridge]\nport = 2\n"},
        {"language = en\n[bridge]\ntls = no\n",
         {{"bridge.port", {"2"}}, {"pin.pad", {"no"}}},
         "language = en\nbridge.port = 2\npin.pad = no\n[bridge]\ntls = no\n"},
        {"[bridge]\nport = 1\nextra-origin = https://a.test\n",
         {{"bridge.extra-origin", {"https://a.test", "https://b.test"}}},
         "[bridge]\nport = 1\nextra-origin = https://a.test\nextra-origin = https://b.test\n"},
        {"", {{"module", {}}}, ""},
    };
    for (const auto& c : cases) EXPECT_EQ(edited(c.before, c.changes), c.after) << c.before;
}

TEST(EditedConfiguration, valueThatTheFileCannotHold_isRefusedWithItsKey) {
    for (const char* value : {"/a#b.so", "/a\nissuer = https://evil.test", " /a.so", "/a.so\r"}) {
        const auto result = editedConfiguration("language = zh\n", "f", {{"module", {value}}});
        ASSERT_FALSE(result) << value;
        EXPECT_EQ(result.error().reason, "value_unwritable");
        EXPECT_EQ(result.error().params.at("key"), "module");
    }
    EXPECT_FALSE(editedConfiguration("broken line\n", "f", {{"language", {"zh"}}}));
}

class SavedConfiguration : public testing::Test {
protected:
    ConfigurationPaths paths() const {
        return {m_folder / "etc/agent.conf",
                m_folder / "etc/policy.conf",
                m_folder / "etc/trust",
                m_folder / "user",
                m_folder.path(),
                ::getuid()};
    }
    Result<Configuration> save(const ConfigurationChanges& changes) {
        return saveConfiguration(paths(), std::nullopt, m_commandLine, changes);
    }
    std::string text() const { return m_folder.read("user/agent.conf"); }

    TestFolder m_folder;
    LayerEntries m_commandLine{.layer = ConfigurationLayer::commandLine};
};

TEST_F(SavedConfiguration, newFile_isPrivateAndHolds) {
    const auto saved = save({{"language", {"en"}}, {"bridge.port", {"28700"}}});
    ASSERT_TRUE(saved) << saved.error().detail;
    EXPECT_EQ(saved->language, Language::en);
    EXPECT_EQ(saved->bridge.port, 28700);
    struct stat status {};
    ASSERT_EQ(::stat((m_folder / "user/agent.conf").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const auto loaded = loadConfiguration(paths(), std::nullopt, m_commandLine);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->bridge.port, 28700);
}

TEST_F(SavedConfiguration, refusedValue_isNamedAndNothingIsWritten) {
    m_folder.write("user/agent.conf", "# mine\nlanguage = zh\n");
    const auto saved = save({{"language", {"en"}}, {"bridge.port", {"70000"}}});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().params.at("key"), "bridge.port");
    EXPECT_EQ(text(), "# mine\nlanguage = zh\n");
    const auto module = save({{"module", {(m_folder / "none.so").string()}}});
    ASSERT_FALSE(module);
    EXPECT_EQ(module.error().reason, "module_missing");
    EXPECT_EQ(module.error().params.at("key"), "module");
}

TEST_F(SavedConfiguration, brokenFile_isToldAndCanBeMended) {
    m_folder.write("user/agent.conf", "language = xx\n");
    const auto other = save({{"pin.pad", {"no"}}});
    ASSERT_FALSE(other);
    EXPECT_FALSE(other.error().params.contains("key"));
    EXPECT_THAT(other.error().detail, HasSubstr("agent.conf:1"));
    EXPECT_TRUE(save({{"language", {"zh"}}}));
}

TEST_F(SavedConfiguration, policyAndCommandLine_stayOverIt) {
    m_folder.write("etc/policy.conf", "pin.pad = no\n");
    m_commandLine.entries = {{"bridge.port", "0", 0}};
    const auto saved = save({{"pin.pad", {"yes"}}, {"bridge.port", {"28700"}}});
    ASSERT_TRUE(saved) << saved.error().detail;
    EXPECT_FALSE(saved->usePinPad);
    EXPECT_TRUE(saved->isLocked("pin.pad"));
    EXPECT_EQ(saved->bridge.port, 0);
    const auto layer = commandLineLayer(*saved);
    ASSERT_EQ(layer.entries.size(), 1U);
    EXPECT_EQ(layer.entries[0].key, "bridge.port");
}

TEST_F(SavedConfiguration, fileOfTheOption_isTheOneThatIsWritten) {
    const auto file = m_folder.write("mine.conf", "language = zh\ntrust = roots\n");
    fs::create_directories(m_folder / "roots");
    const auto saved = saveConfiguration(paths(), file, m_commandLine, {{"language", {"en"}}});
    ASSERT_TRUE(saved) << saved.error().detail;
    EXPECT_EQ(m_folder.read("mine.conf"), "language = en\ntrust = roots\n");
    EXPECT_EQ(saved->trustFolders.at(0), m_folder / "roots");
    EXPECT_FALSE(fs::exists(m_folder / "user/agent.conf"));
}

TEST_F(SavedConfiguration, languageAlone_needsNoRestart) {
    const auto running = save({{"pin.pad", {"no"}}});
    const auto otherLanguage = save({{"language", {"en"}}});
    const auto otherPad = save({{"pin.pad", {"yes"}}});
    ASSERT_TRUE(running && otherLanguage && otherPad);
    EXPECT_FALSE(needsRestart(*running, *otherLanguage));
    EXPECT_TRUE(needsRestart(*running, *otherPad));
}

}  // namespace
}  // namespace signet
