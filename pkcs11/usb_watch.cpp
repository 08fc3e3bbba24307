// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/usb_watch.hpp"

#include <libudev.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace signet {
namespace {

template <auto Release>
struct Unref {
    template <class T>
    void operator()(T* object) const {
        Release(object);
    }
};
using UdevPtr = std::unique_ptr<udev, Unref<udev_unref>>;
using MonitorPtr = std::unique_ptr<udev_monitor, Unref<udev_monitor_unref>>;
using DevicePtr = std::unique_ptr<udev_device, Unref<udev_device_unref>>;

/// The word of udevd where one runs.
const char* eventGroup() {
    return ::access("/run/udev/control", F_OK) == 0 ? "udev" : "kernel";
}

MonitorPtr openMonitor(udev* context) {
    MonitorPtr monitor(udev_monitor_new_from_netlink(context, eventGroup()));
    if (!monitor || udev_monitor_filter_add_match_subsystem_devtype(monitor.get(), "usb", "usb_device") < 0 ||
        udev_monitor_enable_receiving(monitor.get()) < 0)
        return nullptr;
    return monitor;
}

std::optional<TokenEvent> eventOf(udev_device* device) {
    const char* text = udev_device_get_action(device);
    const std::string_view action = text == nullptr ? "" : text;
    if (action != "add" && action != "remove") return std::nullopt;
    return TokenEvent{.source = TokenEventSource::usb, .isArrival = action == "add"};
}

}  // namespace

UsbWatch::UsbWatch(std::function<void(const TokenEvent&)> onEvent)
    : m_onEvent(std::move(onEvent)),
      m_end(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_thread([this] { run(); }) {
}

UsbWatch::~UsbWatch() {
    const std::uint64_t one = 1;
    (void)!::write(m_end.get(), &one, sizeof(one));
    m_thread.join();
}

void UsbWatch::run() {
    const UdevPtr context(udev_new());
    const auto monitor = context ? openMonitor(context.get()) : nullptr;
    if (!monitor) return;
    std::array<pollfd, 2> wanted{pollfd{udev_monitor_get_fd(monitor.get()), POLLIN, 0},
                                 pollfd{m_end.get(), POLLIN, 0}};
    for (;;) {
        if (::poll(wanted.data(), wanted.size(), -1) < 0) continue;  // EINTR
        if (wanted[1].revents != 0) return;
        if ((wanted[0].revents & POLLIN) == 0) return;
        const DevicePtr device(udev_monitor_receive_device(monitor.get()));
        if (!device) continue;
        if (const auto event = eventOf(device.get())) m_onEvent(*event);
    }
}

}  // namespace signet
