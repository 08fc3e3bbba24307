// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/host_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

extern char** environ;

namespace signet {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kSocketInHost = 3;
/// For C_Finalize when all is well.
constexpr milliseconds kEndLimit{500};
/// A killed process is gone at once unless the kernel itself is stuck with the device; then nobody waits for
/// it.
constexpr milliseconds kKillLimit{1000};

tl::unexpected<Error> startFailed(int error, const std::string& what) {
    return fail(ErrorCode::moduleFailed, what + ": " + std::generic_category().message(error),
                "start_failed");
}

/// Attributes and file actions of posix_spawn, freed together.
class SpawnPlan {
public:
    explicit SpawnPlan(int socket) {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawnattr_init(&m_attributes);
        posix_spawn_file_actions_adddup2(&m_actions, socket, kSocketInHost);
        posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&m_actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        sigset_t all;
        sigset_t none;
        ::sigfillset(&all);
        ::sigemptyset(&none);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setflags(&m_attributes,
                                 POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }
    const posix_spawn_file_actions_t* actions() const { return &m_actions; }
    const posix_spawnattr_t* attributes() const { return &m_attributes; }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

}  // namespace

Result<HostProcess> HostProcess::start(const std::filesystem::path& program,
                                       const std::filesystem::path& module) {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return startFailed(errno, "socketpair");
    Fd ours(ends[0]);
    const Fd theirs(ends[1]);
    const SpawnPlan plan(theirs.get());
    std::string name = program.string();
    std::string socket = std::to_string(kSocketInHost);
    std::string parent = std::to_string(::getpid());
    std::string path = module.string();
    const std::array<char*, 5> argv{name.data(), socket.data(), parent.data(), path.data(), nullptr};
    pid_t pid = 0;
    const int error =
        ::posix_spawn(&pid, name.c_str(), plan.actions(), plan.attributes(), argv.data(), environ);
    if (error != 0) return startFailed(error, name);
    return HostProcess(pid, std::move(ours));
}

HostProcess::HostProcess(HostProcess&& other) noexcept
    : m_pid(std::exchange(other.m_pid, 0)), m_socket(std::move(other.m_socket)) {
}

HostProcess::~HostProcess() {
    m_socket.reset();
    if (m_pid != 0 && !reap(kEndLimit)) kill();
}

std::optional<int> HostProcess::reap(milliseconds limit) {
    const auto deadline = steady_clock::now() + limit;
    for (;;) {
        int status = 0;
        const pid_t ended = ::waitpid(m_pid, &status, WNOHANG);
        // ECHILD: somebody has collected it already (SIGCHLD ignored); how it ended is lost.
        if (ended == m_pid || (ended < 0 && errno == ECHILD)) {
            m_pid = 0;
            return status;
        }
        if (steady_clock::now() >= deadline) return std::nullopt;
        (void)::poll(nullptr, 0, 1);
    }
}

void HostProcess::kill() {
    m_socket.reset();
    if (m_pid == 0) return;
    (void)::kill(m_pid, SIGKILL);
    (void)reap(kKillLimit);
    m_pid = 0;
}

Error HostProcess::causeOfDeath() {
    const auto status = reap(kKillLimit);
    kill();
    Error error;
    error.code = ErrorCode::moduleFailed;
    error.reason = status && WIFSIGNALED(*status) ? "crashed" : "exited";
    if (!status)
        error.detail = "the token host closed its connection";
    else if (WIFSIGNALED(*status))
        error.detail = "the token host ended by signal " + std::to_string(WTERMSIG(*status));
    else
        error.detail = "the token host exited with status " + std::to_string(WEXITSTATUS(*status));
    return error;
}

}  // namespace signet
