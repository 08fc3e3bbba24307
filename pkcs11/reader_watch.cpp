// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/reader_watch.hpp"

#include "base/fd.hpp"
#include "pkcs11/pcsc_context.hpp"
#include "pkcs11/reader_states.hpp"
#include "pkcs11/service_wait.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
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
            const ServiceWait absence(pcscSocket());
            auto context = PcscContext::open();
            ReaderStates states;
            const bool isServing = context && states.learn(*context);
            if (isServing && wasAbsent) tell({.isArrival = true, .isServiceChange = true});
            if (isServing) watch(std::move(*context), states);
            wasAbsent = true;
            if (isServing) tell({.isServiceChange = true});
            // One that serves nobody is no better than none: until it is another.
            if (!isServing && !absence.wait(m_end.get())) break;
        }
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
        m_changed.notify_all();
    }

    /// Has the thread end; waits a moment for it.
    static void end(const std::shared_ptr<Run>& run) {
        std::unique_lock lock(run->m_mutex);
        run->m_isEnding = true;
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
    void tell(const TokenEvent& event) {
        if (!isEnding()) m_onEvent(event);
    }
    /// Until the end, or the loss of the service.
    void watch(PcscContext opened, ReaderStates& states) {
        const auto context = std::make_shared<const PcscContext>(std::move(opened));
        keep(context);
        Result<void> going;
        while (going && !isEnding())
            going = states.wait(*context, [this](const TokenEvent& event) { tell(event); });
        keep(nullptr);
    }
    void keep(std::shared_ptr<const PcscContext> context) {
        const std::lock_guard lock(m_mutex);
        m_context = std::move(context);
    }

    const std::function<void(const TokenEvent&)> m_onEvent;
    const Fd m_end{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
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
