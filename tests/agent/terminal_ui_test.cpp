// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/terminal_ui.hpp"

#include "base/bytes.hpp"
#include "qt_wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <optional>

namespace signet {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

/// A pseudo-terminal: the test types at its master, the asker has its slave.
class Terminal : public testing::Test {
protected:
    Terminal() {
        testApplication();
        int master = -1;
        int slave = -1;
        EXPECT_EQ(::openpty(&master, &slave, nullptr, nullptr, nullptr), 0);
        m_master = Fd(master);
        ::fcntl(master, F_SETFL, O_NONBLOCK);
        ::fcntl(slave, F_SETFL, O_NONBLOCK);
        m_slave = slave;
        m_asker.emplace(std::make_unique<TerminalDevice>(Fd(slave)), Language::en);
    }

    void type(const std::string& text) {
        ASSERT_EQ(::write(m_master.get(), text.data(), text.size()), ssize_t(text.size()));
    }
    std::string& screen() {
        std::array<char, 4096> buffer{};
        for (;;) {
            const auto count = ::read(m_master.get(), buffer.data(), buffer.size());
            if (count <= 0) return m_screen;
            m_screen.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }
    bool isShown(const std::string& text) {
        return waitUntil([&] { return screen().find(text) != std::string::npos; });
    }
    bool isEchoOn() const {
        termios settings{};
        EXPECT_EQ(::tcgetattr(m_master.get(), &settings), 0);
        return (settings.c_lflag & ECHO) != 0;
    }

    Fd m_master;
    int m_slave = -1;
    std::optional<TerminalAsker> m_asker;
    std::string m_screen;
};

TEST_F(Terminal, pin_isReadWithEchoOffAndNotShown) {  // R29
    std::optional<Result<SecretBytes>> answer;
    m_asker->askSecret("PIN: ", [&](auto pin) { answer = std::move(pin); });
    ASSERT_TRUE(isShown("PIN: "));
    EXPECT_FALSE(isEchoOn());
    type("48291537\n");
    ASSERT_TRUE(waitUntil([&] { return answer.has_value(); }));
    EXPECT_EQ(textOf((*answer)->view()), "48291537");
    EXPECT_TRUE(isEchoOn());
    EXPECT_EQ(screen().find("4829"), std::string::npos);
    EXPECT_TRUE(m_asker->isPerson());
}

TEST_F(Terminal, emptyPin_isAskedAgain) {
    std::optional<Result<SecretBytes>> answer;
    m_asker->askSecret("PIN: ", [&](auto pin) { answer = std::move(pin); });
    type("\n");
    ASSERT_TRUE(waitUntil([&] { return screen().find("PIN: ", 5) != std::string::npos; }));
    EXPECT_FALSE(answer.has_value());
    type("1\n");
    ASSERT_TRUE(waitUntil([&] { return answer.has_value(); }));
    EXPECT_EQ(textOf((*answer)->view()), "1");
}

TEST_F(Terminal, withdrawn_putsTheEchoBack) {
    bool isCalled = false;
    m_asker->askSecret("PIN: ", [&](const auto&) { isCalled = true; });
    ASSERT_FALSE(isEchoOn());
    m_asker->withdraw();
    EXPECT_TRUE(isEchoOn());
    type("1234\n");
    QCoreApplication::processEvents();
    EXPECT_FALSE(isCalled);
}

TEST_F(Terminal, destroyed_putsTheEchoBack) {
    m_asker->askSecret("PIN: ", [](const auto&) {});
    ASSERT_FALSE(isEchoOn());
    m_asker.reset();
    EXPECT_TRUE(isEchoOn());
}

TEST_F(Terminal, endOfInput_isCancel) {
    std::optional<Result<SecretBytes>> answer;
    m_asker->askSecret("PIN: ", [&](auto pin) { answer = std::move(pin); });
    ASSERT_TRUE(isShown("PIN: "));
    type("\x04");
    ASSERT_TRUE(waitUntil([&] { return answer.has_value(); }));
    EXPECT_EQ(answer->error().code, ErrorCode::userCancelled);
    EXPECT_TRUE(isEchoOn());
}

TEST_F(Terminal, typedAhead_isThrownAway) {  // attacks.md 39
    type("y\n");
    ASSERT_TRUE(isShown("y"));
    std::optional<Result<bool>> answer;
    m_asker->confirm("Sure?", [&](auto yes) { answer = std::move(yes); });
    ASSERT_TRUE(isShown("Sure? [y/N] "));
    EXPECT_FALSE(answer.has_value());
    type("\n");
    ASSERT_TRUE(waitUntil([&] { return answer.has_value(); }));
    EXPECT_FALSE(answer->value());
}

TEST_F(Terminal, confirm_isYesOnlyByYes) {
    for (const auto& [typed, isYes] : std::vector<std::pair<std::string, bool>>{{"y", true},
                                                                                {"Y", true},
                                                                                {"是", true},
                                                                                {"n", false},
                                                                                {"", false},
                                                                                {"yep", false},
                                                                                {"1", false}}) {
        std::optional<Result<bool>> answer;
        m_screen.clear();
        m_asker->confirm("Sure?", [&](auto yes) { answer = std::move(yes); });
        ASSERT_TRUE(isShown("[y/N] "));
        type(typed + "\n");
        ASSERT_TRUE(waitUntil([&] { return answer.has_value(); }));
        EXPECT_EQ(answer->value(), isYes) << typed;
    }
}

TEST_F(Terminal, choice_isByNumberAndAskedUntilItIsOne) {
    std::optional<Result<std::size_t>> answer;
    m_asker->choose("Which?", {{"first"}, {"second"}}, [&](auto index) { answer = std::move(index); });
    ASSERT_TRUE(isShown("  2  second"));
    for (const auto* wrong : {"0", "3", "x", ""}) {
        m_screen.clear();
        type(std::string(wrong) + "\n");
        ASSERT_TRUE(isShown("Number: "));
        EXPECT_FALSE(answer.has_value());
    }
    type("2\n");
    ASSERT_TRUE(waitUntil([&] { return answer.has_value(); }));
    EXPECT_EQ(answer->value(), 1U);
}

TEST_F(Terminal, overlongPin_isCutNotOverrun) {
    std::optional<Result<SecretBytes>> answer;
    m_asker->askSecret("PIN: ", [&](auto pin) { answer = std::move(pin); });
    ASSERT_TRUE(isShown("PIN: "));
    type(std::string(3000, '7') + "\n");
    ASSERT_TRUE(waitUntil([&] { return answer.has_value(); }));
    EXPECT_EQ((*answer)->size(), 1024U);
}

TEST_F(Terminal, fault_putsTheEchoBackBeforeTheProgramDies) {
    const pid_t child = ::fork();
    if (child == 0) {
        const EchoOff quiet(m_slave);
        ::raise(SIGBUS);
        ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS);
    EXPECT_TRUE(isEchoOn());
}

TEST(TerminalDeviceTest, notATerminal_isRefused) {
    testApplication();
    TerminalDevice device(Fd(::open("/dev/null", O_RDWR | O_CLOEXEC)));
    std::optional<Result<SecretBytes>> answer;
    device.readLine("", true, [&](auto line) { answer = std::move(line); });
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->error().reason, "no_terminal");
}

}  // namespace
}  // namespace signet
