// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/askpass_ui_process.hpp"

#include "agent/askpass_start.hpp"

#include <QSocketNotifier>
#include <QTimer>

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

namespace signet {
namespace {

constexpr std::size_t kMaxAnswerBytes = 1024;
constexpr std::chrono::milliseconds kPollPeriod{20};
constexpr std::chrono::milliseconds kTimeToEnd{300};

int openProcess(pid_t pid) {
#ifdef SYS_pidfd_open
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
#else
    return -1;
#endif
}

std::size_t firstLineBytes(const SecretBytes& text, std::size_t length) {
    const auto* begin = text.data();
    return static_cast<std::size_t>(
        std::find_if(begin, begin + length, [](auto c) { return c == '\n' || c == '\r'; }) - begin);
}

}  // namespace

AskpassProcess::AskpassProcess(const std::filesystem::path& program, const char* kind,
                               const std::string& prompt, Reply<AskpassAnswer> reply)
    : m_reply(std::move(reply)), m_text(kMaxAnswerBytes + 1), m_timer(std::make_unique<QTimer>()) {
    auto started = startAskpass(program, kind, prompt);
    if (started) {
        m_pid = started->pid;
        m_output = std::move(started->output);
        watch();
        return;
    }
    QObject::connect(m_timer.get(), &QTimer::timeout,
                     [this, error = std::move(started).error()] { finish(fail(error)); });
    m_timer->setSingleShot(true);
    m_timer->start(0);
}

AskpassProcess::~AskpassProcess() {
    m_outputNotifier.reset();
    m_exitNotifier.reset();
    end();
}

void AskpassProcess::watch() {
    m_outputNotifier = std::make_unique<QSocketNotifier>(m_output.get(), QSocketNotifier::Read);
    QObject::connect(m_outputNotifier.get(), &QSocketNotifier::activated, [this] { readOutput(); });
    m_exit = Fd(openProcess(m_pid));
    if (m_exit.isOpen()) {
        m_exitNotifier = std::make_unique<QSocketNotifier>(m_exit.get(), QSocketNotifier::Read);
        QObject::connect(m_exitNotifier.get(), &QSocketNotifier::activated, [this] { onExit(); });
        return;
    }
    // Linux before 5.3: looked at while the question is open, and only then.
    QObject::connect(m_timer.get(), &QTimer::timeout, [this] { onExit(); });
    m_timer->start(kPollPeriod);
}

/// False when the answer was too long: then the question is over, and this object may be gone.
bool AskpassProcess::readOutput() {
    while (m_length < m_text.size()) {
        const auto count = ::read(m_output.get(), m_text.data() + m_length, m_text.size() - m_length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) return true;
        if (count <= 0) {  // Its end; the exit status decides.
            m_outputNotifier->setEnabled(false);
            return true;
        }
        m_length += static_cast<std::size_t>(count);
    }
    finish(
        fail(ErrorCode::invalidRequest, "askpass printed more than 1024 bytes", "askpass_answer_too_long"));
    return false;
}

void AskpassProcess::onExit() {
    if (!reap(WNOHANG)) return;
    // What it wrote is in the pipe; a grandchild that keeps the pipe open is not waited for.
    if (m_outputNotifier->isEnabled() && !readOutput()) return;
    AskpassAnswer answer;
    answer.isYes = WIFEXITED(m_status) && WEXITSTATUS(m_status) == 0;
    m_text.shrink(firstLineBytes(m_text, m_length));
    answer.output = std::move(m_text);
    finish(std::move(answer));
}

bool AskpassProcess::reap(int options) {
    if (m_pid == 0) return false;
    const pid_t ended = ::waitpid(m_pid, &m_status, options);
    if (ended == 0 || (ended < 0 && errno == EINTR)) return false;
    if (ended < 0) m_status = 1 << 8;  // Somebody else reaped it: no answer that could be trusted.
    m_pid = 0;
    return true;
}

void AskpassProcess::end() {
    if (m_pid == 0 || reap(WNOHANG)) return;
    ::kill(m_pid, SIGTERM);
    if (m_exit.isOpen()) {
        pollfd ended{m_exit.get(), POLLIN, 0};
        (void)::poll(&ended, 1, static_cast<int>(kTimeToEnd.count()));
    } else {
        std::this_thread::sleep_for(kPollPeriod);
    }
    if (reap(WNOHANG)) return;
    ::kill(m_pid, SIGKILL);
    while (m_pid != 0 && !reap(0)) continue;
}

void AskpassProcess::finish(Result<AskpassAnswer> result) {
    if (m_outputNotifier) m_outputNotifier->setEnabled(false);
    if (m_exitNotifier) m_exitNotifier->setEnabled(false);
    m_timer->stop();
    // Last: the reply may destroy this object.
    if (auto reply = std::exchange(m_reply, nullptr)) reply(std::move(result));
}

}  // namespace signet
