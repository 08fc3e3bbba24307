// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/configuration_files.hpp"

#include "cli_test_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signet {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ConfigurationFiles : public testing::Test {
protected:
    ConfigurationFiles() {
        fs::create_directories(m_folder / "etc");
        fs::create_directories(m_folder / "user");
    }
    ConfigurationPaths paths() const {
        return {m_folder / "etc/agent.conf",
                m_folder / "etc/policy.conf",
                m_folder / "etc/trust",
                m_folder / "user",
                m_folder.path(),
                ::getuid()};
    }
    Result<Configuration> load(const std::optional<fs::path>& file = std::nullopt,
                               const LayerEntries& commandLine = {}) const {
        return loadConfiguration(paths(), file, commandLine);
    }
    TestFolder m_folder;
};

TEST_F(ConfigurationFiles, noFileAtAll_isTheBuiltIn) {
    const auto configuration = load();
    ASSERT_TRUE(configuration) << configuration.error().detail;
    EXPECT_TRUE(configuration->settings.empty());
    EXPECT_TRUE(configuration->trustFolders.empty());
}

TEST_F(ConfigurationFiles, layers_winInTheContractsOrder) {
    m_folder.write("etc/agent.conf",
                   "issuer = https://machine.test\nrevocation = off\nlanguage = en\nlog.level = off\n");
    m_folder.write("user/agent.conf", "revocation = hard-fail\nlanguage = en\nlog.level = error\n");
    m_folder.write("etc/policy.conf", "log.level = debug\n");
    const auto commandLine =
        commandLineEntries({{"language", "zh", 0}, {"log.level", "info", 0}}, m_folder.path());
    const auto configuration = load(std::nullopt, *commandLine);
    ASSERT_TRUE(configuration) << configuration.error().detail;
    EXPECT_THAT(configuration->issuers, ElementsAre("https://machine.test"));
    EXPECT_EQ(configuration->revocation, RevocationPolicy::hardFail);
    EXPECT_EQ(configuration->language, Language::zh);
    EXPECT_EQ(configuration->logLevel, "debug");
    EXPECT_TRUE(configuration->isLocked("log.level"));
}

TEST_F(ConfigurationFiles, givenFile_replacesUserAndMachineButNotPolicy) {
    m_folder.write("etc/agent.conf", "issuer = https://machine.test\n");
    m_folder.write("user/agent.conf", "revocation = off\n");
    m_folder.write("etc/policy.conf", "language = en\n");
    const auto file = m_folder.write("given.conf", "log.level = error\nlanguage = zh\n");
    const auto configuration = load(file);
    ASSERT_TRUE(configuration) << configuration.error().detail;
    EXPECT_TRUE(configuration->issuers.empty());
    EXPECT_EQ(configuration->revocation, RevocationPolicy::softFail);
    EXPECT_EQ(configuration->logLevel, "error");
    EXPECT_EQ(configuration->language, Language::en);
}

TEST_F(ConfigurationFiles, givenFileMissing_isRefused) {
    const auto refused = load(m_folder / "absent.conf");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::configurationInvalid);
    EXPECT_THAT(sentence(refused.error(), Language::en), HasSubstr("absent.conf"));
}

TEST_F(ConfigurationFiles, fileWritableByEverybody_isRefused) {
    const auto file = m_folder.write("user/agent.conf", "language = en\n");
    ::chmod(file.c_str(), 0666);
    const auto refused = load();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "file_writable");
}

TEST_F(ConfigurationFiles, folderInPlaceOfAFile_isRefused) {
    fs::create_directories(m_folder / "user/agent.conf");
    ASSERT_FALSE(load());
}

struct FileRefusal {
    const char* name;
    const char* line;
    const char* reason;
};
class ConfigurationFileRefusal : public ConfigurationFiles,
                                 public testing::WithParamInterface<FileRefusal> {};

TEST_P(ConfigurationFileRefusal, namedFile_isRefusedWithTheLineThatNamesIt) {  // attacks.md 44
    ::chmod(m_folder.write("open.so", "x").c_str(), 0666);
    m_folder.write("no.pem", "nothing");
    m_folder.write(
        "user/agent.conf", "language = en\n" + [&] {
            std::string line = GetParam().line;
            const auto at = line.find("DIR");
            return at == std::string::npos ? line : line.replace(at, 3, m_folder.path().string());
        }());
    const auto refused = load();
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().detail, HasSubstr("user/agent.conf:2: "));
    EXPECT_EQ(refused.error().reason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ConfigurationFileRefusal,
    testing::Values(FileRefusal{"missingModule", "module = DIR/none.so\n", "module_missing"},
                    FileRefusal{"openModule", "module = DIR/open.so\n", "module_writable"},
                    FileRefusal{"missingTrust", "trust = none\n", "file_missing"},
                    FileRefusal{"trustIsAFile", "trust = agent.conf\n", "file_missing"},
                    FileRefusal{"missingRoots", "issuer-ca = none.pem\n", "file_missing"},
                    FileRefusal{"emptyRoots", "issuer-ca = https://a.test DIR/no.pem\n", "file_unreadable"},
                    FileRefusal{"missingProfile", "module-profile = none\n", "file_missing"}),
    [](const auto& row) { return row.param.name; });

