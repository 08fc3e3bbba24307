// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/askpass_ui.hpp"

#include "base/bytes.hpp"
#include "cli_test_folder.hpp"
#include "qt_wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/prctl.h>
#include <sys/wait.h>

#include <csignal>
#include <optional>

namespace signet {
namespace {

class Askpass : public testing::Test {
protected:
    Askpass() { testApplication(); }

    AskpassAsker asker(const std::string& script) {
        return AskpassAsker(m_folder.writeScript("askpass", "#!/bin/sh\n" + script));
    }

    template <class T>
    Result<T> answerOf(const std::function<void(Reply<T>)>& ask) {
        std::optional<Result<T>> answer;
        ask([&](Result<T> result) { answer = std::move(result); });
        EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
        return std::move(answer).value();
    }
    Result<std::string> pinOf(AskpassAsker& program, const std::string& prompt = "PIN?") {
        return answerOf<SecretBytes>([&](auto reply) { program.askSecret(prompt, reply); })
            .map([](const SecretBytes& pin) { return std::string(textOf(pin.view())); });
    }
    Result<std::size_t> choiceOf(AskpassAsker& program) {
        const std::vector<AskerChoice> choices{{"one", "AA11"}, {"two", "bb22"}, {"three", ""}};
        return answerOf<std::size_t>([&](auto reply) { program.choose("Which?", choices, reply); });
    }
    TestFolder m_folder;
};

TEST_F(Askpass, pin_isTheFirstLineOfTheOutput) {  // R29
    auto plain = asker("printf 4829");
    EXPECT_EQ(pinOf(plain).value(), "4829");
    auto line = asker("echo 4829");
    EXPECT_EQ(pinOf(line).value(), "4829");
    auto windows = asker("printf '4829\\r\\nrest\\n'");
    EXPECT_EQ(pinOf(windows).value(), "4829");
    auto spaces = asker("echo ' 口 令 '");
    EXPECT_EQ(pinOf(spaces).value(), " 口 令 ");
}

TEST_F(Askpass, question_isTheOneArgumentAndTheKindIsInTheEnvironment) {
    auto program = asker("printf '%s|%s|%s' \"$#\" \"$1\" \"$SIGNET_PROMPT\" >'" +
                         (m_folder / "seen").string() + "'; echo 1");
    const std::string prompt = "uc.example.test\n$(touch x) `id` '\"; 口令:";
    ASSERT_TRUE(pinOf(program, prompt));
    EXPECT_EQ(m_folder.read("seen"), "1|" + prompt + "|pin");
    ASSERT_TRUE(choiceOf(program));
    EXPECT_EQ(m_folder.read("seen"), "1|Which?\n1. one\n2. two\n3. three|choose");
    ASSERT_TRUE(answerOf<bool>([&](auto reply) { program.confirm("Sure?", reply); }).value());
    EXPECT_EQ(m_folder.read("seen"), "1|Sure?|confirm");
}

TEST_F(Askpass, exitStatusOtherThanZero_isCancel) {
    auto program = asker("echo 4829; exit 1");
    EXPECT_EQ(pinOf(program).error().code, ErrorCode::userCancelled);
    EXPECT_EQ(choiceOf(program).error().code, ErrorCode::userCancelled);
    EXPECT_FALSE(answerOf<bool>([&](auto reply) { program.confirm("Sure?", reply); }).value());
    auto killed = asker("echo 4829; kill -9 $$");
    EXPECT_EQ(pinOf(killed).error().code, ErrorCode::userCancelled);
}

TEST_F(Askpass, emptyAnswer_isNeverAPin) {
    auto nothing = asker("exit 0");
    EXPECT_EQ(pinOf(nothing).error().reason, "askpass_answer_empty");
    auto line = asker("echo");
    EXPECT_EQ(pinOf(line).error().reason, "askpass_answer_empty");
}

TEST_F(Askpass, choice_isANumberOrASha256) {
    auto number = asker("echo 2");
    EXPECT_EQ(choiceOf(number).value(), 1U);
    auto name = asker("echo aa11");
    EXPECT_EQ(choiceOf(name).value(), 0U);
    auto other = asker("echo BB22");
    EXPECT_EQ(choiceOf(other).value(), 1U);
    for (const auto* wrong : {"0", "4", "-1", "2x", "", "cc33", "99999999999999999999999"}) {
        auto program = asker("echo " + std::string(wrong));
        EXPECT_EQ(choiceOf(program).error().reason, "askpass_answer_unknown") << wrong;
    }
}

TEST_F(Askpass, endlessOutput_isCutOffAndTheProgramEnded) {
    auto program = asker("echo $$ >'" + (m_folder / "pid").string() + "'; exec yes 0123456789");
    const auto answer = pinOf(program);
    EXPECT_EQ(answer.error().reason, "askpass_answer_too_long");
    EXPECT_EQ(::kill(std::stoi(m_folder.read("pid")), 0), -1);
}

TEST_F(Askpass, tooLongAnswerOfAProgramThatHasEnded_isNamed) {
    auto program = asker("head -c 1020 /dev/zero | tr '\\0' 1; echo 23456789");
    std::optional<std::string> reason;
    program.askSecret("PIN?", [&](const auto& pin) { reason = pin ? "" : pin.error().reason; });
    // Both are ready before the event loop looks: the end may be served first.
    siginfo_t ended{};
    ASSERT_EQ(::waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT), 0);
    ASSERT_TRUE(waitUntil([&] { return reason.has_value(); }));
    EXPECT_EQ(reason, "askpass_answer_too_long");
}

TEST_F(Askpass, withdrawnWhileItHangs_endsTheProgramAndStaysSilent) {
    const auto pidFile = m_folder / "pid";
    auto program = asker("trap '' TERM; echo $$ >'" + pidFile.string() + "'; while :; do sleep 0.05; done");
    bool isCalled = false;
    program.askSecret("PIN?", [&](const auto&) { isCalled = true; });
    ASSERT_TRUE(waitUntil([&] { return m_folder.read("pid").ends_with('\n'); }));
    const auto pid = std::stoi(m_folder.read("pid"));
    ASSERT_EQ(::kill(pid, 0), 0);
    program.withdraw();
    EXPECT_EQ(::kill(pid, 0), -1);
    QCoreApplication::processEvents();
    EXPECT_FALSE(isCalled);
}

TEST_F(Askpass, endOfTheParent_endsTheProgram) {
    // Its parent is a process of its own, which is killed as the agent may be.
    auto program = asker("echo $$ >'" + (m_folder / "pid").string() + "'; while :; do sleep 0.05; done");
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const pid_t parent = ::fork();
    if (parent == 0) {
        program.askSecret("PIN?", [](const auto&) {});
        ::pause();
        ::_exit(0);
    }
    ASSERT_TRUE(waitUntil([&] { return m_folder.read("pid").ends_with('\n'); }));
    const pid_t pid = std::stoi(m_folder.read("pid"));
    ::kill(parent, SIGKILL);
    ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
    int status = 0;
    EXPECT_TRUE(waitUntil([&] { return ::waitpid(pid, &status, WNOHANG) == pid; }));
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) << status;
    ::prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
}

