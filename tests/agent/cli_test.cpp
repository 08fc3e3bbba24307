// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The program as users start it. Logins against a platform are in tests/e2e.
#include "cli_program.hpp"

#include "tests/doubles/softhsm_token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace signet::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kPin = "482915";

TEST(CliProgram, helpAndVersion_needNoConfiguration) {
    Program program;
    program.writeConfiguration("broken\n");
    const auto version = program.run({"--version"});
    EXPECT_EQ(version.status, 0);
    EXPECT_THAT(version.out, StartsWith("signet "));
    const auto licences = program.run({"--licenses"});  // R52
    EXPECT_EQ(licences.status, 0);
    EXPECT_THAT(licences.out, HasSubstr("OpenSSL"));
    EXPECT_EQ(program.run({"--help"}).status, 0);
    const auto help = program.run({"login", "--help", "--language", "en"});
    EXPECT_EQ(help.status, 0);
    EXPECT_THAT(help.out, HasSubstr("--askpass PROG"));
    EXPECT_TRUE(help.err.empty());
}

TEST(CliProgram, misuse_isStatusTwoOnStderr) {
    Program program;
    const auto misuse = program.run({"dance"}, false);
    EXPECT_EQ(misuse.status, 2);
    EXPECT_TRUE(misuse.out.empty());
    EXPECT_THAT(misuse.err, HasSubstr("--help"));
    const auto json = program.run({"login", "--json", "--dance"}, false);
    EXPECT_EQ(json.status, 2);
    EXPECT_EQ(json.json()["code"], "invalid_request");
    EXPECT_EQ(json.json()["reason"], "usage");
}

TEST(CliProgram, brokenConfiguration_isStatusTwoWithTheLine) {
    Program program;
    program.writeConfiguration("language = en\nissuer = http://a.test\n");
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"config", "check"}, {"tokens"}, {"journal"}, {"login"}}) {
        const auto answer = program.run(words);
        EXPECT_EQ(answer.status, 2) << words[0];
        EXPECT_THAT(answer.err, HasSubstr("agent.conf:2: issuer: an issuer must use https"));
        EXPECT_TRUE(answer.out.empty());
    }
    const auto doctor = program.run({"doctor", "--json"});
    EXPECT_EQ(doctor.status, 2);
    EXPECT_EQ(doctor.json()["checks"][0]["status"], "fault");
}

TEST(CliProgram, configCheck_tellsValuesAndTheirOrigin) {
    Program program;
    program.writeConfiguration("issuer = https://a.test\nrevocation = off\n");
    const auto answer = program.run({"config", "check", "--json", "--log.level", "debug"});
    EXPECT_EQ(answer.status, 0) << answer.err;
    const auto document = answer.json();
    const auto settingOf = [&](const std::string& key) {
        for (const auto& setting : document["settings"])
            if (setting["key"] == key) return setting;
        return nlohmann::json();
    };
    EXPECT_EQ(settingOf("issuer")["values"][0]["value"], "https://a.test");
    EXPECT_THAT(settingOf("issuer")["values"][0]["origin"].get<std::string>(), HasSubstr("agent.conf:1"));
    EXPECT_EQ(settingOf("log.level")["values"][0]["origin"], "command line");
    EXPECT_EQ(settingOf("bridge.tls")["values"][0]["origin"], "built in");
    EXPECT_THAT(program.run({"config", "check"}).out, HasSubstr("revocation = off  # "));
}

TEST(CliProgram, foreignIssuer_isRefusedBeforeAnything) {  // R45
    Program program;
    program.writeConfiguration("issuer = https://a.test\nlanguage = en\np11-kit = no\nknown-modules = no\n");
    const auto answer = program.run({"login", "--issuer", "https://b.test", "--json"});
    EXPECT_EQ(answer.status, 1);
    EXPECT_EQ(answer.json()["code"], "issuer_not_allowed");
    program.writeConfiguration("language = en\n");
    EXPECT_EQ(program.run({"login"}).status, 2);
}

