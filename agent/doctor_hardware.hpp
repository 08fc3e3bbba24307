// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/agent_socket.hpp"
#include "agent/doctor_facts.hpp"
#include "base/result.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace signet {

/// Where the self-check looks. Tests set them; no environment variable moves them.
struct DoctorPlaces {
    std::filesystem::path usbDevices = "/sys/bus/usb/devices";
    std::filesystem::path devices = "/dev";
    std::filesystem::path proc = "/proc";
    std::filesystem::path agentSocket = defaultAgentSocket();
};

/// USB devices and disc nodes, which the kernel tells at once; `readers` is left as it is.
HardwareFacts lookAtHardware(const DoctorPlaces& places);

/// Asks the smart card service on a thread that is left to itself when it does not come back: its library has
/// no deadline, and a service that hangs must not hold up the program's end.
/// Thread: main, with a Qt application.
class ReaderQuestion {
public:
    using Reply = std::function<void(Result<std::vector<CardReader>>)>;
    /// `reply` is called once, never from the constructor.
    explicit ReaderQuestion(Reply reply);
    /// The reply is not called any more.
    ~ReaderQuestion();
    ReaderQuestion(const ReaderQuestion&) = delete;
    ReaderQuestion& operator=(const ReaderQuestion&) = delete;

private:
    struct Mailbox;
    std::shared_ptr<Mailbox> m_mailbox;  ///< the thread is the second owner
};

}  // namespace signet
