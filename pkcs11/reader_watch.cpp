// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/reader_watch.hpp"

#include "base/fd.hpp"
#include "pkcs11/pcsc_context.hpp"
#include "pkcs11/pcsc_socket.hpp"
#include "pkcs11/reader_states.hpp"
#include "pkcs11/service_wait.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace signet {
namespace {

using std::chrono::milliseconds;

/// Between two attempts to end a wait: an SCardCancel that comes just before the wait is lost.
constexpr milliseconds kCancelPause{10};
/// A service that hangs is not waited for.
constexpr milliseconds kEndLimit{1000};

}  // namespace

/// What the thread and its owner share.
class ReaderWatch::Run {
public:
    explicit Run(std::function<void(const TokenEvent&)> call) : m_onEvent(std::move(call)) {}

    void run() {
        bool wasAbsent = false;
        while (!isEnding()) {
            // Watched before the attempt, so that a service that starts in between is not missed.
            const ServiceWait absence(pcscSocketPath());
            auto context = PcscContext::open();
            ReaderStates states;
            const auto ready = context ? states.learn(*context) : Result<void>(fail(context.error()));
            if (ready && wasAbsent) tell({.isArrival = true, .isServiceChange = true});
            const bool hasServed = ready && watch(std::move(*context), states);
            wasAbsent = true;
            if (ready) tell({.isServiceChange = true});
            m_troubles = hasServed ? 0 : m_troubles + 1;
            if (!hasServed && !absence.wait(m_end.get(), pause(ready))) break;
        }
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
        m_changed.notify_all();
    }

    /// Has the thread end; waits a moment for it.
    static void end(const std::shared_ptr<Run>& run) {
        {
            const std::lock_guard telling(run->m_telling);
            const std::lock_guard lock(run->m_mutex);
            run->m_isEnding = true;
        }
        std::unique_lock lock(run->m_mutex);
        const std::uint64_t one = 1;
        (void)!::write(run->m_end.get(), &one, sizeof(one));
        // A service that hangs does not answer a cancel either.
        std::thread([run] { run->cancelUntilOver(); }).detach();
        run->m_changed.wait_for(lock, kEndLimit, [&] { return run->m_isOver; });
    }

private:
    void cancelUntilOver() {
        std::unique_lock lock(m_mutex);
        while (!m_isOver) {
            const auto context = m_context;
            lock.unlock();
            if (context) context->cancel();
            lock.lock();
            m_changed.wait_for(lock, kCancelPause, [this] { return m_isOver; });
        }
    }
    bool isEnding() {
        const std::lock_guard lock(m_mutex);
        return m_isEnding;
    }
    /// Held over look and call, so that nothing is told after the end.
    void tell(const TokenEvent& event) {
        const std::lock_guard lock(m_telling);
        if (!isEnding()) m_onEvent(event);
    }
    /// One that is there and serves nobody is tried again, after 2, 4 … 60 s; where nobody listens, also
    /// behind a socket that a service left when it was killed, the next one tells by its socket when it
    /// comes.
    std::optional<std::chrono::seconds> pause(const Result<void>& ready) const {
        if (!ready && ready.error().reason == "pcsc_absent") return std::nullopt;
        return std::min(std::chrono::seconds(1 << std::min(m_troubles, 6)), std::chrono::seconds(60));
    }
    /// Until the end, or the loss of the service. Whether it has served at all.
    bool watch(PcscContext opened, ReaderStates& states) {
        const auto context = std::make_shared<const PcscContext>(std::move(opened));
        keep(context);
        Result<void> going;
        bool hasServed = false;
        while (going && !isEnding()) {
            going = states.wait(*context, [this](const TokenEvent& event) { tell(event); });
            hasServed = hasServed || going;
        }
        keep(nullptr);
        return hasServed;
    }
    void keep(std::shared_ptr<const PcscContext> context) {
        const std::lock_guard lock(m_mutex);
        m_context = std::move(context);
    }

    const std::function<void(const TokenEvent&)> m_onEvent;
    const Fd m_end{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    int m_troubles = 0;    ///< in a row; of the thread
    std::mutex m_telling;  ///< locked before the other
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::shared_ptr<const PcscContext> m_context;  ///< in which the thread waits
    bool m_isEnding = false;
    bool m_isOver = false;
};

ReaderWatch::ReaderWatch(std::function<void(const TokenEvent&)> onEvent)
    : m_run(std::make_shared<Run>(std::move(onEvent))) {
    std::thread([run = m_run] { run->run(); }).detach();
}

ReaderWatch::~ReaderWatch() {
    Run::end(m_run);
}

}  // namespace signet
