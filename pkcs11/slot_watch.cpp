// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/slot_watch.hpp"

#include "pkcs11/frame_io.hpp"
#include "pkcs11/wire.hpp"

#include <chrono>
#include <thread>
#include <utility>

namespace signet {
namespace {

using std::chrono::steady_clock;

/// For a module that has no slot events to say so.
constexpr std::chrono::milliseconds kFirstAnswer{100};
/// A wait that ends at once is none; so many in a row are a module that cannot wait.
constexpr std::chrono::milliseconds kNoWait{1};
constexpr int kMaxHasty = 16;

}  // namespace

Result<void> HostSocket::write(BytesView frame) {
    const std::lock_guard lock(m_mutex);
    return writeReplyFrame(m_socket, frame);
}

Result<void> HostSocket::writeSlotEvent() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_isListed; });
    m_isListed = false;
    return writeReplyFrame(m_socket, wire::encodeSlotEvent());
}

void HostSocket::onListed() {
    const std::lock_guard lock(m_mutex);
    m_isListed = true;
    m_changed.notify_all();
}

bool SlotWatch::start(std::function<bool()> wait) {
    if (std::exchange(m_isStarted, true)) return true;
    if (!wait) return false;
    std::promise<void> hasReturned;
    auto returned = hasReturned.get_future();
    std::thread([wait = std::move(wait), socket = m_socket, first = std::move(hasReturned)]() mutable {
        run(wait, *socket, first);
    }).detach();
    return returned.wait_for(kFirstAnswer) != std::future_status::ready;
}

void SlotWatch::run(const std::function<bool()>& wait, HostSocket& socket, std::promise<void>& first) {
    int hasty = 0;
    for (bool isFirst = true; hasty < kMaxHasty; isFirst = false) {
        const auto start = steady_clock::now();
        const bool isEvent = wait();
        hasty = steady_clock::now() - start < kNoWait ? hasty + 1 : 0;
        if (isFirst) first.set_value();
        if (!isEvent || !socket.writeSlotEvent()) return;
    }
}

}  // namespace signet
