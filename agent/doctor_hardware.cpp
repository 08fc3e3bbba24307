// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_hardware.hpp"

#include "agent/main_queue.hpp"
#include "pkcs11/pcsc_query.hpp"

#include <unistd.h>

#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace signet {

HardwareFacts lookAtHardware(const DoctorPlaces& places) {
    HardwareFacts facts;
    facts.usb = usbDevices(places.usbDevices);
    facts.socket = pcscSocket();
    std::error_code fault;
    for (auto entry = std::filesystem::directory_iterator(places.devices, fault);
         !fault && entry != std::filesystem::directory_iterator(); entry.increment(fault)) {
        if (!entry->path().filename().string().starts_with("sg")) continue;
        ++facts.discNodes;
        if (::access(entry->path().c_str(), R_OK | W_OK) == 0) ++facts.openDiscNodes;
    }
    return facts;
}

struct ReaderQuestion::Mailbox {
    std::mutex mutex;
    Reply reply;
    std::unique_ptr<MainQueue> queue = std::make_unique<MainQueue>();  ///< null: nobody waits any more
};

ReaderQuestion::ReaderQuestion(Reply reply) : m_mailbox(std::make_shared<Mailbox>()) {
    m_mailbox->reply = std::move(reply);
    std::thread([mailbox = m_mailbox] {
        auto readers = readersNow();
        const std::lock_guard lock(mailbox->mutex);
        if (!mailbox->queue) return;
        mailbox->queue->post([mailbox, readers = std::move(readers)] { mailbox->reply(readers); });
    }).detach();
}

ReaderQuestion::~ReaderQuestion() {
    std::unique_ptr<MainQueue> queue;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        queue = std::move(m_mailbox->queue);
    }
}

}  // namespace signet
