// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"
#include "base/fd.hpp"
#include "base/secret.hpp"

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>

class QSocketNotifier;
class QTimer;

namespace signet {

/// How an askpass program ended.
struct AskpassAnswer {
    bool isYes = false;    ///< it ended by itself with status 0
    SecretBytes output{};  ///< its first line, without the line end
};

/// One run of an askpass program. Its output goes from the pipe straight into memory that is wiped; nothing
/// goes through a shell. It ends with this process, also with one that is killed. Thread: main, with a Qt
/// event loop.
class AskpassProcess {
public:
    /// Starts at once; the reply comes when the program has ended, never before this returns.
    /// Errors of the reply: configurationInvalid with reason "askpass_failed"; invalidRequest with reason
    /// "askpass_answer_too_long".
    AskpassProcess(const std::filesystem::path& program, const char* kind, const std::string& prompt,
                   Reply<AskpassAnswer> reply);
    /// Ends the program (SIGTERM, and SIGKILL where that does not help) and waits for it. The reply is not
    /// called any more.
    ~AskpassProcess();
    AskpassProcess(const AskpassProcess&) = delete;
    AskpassProcess& operator=(const AskpassProcess&) = delete;

private:
    void watch();
    bool readOutput();
    void onExit();
    void end();
    bool reap(int options);
    void finish(Result<AskpassAnswer> result);

    Reply<AskpassAnswer> m_reply;
    pid_t m_pid = 0;  ///< 0: none, or reaped
    int m_status = 0;
    Fd m_output;
    Fd m_exit;  ///< a pidfd, where the kernel has them
    SecretBytes m_text;
    std::size_t m_length = 0;
    std::unique_ptr<QSocketNotifier> m_outputNotifier;
    std::unique_ptr<QSocketNotifier> m_exitNotifier;
    std::unique_ptr<QTimer> m_timer;
};

}  // namespace signet
