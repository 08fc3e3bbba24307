// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

namespace signet {

inline constexpr uid_t kOtherUser = 65534;

/// Whether this process may start others as another user.
inline bool canBeOtherUser() {
    return ::geteuid() == 0;
}

/// Starts a process of another user that ends with what `act` gives; `act` makes system calls only.
template <class Act>
pid_t startAsOtherUser(Act act) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    if (::setgroups(0, nullptr) != 0 || ::setgid(kOtherUser) != 0 || ::setuid(kOtherUser) != 0) ::_exit(99);
    ::_exit(act());
}

/// Its exit status, -1 while it runs.
inline int endOf(pid_t child, int options = 0) {
    int status = 0;
    if (::waitpid(child, &status, options) != child) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

}  // namespace signet
