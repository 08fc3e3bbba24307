// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli_options.hpp"

#include "agent/cli_output.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace signet {
namespace {

using ::testing::HasSubstr;
using Words = std::vector<std::string>;

CliOptions parsed(const Words& words) {
    auto options = parseCliOptions(words, "/w");
    EXPECT_TRUE(options) << options.error().detail;
    return options.value_or(CliOptions());
}

TEST(CliOptions, everyCommandOfTheContract_isRead) {
    const auto sha = std::string(64, 'A');
    EXPECT_EQ(parsed({"tokens", "--json"}).command, CliCommand::tokens);
    const auto enrol =
        parsed({"register", "--issuer", "https://a.test", "--accept-agreements", "--label", "L", "--json"});
    EXPECT_EQ(enrol.command, CliCommand::enrol);
    EXPECT_TRUE(enrol.hasAcceptedAgreements && enrol.isJson);
    EXPECT_EQ(enrol.issuer, "https://a.test");
    EXPECT_EQ(enrol.selection.label, "L");
    EXPECT_EQ(parsed({"register", "--approve", sha}).approve, std::string(64, 'a'));
    const auto login = parsed({"login", "--issuer=https://a.test", "--certificate", sha, "--act",
                               "org:91350200MA2YJ1XR9G", "--askpass", "/bin/x", "--config", "f"});
    EXPECT_EQ(login.command, CliCommand::login);
    EXPECT_EQ(login.selection.fingerprintHex, std::string(64, 'a'));
    EXPECT_EQ(login.act.as, "enterprise");
    EXPECT_EQ(login.act.org, "91350200MA2YJ1XR9G");
    EXPECT_EQ(login.askpass, "/bin/x");
    EXPECT_EQ(login.configFile, "f");
    EXPECT_EQ(parsed({"pin", "change", "--token", "T"}).token, "T");
    EXPECT_EQ(parsed({"doctor", "--json"}).command, CliCommand::doctor);
    EXPECT_EQ(parsed({"doctor", "--report", "r.txt", "--force"}).report, "r.txt");
    EXPECT_TRUE(parsed({"doctor", "--force"}).isForced);
    EXPECT_FALSE(parseCliOptions({"tokens", "--report", "r.txt"}, "/"));
    EXPECT_EQ(parsed({"journal"}).command, CliCommand::journal);
    EXPECT_EQ(parsed({"config", "check"}).command, CliCommand::checkConfiguration);
    EXPECT_TRUE(parsed({"--help"}).isHelpWanted);
    EXPECT_TRUE(parsed({"--version"}).isVersionWanted);
    EXPECT_TRUE(parsed({"login", "--help"}).isHelpWanted);
}

// Issue 3, point 8
TEST(CliOptions, renewal_isReadAndItsPartsAreDemanded) {
    const auto request =
        parsed({"certificate", "request", "--out", "r.pem", "--label", "L", "--askpass", "x"});
    EXPECT_EQ(request.command, CliCommand::requestCertificate);
    EXPECT_EQ(request.out, "r.pem");
    EXPECT_FALSE(request.newKey);
    const auto fresh = parsed({"certificate", "request", "--out", "r", "--new-key", "rsa3072",
                               "--subject-from", "old.pem", "--token", "T"});
    EXPECT_EQ(fresh.newKey, NewKeyKind::rsa3072);
    EXPECT_EQ(fresh.subjectFrom, "old.pem");
    EXPECT_EQ(fresh.token, "T");
    const auto install = parsed({"certificate", "install", "answer.p7b", "--json"});
    EXPECT_EQ(install.command, CliCommand::installCertificate);
    EXPECT_EQ(install.file, "answer.p7b");
    EXPECT_TRUE(parsed({"certificate", "install", "--help"}).isHelpWanted);
    EXPECT_TRUE(parsed({"certificate", "request", "--help"}).isHelpWanted);
    for (const Words& wrong :
         {Words{"certificate", "request"}, Words{"certificate", "install"}, Words{"certificate"},
          Words{"certificate", "install", "a", "b"}, Words{"certificate", "request", "x", "--out", "r"},
          Words{"certificate", "request", "--out", "r", "--new-key", "sm2"},
          Words{"certificate", "request", "--out", "r", "--subject-from", "x"},
          Words{"certificate", "install", "a", "--out", "r"},
          Words{"certificate", "request", "--out", "r", "--new-key", "p256", "--subject-from", "x", "--label",
                "L"}}) {
        const auto options = parseCliOptions(wrong, "/w");
        ASSERT_FALSE(options) << wrong.back();
        EXPECT_EQ(options.error().reason, "usage") << wrong.back();
    }
}

TEST(CliOptions, issuer_choosesAfterTheCommandAndConfiguresBefore) {
    const auto chosen = parsed({"login", "--issuer", "https://a.test"});
    EXPECT_EQ(chosen.issuer, "https://a.test");
    EXPECT_TRUE(chosen.configuration.entries.empty());
    const auto configured = parsed(
        {"--issuer", "https://a.test", "--issuer", "https://b.test", "login", "--issuer", "https://b.test"});
    EXPECT_EQ(configured.issuer, "https://b.test");
    ASSERT_EQ(configured.configuration.entries.size(), 2U);
    EXPECT_EQ(configured.configuration.entries[0].value, "https://a.test");
    EXPECT_EQ(parsed({"doctor", "--issuer", "https://a.test"}).configuration.entries.size(), 1U);
}

TEST(CliOptions, configurationKeys_areOptionsEverywhere) {
    const auto options = parsed({"tokens", "--module", "/m.so", "--module", "/n.so", "--p11-kit=no",
                                 "--log.level", "debug", "--trust", "t"});
    ASSERT_EQ(options.configuration.entries.size(), 5U);
    EXPECT_EQ(options.configuration.entries[1].value, "/n.so");
    EXPECT_EQ(effectiveConfiguration(std::span(&options.configuration, 1)).trustFolders.at(0), "/w/t");
}

TEST(CliOptions, misuse_isNamed) {
    struct Row {
        Words words;
        const char* what;
    };
    const std::vector<Row> rows{{{}, "command is missing"},
                                {{"dance"}, "no such command"},
                                {{"pin"}, "no such command"},
                                {{"tokens", "now"}, "no such command"},
                                {{"login", "--isuer", "x"}, "isuer"},
                                {{"login", "--iss", "https://a.test"}, "iss"},
                                {{"login", "-j"}, "-j"},
                                {{"login", "--issuer"}, "issuer"},
                                {{"login", "--json", "--json"}, "given twice"},
                                {{"login", "--certificate", "abcd"}, "64 hexadecimal"},
                                {{"login", "--certificate", std::string(64, 'a'), "--label", "L"}, "exclude"},
                                {{"login", "--act", "boss"}, "org:USCC"},
                                {{"login", "--act", "org:123"}, "credit code"},
                                {{"login", "--accept-agreements"}, "does not belong"},
                                {{"tokens", "--askpass", "x"}, "does not belong"},
                                {{"journal", "--token", "x"}, "does not belong"}};
    for (const auto& row : rows) {
        const auto options = parseCliOptions(row.words, "/w");
        ASSERT_FALSE(options) << row.what;
        EXPECT_EQ(options.error().reason, "usage");
        EXPECT_THAT(options.error().detail, HasSubstr(row.what));
        EXPECT_EQ(exitStatusOf(options.error()), ExitStatus::usage);
    }
}

TEST(CliOptions, badValueOfAKey_isAConfigurationError) {
    const auto options = parseCliOptions({"tokens", "--module", "m.so"}, "/w");
    ASSERT_FALSE(options);
    EXPECT_EQ(options.error().code, ErrorCode::configurationInvalid);
    EXPECT_EQ(options.error().detail, "command line: --module: a module path must be absolute");
}

TEST(CliOptions, act_hasTheContractsCapacities) {
    EXPECT_EQ(parseAct("self")->as, "self");
    EXPECT_EQ(parseAct("legal_rep:91350200MA2YJ1XR9G")->as, "legal_rep");
    EXPECT_EQ(parseAct("operator:91350200MA2YJ1XR9G")->as, "operator");
    EXPECT_EQ(parseAct("enterprise:91350200MA2YJ1XR9G")->as, "enterprise");
    EXPECT_FALSE(parseAct(""));
    EXPECT_FALSE(parseAct("org"));
    EXPECT_FALSE(parseAct("self:91350200MA2YJ1XR9G"));
}

TEST(ExitStatusTest, everyCode_hasTheContractsStatus) {
    using enum ErrorCode;
    const auto statusOf = [](ErrorCode code) { return exitStatusOf(Error{.code = code}); };
    for (const auto code : {userCancelled, pinFinalTryDeclined})
        EXPECT_EQ(statusOf(code), ExitStatus::cancelled);
    for (const auto code :
         {noToken, noCertificate, tokenRemoved, certificateExpired, certificateNotYetValid,
          certificateRevoked, certificateUntrusted, certificateNotForLogin, revocationUnknown})
        EXPECT_EQ(statusOf(code), ExitStatus::noToken);
    for (const auto code : {pinIncorrect, pinLocked}) EXPECT_EQ(statusOf(code), ExitStatus::pin);
    for (const auto code : {platformUnreachable, platformTls, timeout})
        EXPECT_EQ(statusOf(code), ExitStatus::unreachable);
    for (const auto code :
         {issuerNotAllowed, platformError, moduleFailed, tokenError, signatureInvalid, internalError})
        EXPECT_EQ(statusOf(code), ExitStatus::failed);
    EXPECT_EQ(statusOf(configurationInvalid), ExitStatus::usage);
    for (const auto& row : errorTable())
        EXPECT_EQ(exitStatusOf(Error{.code = row.code, .isFromPlatform = true}), ExitStatus::refused)
            << row.name;
}

/// The row of docs/protocol.md, section 6: each command with exactly its own options.
TEST(CliOptions, contract_namesEveryCommandWithItsOptions) {
    std::stringstream content;
    content << std::ifstream(std::string(std::getenv("SIGNET_SOURCE")) + "/docs/protocol.md").rdbuf();
    const auto text = content.str();
    const auto row = text.find("\n| `signet` |");
    ASSERT_NE(row, std::string::npos);
    const auto contract = text.substr(row, text.find('\n', row + 1) - row);
    for (const auto& command : cliCommandTable()) {
        const auto start = contract.find("`signet " + std::string(command.words));
        ASSERT_NE(start, std::string::npos) << command.words;
        const auto usage = contract.substr(start, contract.find('`', start + 1) - start);
        for (const auto& option : cliOptionTable()) {
            if (option.commands.empty()) continue;
            const bool isOwn =
                std::count(option.commands.begin(), option.commands.end(), command.command) != 0;
            EXPECT_EQ(usage.find("--" + std::string(option.name)) != std::string::npos, isOwn)
                << usage << " --" << option.name;
        }
    }
}

}  // namespace
}  // namespace signet
