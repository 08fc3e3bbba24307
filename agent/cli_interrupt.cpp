// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli_interrupt.hpp"

#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>

namespace signet {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/// All that a signal handler can reach.
std::atomic<int> wakeEnd{-1};
std::atomic<bool> wasInterrupted{false};

void onSignal(int) {
    wasInterrupted = true;
    const char byte = 0;
    (void)!::write(wakeEnd.load(), &byte, 1);
}

}  // namespace

InterruptWatch::InterruptWatch() {
    std::array<int, 2> ends{-1, -1};
    (void)!::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK);
    m_read = Fd(ends[0]);
    m_write = Fd(ends[1]);
    wasInterrupted = false;
    wakeEnd = m_write.get();
    m_notifier = std::make_unique<QSocketNotifier>(m_read.get(), QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, [this] {
        char byte = 0;
        (void)!::read(m_read.get(), &byte, 1);
        if (m_cancel) m_cancel();
    });
    struct sigaction action {};
    action.sa_handler = &onSignal;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    for (const int signal : kSignals) {
        struct sigaction before {};
        ::sigaction(signal, nullptr, &before);
        // nohup has made this choice for us.
        if (signal == SIGHUP && before.sa_handler == SIG_IGN) continue;
        ::sigaction(signal, &action, nullptr);
    }
}

InterruptWatch::~InterruptWatch() {
    for (const int signal : kSignals) {
        struct sigaction now {};
        ::sigaction(signal, nullptr, &now);
        if (now.sa_handler == &onSignal) ::signal(signal, SIG_DFL);
    }
    wakeEnd = -1;
}

bool InterruptWatch::isInterrupted() const {
    return wasInterrupted;
}

}  // namespace signet
