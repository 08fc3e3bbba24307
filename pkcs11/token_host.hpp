// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <sys/types.h>
#include <filesystem>

namespace signet {

/// Makes this process a token host: ends with its parent, holds no descriptor but `socket`; stdin, stdout and
/// stderr are /dev/null, so that nothing is read from or written to its parent's terminal (a build with
/// sanitizers keeps stderr for their reports). Call first in main. Returns the descriptor to use; ends the
/// process when the parent is gone already.
int becomeTokenHost(int socket, pid_t parent);

/// Loads the module, says hello (or why not), answers requests until the other end closes. Returns the exit
/// status: 0 closed by the other end, 1 module not usable, 2 a malformed request.
/// Thread: the one thread that makes C_* calls.
int serveTokenHost(int socket, const std::filesystem::path& module);

}  // namespace signet
