// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace signet {

/// An askpass program that runs; its owner reaps it.
struct StartedAskpass {
    pid_t pid;
    Fd output;  ///< what it prints; does not block
};

/// Starts an askpass program: `prompt` is its one argument, SIGNET_PROMPT=`kind` in its environment. It gets
/// SIGTERM when the calling thread ends, however that ends.
/// Errors: configurationInvalid with reason "askpass_failed".
/// Thread: one that lasts as long as the process.
Result<StartedAskpass> startAskpass(const std::filesystem::path& program, const char* kind,
                                    const std::string& prompt);

}  // namespace signet
