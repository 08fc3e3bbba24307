// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <functional>
#include <memory>

namespace signet {

/// Calls from other threads to the main thread, in their order. Over an eventfd and a lock of ours instead of
/// Qt's posted events: ThreadSanitizer sees through these, and Qt as it is packaged is opaque to it. Thread:
/// made and destroyed on the main thread, with a Qt application; post from any.
class MainQueue {
public:
    MainQueue();
    /// What has not been called yet is dropped. A call may destroy the queue.
    ~MainQueue();
    MainQueue(const MainQueue&) = delete;
    MainQueue& operator=(const MainQueue&) = delete;

    /// `call` runs in the event loop, never from within post().
    void post(std::function<void()> call);

private:
    struct State;
    static void drain(const std::shared_ptr<State>& state);
    std::shared_ptr<State> m_state;  ///< also held by drain(), whose call may destroy the queue
};

}  // namespace signet
