// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"
#include "base/fd.hpp"

#include <QEventLoop>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

class QSocketNotifier;

namespace signet {

/// Turns SIGINT, SIGTERM, SIGHUP and SIGQUIT into a cancel, so that the terminal is put back and no process
/// stays. A second signal of the kind ends the program in the usual way. One at a time in a process. Thread:
/// main, with a Qt application.
class InterruptWatch {
public:
    InterruptWatch();
    ~InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

    /// Whether a signal has come, also one that was not handled yet.
    bool isInterrupted() const;
    void onInterrupt(std::function<void()> cancel) { m_cancel = std::move(cancel); }

private:
    Fd m_read;
    Fd m_write;
    std::function<void()> m_cancel{};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

/// Runs the event loop until a command has replied; `cancel` ends the command when the user interrupts. Then
/// every failure is userCancelled, whichever process noticed the signal first.
template <class T>
Result<T> await(InterruptWatch& interrupts, const std::function<void(Reply<T>)>& start,
                const std::function<void()>& cancel) {
    QEventLoop loop;
    std::optional<Result<T>> outcome;
    interrupts.onInterrupt([&] {
        cancel();
        if (!outcome) outcome = fail(ErrorCode::userCancelled, "interrupted");
        loop.quit();
    });
    start([&](Result<T> result) {
        if (!outcome) outcome = std::move(result);
        loop.quit();
    });
    if (!outcome) loop.exec();
    interrupts.onInterrupt({});
    if (!outcome->has_value() && interrupts.isInterrupted())
        return fail(ErrorCode::userCancelled, "interrupted");
    return std::move(*outcome);
}

}  // namespace signet
