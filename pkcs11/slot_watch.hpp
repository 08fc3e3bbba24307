// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>

namespace signet {

/// The host's end of the socket, to which two threads write: the one that answers, and the one that waits for
/// slot events.
/// Thread: any.
class HostSocket {
public:
    explicit HostSocket(int socket) : m_socket(socket) {}
    /// A frame as a whole, whoever writes it. Errors: as writeReplyFrame().
    Result<void> write(BytesView frame);
    /// A slot event; the next one waits until somebody has listed: until then it would say nothing new.
    Result<void> writeSlotEvent();
    void onListed();

private:
    const int m_socket;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isListed = true;
};

/// Waits for slot events on a thread of its own, until the module has none, cannot wait, or the process ends.
/// Thread: the host's one thread.
class SlotWatch {
public:
    explicit SlotWatch(std::shared_ptr<HostSocket> socket) : m_socket(std::move(socket)) {}

    /// `wait` blocks until there is an event; false where there is none to come. Empty: the module cannot be
    /// called by two threads. Returns whether it waits now; a module without events says so within 100 ms.
    bool start(std::function<bool()> wait);
    /// A module in which a thread waits is not finalised: the process just ends.
    bool isStarted() const { return m_isStarted; }

private:
    static void run(const std::function<bool()>& wait, HostSocket& socket, std::promise<void>& first);

    const std::shared_ptr<HostSocket> m_socket;  ///< the thread is the second owner
    bool m_isStarted = false;
};

}  // namespace signet