TEST_F(ConfigurationFiles, overriddenSetting_isNotCheckedForItsFile) {
    m_folder.write("etc/agent.conf", "trust = /nowhere/at/all\n");
    fs::create_directories(m_folder / "ca");
    m_folder.write("etc/policy.conf", "trust = ../ca\n");
    const auto configuration = load();
    ASSERT_TRUE(configuration) << configuration.error().detail;
    EXPECT_THAT(configuration->trustFolders, ElementsAre(m_folder / "ca"));
}

TEST_F(ConfigurationFiles, trustNotSet_isThoseFoldersThatExist) {
    fs::create_directories(m_folder / "user/trust");
    EXPECT_THAT(load()->trustFolders, ElementsAre(m_folder / "user/trust"));
    fs::create_directories(m_folder / "etc/trust");
    const auto configuration = load();
    EXPECT_THAT(configuration->trustFolders, ElementsAre(m_folder / "etc/trust", m_folder / "user/trust"));
    EXPECT_EQ(configuration->settings.at("trust").front().origin(), "built in");
}

TEST_F(ConfigurationFiles, brokenPolicy_failsClosed) {  // attacks.md 53
    m_folder.write("etc/policy.conf", "issuer = https://a.test\nisuer = x\n");
    const auto refused = load();
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().detail, HasSubstr("etc/policy.conf:2: unknown key"));
}

TEST_F(ConfigurationFiles, policyOthersCanWrite_failsClosed) {  // attacks.md 53
    const auto policy = m_folder.write("etc/policy.conf", "language = en\n");
    for (const unsigned mode : {0664U, 0646U}) {
        ::chmod(policy.c_str(), mode);
        const auto refused = load();
        ASSERT_FALSE(refused) << std::oct << mode;
        EXPECT_EQ(refused.error().reason, "policy_unsafe");
    }
    ::chmod(policy.c_str(), 0644);
    EXPECT_TRUE(load());
    ::chmod((m_folder / "etc").c_str(), 0777);
    ASSERT_FALSE(load());
    EXPECT_EQ(load().error().reason, "policy_unsafe");
}

TEST_F(ConfigurationFiles, policyOfAnotherOwner_failsClosed) {  // attacks.md 53
    m_folder.write("etc/policy.conf", "language = en\n");
    auto other = paths();
    other.administrator = ::getuid() + 1;
    if (::getuid() == 0) {
        ASSERT_EQ(::chown(other.policyFile.c_str(), 12345, 0), 0);
    }
    const auto refused = loadConfiguration(other, std::nullopt, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "policy_unsafe");
}

TEST_F(ConfigurationFiles, danglingPolicy_failsClosed) {  // attacks.md 53
    fs::create_symlink(m_folder / "gone", m_folder / "etc/policy.conf");
    const auto refused = load();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "policy_unreadable");
}

TEST_F(ConfigurationFiles, policyThatAUserCouldTakeAwayOrLinkElsewhere_failsClosed) {  // attacks.md 53
    m_folder.write("safe/policy.conf", "language = en\n");
    fs::create_symlink(m_folder / "safe/policy.conf", m_folder / "etc/policy.conf");
    EXPECT_TRUE(load());
    ::chmod((m_folder / "etc").c_str(), 0777);
    EXPECT_EQ(load().error().reason, "policy_unsafe");
    fs::remove(m_folder / "etc/policy.conf");
    EXPECT_EQ(load().error().reason, "policy_unsafe");
    ::chmod((m_folder / "etc").c_str(), 0755);
    EXPECT_TRUE(load());
}

TEST_F(ConfigurationFiles, rootsThatEverybodyCanWrite_areRefused) {
    const auto roots = m_folder.write("roots.pem", "");
    ::chmod(roots.c_str(), 0666);
    m_folder.write("user/agent.conf", "issuer = https://a.test\nissuer-ca = " + roots.string() + "\n");
    const auto refused = load();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "file_writable");
    EXPECT_THAT(refused.error().detail, HasSubstr("user/agent.conf:2: issuer-ca"));
}

TEST_F(ConfigurationFiles, policyIsAFolder_failsClosed) {
    fs::create_directories(m_folder / "etc/policy.conf");
    const auto refused = load();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "policy_unreadable");
}

TEST(UserFolder, environment_decides) {
    ::setenv("SIGNET_TEST_XDG", "/x", 1);
    EXPECT_EQ(userFolder("SIGNET_TEST_XDG", ".config"), "/x/signet");
    ::setenv("SIGNET_TEST_XDG", "relative", 1);
    const std::string home = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
    ::setenv("HOME", "/h", 1);
    EXPECT_EQ(userFolder("SIGNET_TEST_XDG", ".config"), "/h/.config/signet");
    ::setenv("HOME", home.c_str(), 1);
    ::unsetenv("SIGNET_TEST_XDG");
}

}  // namespace
}  // namespace signet
