// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace signet {

enum class TokenEventSource { reader, usb };

/// Something was plugged in or pulled out.
struct TokenEvent {
    TokenEventSource source = TokenEventSource::reader;
    bool isArrival = false;        ///< it came; else it went
    std::string reader{};          ///< of PC/SC, by name; empty when the service itself came or went
    bool isServiceChange = false;  ///< the service came or went: any card may be another
};

/// One stream of what happens to readers, cards and USB devices. What is there at its beginning is not told.
/// No timer and no polling: its two threads sleep until PC/SC or the kernel has something to say, also while
/// no PC/SC service runs. After a gap (the computer slept, the process was stopped) what has changed since is
/// told, also a card that was swapped for another.
/// Thread: made and destroyed on one thread; `onEvent` comes on threads of its own, never twice at once, and
/// not after the destructor.
class TokenWatch {
public:
    explicit TokenWatch(std::function<void(const TokenEvent&)> onEvent);
    ~TokenWatch();
    TokenWatch(const TokenWatch&) = delete;
    TokenWatch& operator=(const TokenWatch&) = delete;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