TEST_F(Askpass, ignoredSignals_areUsualAgainInTheProgram) {
    // A process that ignores SIGPIPE, as ours do, must not hand that on.
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    auto program =
        asker("sed -n 's/^SigIgn:[^0-9a-f]*//p; s/^SigBlk:[^0-9a-f]*//p' /proc/self/status | tr -d '\\n'");
    EXPECT_EQ(pinOf(program).value(), std::string(32, '0'));
    std::signal(SIGPIPE, before);
}

TEST_F(Askpass, grandchildThatKeepsThePipe_isNotWaitedFor) {
    // It ends with the test's folder.
    auto program =
        asker("(while [ -e '" + (m_folder / "askpass").string() + "' ]; do sleep 0.05; done) & echo 4829");
    EXPECT_EQ(pinOf(program).value(), "4829");
}

TEST_F(Askpass, programThatCannotStart_isNamed) {
    AskpassAsker program(m_folder / "absent");
    const auto answer = pinOf(program);
    EXPECT_EQ(answer.error().reason, "askpass_failed");
    EXPECT_EQ(answer.error().code, ErrorCode::configurationInvalid);
}

TEST_F(Askpass, nextQuestion_mayBeAskedFromTheReply) {
    auto program = asker("echo 4829");
    int answers = 0;
    program.askSecret("one", [&](const auto&) {
        ++answers;
        program.askSecret("two", [&](const auto&) { ++answers; });
    });
    EXPECT_TRUE(waitUntil([&] { return answers == 2; }));
    EXPECT_FALSE(program.isPerson());
}

}  // namespace
}  // namespace signet
