// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/askpass_start.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

namespace signet {
namespace {

constexpr int kCannotStart = 127;

/// Our environment with SIGNET_PROMPT set.
class PromptEnvironment {
public:
    explicit PromptEnvironment(const char* kind) : m_prompt("SIGNET_PROMPT=" + std::string(kind)) {
        for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
            if (std::strncmp(*entry, "SIGNET_PROMPT=", 14) != 0) m_entries.push_back(*entry);
        m_entries.push_back(m_prompt.data());
        m_entries.push_back(nullptr);
    }
    char** entries() { return m_entries.data(); }

private:
    std::string m_prompt;
    std::vector<char*> m_entries;
};

/// No signal of this thread while it lives: between fork and exec our handlers would run in the child.
class BlockedSignals {
public:
    BlockedSignals() {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &m_before);
    }
    ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;

private:
    sigset_t m_before{};
};

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
        reader = Fd(ends[0]);
        writer = Fd(ends[1]);
    }
    Fd reader;
    Fd writer;
};

/// What the child needs, made before the fork.
struct Start {
    pid_t parent;
    int output;  ///< becomes its stdout
    int report;  ///< gets errno when the program cannot be started; closed by its start
    char* const* arguments;
    char* const* environment;
};

/// No signal blocked or ignored by inheritance.
void resetSignals() {
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number) (void)::sigaction(number, &usual, nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool becomeOutput(int output) {
    if (output == STDOUT_FILENO) return ::fcntl(output, F_SETFD, 0) == 0;
    return ::dup2(output, STDOUT_FILENO) == STDOUT_FILENO;
}

/// In the child of a process with threads: what follows may neither allocate nor lock.
[[noreturn]] void becomeAskpass(const Start& start) {
    resetSignals();
    (void)::prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    // The parent may have ended before the line above.
    if (::getppid() != start.parent) ::_exit(kCannotStart);
    if (becomeOutput(start.output)) ::execvpe(start.arguments[0], start.arguments, start.environment);
    const int error = errno;
    (void)!::write(start.report, &error, sizeof(error));
    ::_exit(kCannotStart);
}

/// fork() and not posix_spawn(), which cannot ask for the signal of the parent's end.
pid_t forkAskpass(const Start& start) {
    const BlockedSignals blocked;
    const pid_t pid = ::fork();
    if (pid == 0) becomeAskpass(start);
    return pid;
}

/// 0 once the program runs, or why it does not.
int awaitStart(pid_t pid, int report) {
    int error = 0;
    ssize_t count = -1;
    do count = ::read(report, &error, sizeof(error));
    while (count < 0 && errno == EINTR);
    if (count == 0) return 0;
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) continue;
    return error;
}

tl::unexpected<Error> startFailed(const std::filesystem::path& program, int cause) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = "askpass_failed";
    error.detail = program.string() + ": " + std::strerror(cause);
    error.params["name"] = error.detail;
    return fail(error);
}

}  // namespace

Result<StartedAskpass> startAskpass(const std::filesystem::path& program, const char* kind,
                                    const std::string& prompt) {
    PromptEnvironment environment(kind);
    std::string name = program.string();
    std::string argument = prompt;
    const std::array<char*, 3> arguments{name.data(), argument.data(), nullptr};
    Pipe output;
    Pipe report;
    if (!output.reader.isOpen() || !report.reader.isOpen()) return startFailed(program, errno);
    const Start start{::getpid(), output.writer.get(), report.writer.get(), arguments.data(),
                      environment.entries()};
    const pid_t pid = forkAskpass(start);
    if (pid < 0) return startFailed(program, errno);
    report.writer.reset();
    if (const int error = awaitStart(pid, report.reader.get()); error != 0)
        return startFailed(program, error);
    ::fcntl(output.reader.get(), F_SETFL, O_NONBLOCK);
    return StartedAskpass{pid, std::move(output.reader)};
}

}  // namespace signet