TEST(CliProgram, noTerminalAndNoAskpass_isStatusTwo) {
    Program program;
    program.writeConfiguration("issuer = https://a.test\nlanguage = en\np11-kit = no\nknown-modules = no\n");
    const auto answer = program.run({"login", "--json"});
    EXPECT_EQ(answer.status, 2);
    EXPECT_EQ(answer.json()["reason"], "no_terminal");
    EXPECT_THAT(answer.json()["advice"].get<std::string>(), HasSubstr("--askpass"));
    EXPECT_EQ(program.run({"login", "--askpass", "/nowhere/askpass"}).status, 2);
}

TEST(CliProgram, resultThatCannotBeWritten_isAFailure) {
    Program program;
    program.writeStandardOutputTo("/dev/full");
    const auto answer = program.run({"config", "check", "--json"});
    EXPECT_EQ(answer.status, 1);
    EXPECT_THAT(answer.err, HasSubstr("standard output"));
}

TEST(CliProgram, noModule_isNoTokenWithTheCause) {
    const auto answer = Program().run({"tokens", "--json"});
    EXPECT_EQ(answer.status, 4);
    EXPECT_EQ(answer.json()["code"], "no_token");
    EXPECT_TRUE(answer.json()["modules"].is_array());
}

TEST(CliProgram, journal_skipsBrokenLinesAndSaysSo) {
    Program program;
    program.folder().write("home/.local/state/signet/journal.jsonl",
                           "{\"time\":\"2026-10-01T08:00:00Z\",\"issuer\":\"https://"
                           "a.test\",\"result\":\"ok\",\"subject\":\"x\\u001b[2J\"}\nbroken\n");
    const auto json = program.run({"journal", "--json"});
    EXPECT_EQ(json.status, 0);
    EXPECT_EQ(json.json()["entries"].size(), 1U);
    EXPECT_EQ(json.json()["skipped"], 1);
    EXPECT_THAT(json.err, HasSubstr("1 broken line"));
    const auto text = program.run({"journal"});
    EXPECT_THAT(text.out, StartsWith("2026-10-01T08:00:00Z  ok"));
    EXPECT_THAT(text.out, Not(HasSubstr("\x1b")));
}

/// With a SoftHSM token.
class CliToken : public testing::Test {
protected:
    CliToken() {
        m_store.addToken({.label = "lock", .pin = kPin});
        m_program.writeConfiguration("p11-kit = no\nknown-modules = no\nlanguage = en\nmodule = " +
                                     SoftHsmStore::modulePath().string() + "\n");
    }
    std::string script(const std::string& text) {
        return m_program.folder().writeScript("askpass", "#!/bin/sh\n" + text).string();
    }
    /// Answers old, new and repeat in this order.
    std::string answering(const std::string& old, const std::string& fresh, const std::string& again) {
        const auto count = (m_program.folder() / "count").string();
        return script("echo \"$SIGNET_PROMPT|$1\" >>'" + count + "'; case $(grep -c 'pin|' '" + count +
                      "') in 1) echo " + old + ";; 2) echo " + fresh + ";; *) echo " + again + ";; esac");
    }
    bool isPin(const std::string& pin) {
        const auto command = "pkcs11-tool --module " + SoftHsmStore::modulePath().string() +
                             " --token-label lock --login --pin " + pin + " -O >/dev/null 2>&1";
        return std::system(command.c_str()) == 0;
    }
    SoftHsmStore m_store;
    Program m_program;
};

TEST_F(CliToken, tokens_listsItWithoutTheFreeSlot) {
    const auto answer = m_program.run({"tokens", "--json"});
    EXPECT_EQ(answer.status, 0) << answer.err;
    ASSERT_EQ(answer.json()["tokens"].size(), 1U);
    EXPECT_EQ(answer.json()["tokens"][0]["label"], "lock");
    EXPECT_THAT(m_program.run({"tokens"}).out, HasSubstr("lock"));
}

TEST_F(CliToken, pinChange_takesEffect) {
    const auto answer =
        m_program.run({"pin", "change", "--json", "--askpass", answering(kPin, "73951846", "73951846")});
    EXPECT_EQ(answer.status, 0) << answer.out << answer.err;
    EXPECT_EQ(answer.json()["token"], "lock");
    EXPECT_TRUE(isPin("73951846"));
    const auto asked = m_program.folder().read("count");
    EXPECT_THAT(asked, HasSubstr("pin|lock"));
    EXPECT_THAT(asked, HasSubstr("New PIN again"));
}

