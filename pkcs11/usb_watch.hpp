// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "pkcs11/token_watch.hpp"

#include <functional>
#include <thread>

namespace signet {

/// USB devices that come and go, by the word of udev (which has set the rights of the device's file by then)
/// or, where no udev runs, of the kernel. Where there is neither it stays silent.
/// Thread: made and destroyed on one thread; `onEvent` comes on its own.
/// Source: libudev, udev_monitor.
class UsbWatch {
public:
    explicit UsbWatch(std::function<void(const TokenEvent&)> onEvent);
    ~UsbWatch();
    UsbWatch(const UsbWatch&) = delete;
    UsbWatch& operator=(const UsbWatch&) = delete;

private:
    void run();

    const std::function<void(const TokenEvent&)> m_onEvent;
    const Fd m_end;
    std::thread m_thread;  ///< last: it uses the others
};

}  // namespace signet
