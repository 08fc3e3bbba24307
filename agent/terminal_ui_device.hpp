// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"
#include "base/fd.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <termios.h>

#include <memory>
#include <string_view>

class QSocketNotifier;

namespace signet {

/// Switches the echo of a terminal off for as long as it lives, and puts the terminal back on every path: at
/// its end, and from the handlers of the signals that end a program by a fault. What was typed ahead is
/// thrown away.
class EchoOff {
public:
    explicit EchoOff(int terminal);
    ~EchoOff();
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;

    bool isOff() const { return m_isOff; }

private:
    int m_terminal;
    termios m_before{};
    bool m_isTerminal = false;
    bool m_isOff = false;
};

/// The terminal of this process: whole lines are read without blocking, straight into memory that is wiped.
/// Thread: main, with a Qt event loop.
class TerminalDevice {
public:
    /// Errors: invalidRequest with reason "no_terminal".
    static Result<std::unique_ptr<TerminalDevice>> open();
    /// For tests: the slave of a pseudo-terminal.
    explicit TerminalDevice(Fd terminal);
    ~TerminalDevice();
    TerminalDevice(const TerminalDevice&) = delete;
    TerminalDevice& operator=(const TerminalDevice&) = delete;

    void write(std::string_view text);
    /// Shows the prompt once the terminal is ready for the answer (what was typed ahead is dropped before,
    /// the echo is off already) and reads the next line, without its end; the rest of a line over 1024 bytes
    /// is dropped. The end of input (Ctrl-D) is userCancelled. Errors: userCancelled; invalidRequest with
    /// reason "no_terminal" when the echo cannot be switched off.
    void readLine(std::string_view prompt, bool isHidden, Reply<SecretBytes> reply);
    /// Stops reading; the reply is not called any more.
    void stop();

private:
    void onReadable();
    void finish(Result<SecretBytes> line);

    Fd m_terminal;
    Reply<SecretBytes> m_reply;
    SecretBytes m_line;
    std::size_t m_length = 0;
    std::unique_ptr<EchoOff> m_echoOff;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

}  // namespace signet