TEST_F(CliToken, pinChange_wrongOldOrDifferentNewOrCancelChangesNothing) {
    const auto wrong =
        m_program.run({"pin", "change", "--json", "--askpass", answering("000000", "73951846", "73951846")});
    EXPECT_EQ(wrong.status, 5);
    EXPECT_EQ(wrong.json()["code"], "pin_incorrect");
    std::filesystem::remove(m_program.folder() / "count");
    const auto differ =
        m_program.run({"pin", "change", "--json", "--askpass", answering(kPin, "73951846", "73951847")});
    EXPECT_EQ(differ.status, 1);
    EXPECT_EQ(differ.json()["reason"], "pin_mismatch");
    std::filesystem::remove(m_program.folder() / "count");
    const auto shortPin = m_program.run({"pin", "change", "--json", "--askpass", answering(kPin, "1", "1")});
    EXPECT_EQ(shortPin.status, 1);
    EXPECT_EQ(shortPin.json()["reason"], "pin_length");
    EXPECT_EQ(m_program.run({"pin", "change", "--askpass", script("exit 1")}).status, 3);
    EXPECT_EQ(m_program.run({"pin", "change", "--token", "other", "--askpass", script("echo 1")}).status, 4);
    EXPECT_TRUE(isPin(kPin));
}

TEST_F(CliToken, pinChangeAtTheTerminal_hidesWhatIsTyped) {  // R29
    ProgramAtTerminal terminal(m_program, {"pin", "change"});
    ASSERT_TRUE(terminal.awaits("Old PIN: ")) << terminal.screen();
    EXPECT_FALSE(terminal.isEchoOn());
    terminal.type(std::string(kPin) + "\n");
    ASSERT_TRUE(terminal.awaits("New PIN: "));
    terminal.type("73951846\n");
    ASSERT_TRUE(terminal.awaits("New PIN again: "));
    terminal.type("11111111\n");
    ASSERT_TRUE(terminal.awaits("differ"));
    for (const auto* prompt : {"New PIN: ", "New PIN again: "}) {
        ASSERT_TRUE(terminal.awaits(prompt));
        terminal.type("73951846\n");
    }
    ASSERT_TRUE(terminal.awaits("The PIN was changed."));
    EXPECT_TRUE(terminal.isEchoOn());
    EXPECT_EQ(terminal.status(), 0);
    EXPECT_THAT(terminal.screen(), Not(HasSubstr("7395")));
    EXPECT_TRUE(isPin("73951846"));
}

TEST_F(CliToken, interruptedAtThePrompt_isCancelWithTheTerminalPutBack) {
    for (const bool isTyped : {true, false}) {
        ProgramAtTerminal terminal(m_program, {"pin", "change"});
        ASSERT_TRUE(terminal.awaits("Old PIN: ")) << terminal.screen();
        EXPECT_FALSE(terminal.isEchoOn());
        if (isTyped)
            terminal.type("48\x03");
        else
            terminal.send(SIGTERM);
        ASSERT_TRUE(terminal.awaits("Cancelled."));
        EXPECT_TRUE(terminal.isEchoOn());
        EXPECT_EQ(terminal.status(), 3);
    }
}

TEST_F(CliToken, interruptedWhileAskpassHangs_leavesNoProcess) {
    const auto pidFile = m_program.folder() / "pid";
    const auto askpass = script("echo $$ >'" + pidFile.string() + "'; exec sleep 1000");
    ProgramAtTerminal terminal(m_program, {"pin", "change", "--askpass", askpass});
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!m_program.folder().read("pid").ends_with('\n') && std::chrono::steady_clock::now() < deadline)
        ::poll(nullptr, 0, 5);
    const auto pid = std::stoi(m_program.folder().read("pid"));
    terminal.send(SIGINT);
    EXPECT_EQ(terminal.status(), 3);
    EXPECT_EQ(::kill(pid, 0), -1);
}

}  // namespace
}  // namespace signet::test
