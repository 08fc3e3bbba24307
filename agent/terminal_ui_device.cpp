// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/terminal_ui_device.hpp"

#include <QSocketNotifier>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxLineBytes = 1024;
constexpr int kWriteMilliseconds = 1000;
constexpr std::array kFaults{SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

/// What the handlers of faults put back. A signal handler can reach nothing but a global.
std::atomic<int> faultTerminal{-1};
termios faultSettings{};
std::array<struct sigaction, kFaults.size()> handlersBefore{};

void onFault(int signal) {
    const int terminal = faultTerminal.load();
    if (terminal >= 0) (void)::tcsetattr(terminal, TCSANOW, &faultSettings);
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

}  // namespace

EchoOff::EchoOff(int terminal) : m_terminal(terminal) {
    m_isTerminal = ::tcgetattr(terminal, &m_before) == 0;
    if (!m_isTerminal) return;
    termios hidden = m_before;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    hidden.c_lflag |= ICANON | ISIG | ECHONL;
    // A suspended program would leave a silent terminal behind.
    hidden.c_cc[VSUSP] = _POSIX_VDISABLE;
    faultSettings = m_before;
    faultTerminal = terminal;
    struct sigaction handler {};
    handler.sa_handler = &onFault;
    for (std::size_t i = 0; i < kFaults.size(); ++i)
        ::sigaction(kFaults.at(i), &handler, &handlersBefore.at(i));
    m_isOff = ::tcsetattr(terminal, TCSAFLUSH, &hidden) == 0;
}

EchoOff::~EchoOff() {
    if (!m_isTerminal) return;
    if (m_isOff) (void)::tcsetattr(m_terminal, TCSAFLUSH, &m_before);
    faultTerminal = -1;
    for (std::size_t i = 0; i < kFaults.size(); ++i)
        ::sigaction(kFaults.at(i), &handlersBefore.at(i), nullptr);
}

Result<std::unique_ptr<TerminalDevice>> TerminalDevice::open() {
    Fd terminal(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
    if (!terminal.isOpen())
        return fail(ErrorCode::invalidRequest, "there is no terminal to ask on", "no_terminal");
    return std::make_unique<TerminalDevice>(std::move(terminal));
}

TerminalDevice::TerminalDevice(Fd terminal) : m_terminal(std::move(terminal)) {
}

TerminalDevice::~TerminalDevice() {
    stop();
}

void TerminalDevice::write(std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(m_terminal.get(), text.data(), text.size());
        if (written > 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
            continue;
        }
        if (errno == EINTR) continue;
        pollfd writable{m_terminal.get(), POLLOUT, 0};
        // A terminal that is stopped (Ctrl-S) or gone does not hold the login up.
        if (errno != EAGAIN || ::poll(&writable, 1, kWriteMilliseconds) != 1) return;
    }
}

void TerminalDevice::readLine(std::string_view prompt, bool isHidden, Reply<SecretBytes> reply) {
    stop();
    m_reply = std::move(reply);
    m_line = SecretBytes(kMaxLineBytes);
    m_length = 0;
    if (isHidden) {
        m_echoOff = std::make_unique<EchoOff>(m_terminal.get());
        if (!m_echoOff->isOff())
            return finish(
                fail(ErrorCode::invalidRequest, "the terminal's echo cannot be switched off", "no_terminal"));
    } else {
        (void)::tcflush(m_terminal.get(), TCIFLUSH);
    }
    write(prompt);
    m_notifier = std::make_unique<QSocketNotifier>(m_terminal.get(), QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, [this] { onReadable(); });
}

void TerminalDevice::stop() {
    m_reply = nullptr;
    m_notifier.reset();
    if (std::exchange(m_echoOff, nullptr)) write("\n");  // The line that was being typed ends here.
    m_line.clear();
}

void TerminalDevice::onReadable() {
    // One byte a time: what comes after the line end belongs to the next question.
    for (;;) {
        std::uint8_t byte = 0;
        const auto count = ::read(m_terminal.get(), &byte, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) return;
        if (count <= 0) return finish(fail(ErrorCode::userCancelled, "end of input"));
        if (byte == '\n' || byte == '\r') break;
        if (m_length < m_line.size()) m_line.data()[m_length++] = byte;
        wipe(&byte, 1);
    }
    m_line.shrink(m_length);
    finish(std::move(m_line));
}

void TerminalDevice::finish(Result<SecretBytes> line) {
    auto reply = std::exchange(m_reply, nullptr);
    m_echoOff.reset();
    // Kept until the next question: it may be the notifier that has called.
    if (m_notifier) m_notifier->setEnabled(false);
    if (reply) reply(std::move(line));
}

}  // namespace signet
