// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_host.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

namespace signet {
namespace {

constexpr int kSocket = 3;
constexpr int kParentSignal = SIGUSR2;

volatile pid_t expectedParent = 0;

/// The kernel also sends the signal when only the thread ended that had started this process; then the parent
/// is still there.
void onParentSignal(int) {
    if (::getppid() != expectedParent) ::_exit(0);
}

void resetSignals() {
    struct sigaction standard {};
    standard.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number) (void)::sigaction(number, &standard, nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void endWithParent(pid_t parent) {
    expectedParent = parent;
    struct sigaction action {};
    action.sa_handler = onParentSignal;
    action.sa_flags = SA_RESTART;
    (void)::sigaction(kParentSignal, &action, nullptr);
    (void)::prctl(PR_SET_PDEATHSIG, kParentSignal, 0, 0, 0);
    // It may have died before the line above.
    if (::getppid() != parent) ::_exit(0);
}

/// A module may print and may read: all of it goes to nowhere. stderr is the terminal on which the user is
/// asked for the PIN. Under a sanitizer it stays, or its reports would be lost.
void closeStandardStreams() {
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere < 0) ::_exit(1);
    (void)::dup2(nowhere, STDIN_FILENO);
    (void)::dup2(nowhere, STDOUT_FILENO);
    if (!SIGNET_KEEPS_HOST_STDERR || ::fcntl(STDERR_FILENO, F_GETFD) < 0)
        (void)::dup2(nowhere, STDERR_FILENO);
}

}  // namespace

int becomeTokenHost(int socket, pid_t parent) {
    resetSignals();
    endWithParent(parent);
    if (socket != kSocket && ::dup2(socket, kSocket) < 0) ::_exit(1);
    closeStandardStreams();
    if (::fcntl(kSocket, F_SETFD, FD_CLOEXEC) != 0) ::_exit(1);
    (void)::close_range(kSocket + 1, ~0U, 0);
    return kSocket;
}

}  // namespace signet
