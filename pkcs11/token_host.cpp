// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_host.hpp"

#include "pkcs11/frame_io.hpp"
#include "pkcs11/module_calls.hpp"
#include "pkcs11/wire.hpp"

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace signet {
namespace {

/// What the threads of the host share: the one that answers, and the one that waits for slot events.
class Answers {
public:
    explicit Answers(int socket) : m_socket(socket) {}
    /// A frame as a whole, whoever writes it.
    Result<void> write(BytesView frame) {
        const std::lock_guard lock(m_mutex);
        return writeReplyFrame(m_socket, frame);
    }
    /// A slot event; the next one waits until somebody has listed: until then it would say nothing new.
    Result<void> writeSlotEvent() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isListed; });
        m_isListed = false;
        return writeReplyFrame(m_socket, wire::encodeSlotEvent());
    }
    void onListed() {
        const std::lock_guard lock(m_mutex);
        m_isListed = true;
        m_changed.notify_all();
    }

private:
    const int m_socket;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isListed = true;
};

/// For a module that has no slot events to say so.
constexpr std::chrono::milliseconds kFirstAnswer{100};
/// A wait that ends at once is none; so many in a row are a module that cannot wait.
constexpr std::chrono::milliseconds kNoWait{1};
constexpr int kMaxHasty = 16;

/// Waits for slot events on a thread of its own, until the module has none or the process ends.
class SlotWatch {
public:
    explicit SlotWatch(std::shared_ptr<Answers> answers) : m_answers(std::move(answers)) {}

    /// Whether the module waits for one now.
    bool start(const ModuleCalls& calls) {
        if (std::exchange(m_isStarted, true)) return true;
        auto wait = calls.slotEventWait();
        if (!wait) return false;
        std::promise<void> hasReturned;
        auto returned = hasReturned.get_future();
        std::thread([wait = std::move(wait), answers = m_answers, first = std::move(hasReturned)]() mutable {
            run(wait, *answers, first);
        }).detach();
        return returned.wait_for(kFirstAnswer) != std::future_status::ready;
    }
    /// A module in which a thread waits is not finalised: the process just ends.
    bool isStarted() const { return m_isStarted; }

private:
    static void run(const std::function<bool()>& wait, Answers& answers, std::promise<void>& first) {
        int hasty = 0;
        for (bool isFirst = true; hasty < kMaxHasty; isFirst = false) {
            const auto start = std::chrono::steady_clock::now();
            const bool isEvent = wait();
            hasty = std::chrono::steady_clock::now() - start < kNoWait ? hasty + 1 : 0;
            if (isFirst) first.set_value();
            if (!isEvent || !answers.writeSlotEvent()) return;
        }
    }

    const std::shared_ptr<Answers> m_answers;
    bool m_isStarted = false;
};

struct Host {
    ModuleCalls calls;
    std::shared_ptr<Answers> answers;
    SlotWatch slots{answers};
    bool isSpent = false;  ///< the module is finalised: the process ends
};

Bytes answer(Host& host, std::uint32_t command, const wire::WatchSlotsRequest&) {
    return wire::encodeWatchSlotsReply(command, host.slots.start(host.calls));
}

Bytes answer(Host& host, std::uint32_t command, const wire::ListRequest&) {
    auto reply = wire::encodeReply(command, host.calls.list());
    host.answers->onListed();
    return reply;
}

Bytes answer(Host& host, std::uint32_t command, const wire::SignCommand& sign) {
    return wire::encodeReply(command, host.calls.sign(sign.request, sign.pin));
}

Bytes answer(Host& host, std::uint32_t command, const wire::ChangePinCommand& change) {
    return wire::encodeReply(command, host.calls.changePin(change.request, change.oldPin, change.newPin));
}

Bytes answer(Host& host, std::uint32_t command, const wire::CertificateInstallCommand& install) {
    return wire::encodeReply(command, host.calls.installCertificate(install.request, install.pin));
}

Bytes answer(Host& host, std::uint32_t command, const wire::CertificateRequestCommand& request) {
    host.isSpent = true;
    return wire::encodeReply(command, host.calls.requestCertificate(request.request, request.pin));
}

/// The frame, and with it a PIN, is wiped before the reply leaves.
Result<Bytes> replyTo(Host& host, SecretBytes frame) {
    const auto request = wire::decodeRequest(frame.view());
    if (!request) return fail(request.error());
    return std::visit([&](const auto& body) { return answer(host, request->command, body); }, request->body);
}

int serve(int socket, Host& host) {
    for (;;) {
        auto frame = readRequestFrame(socket);
        if (!frame) return frame.error().reason == "closed" ? 0 : 2;
        const auto reply = replyTo(host, std::move(*frame));
        if (!reply) return 2;
        if (const auto sent = host.answers->write(*reply); !sent || host.isSpent) return 0;
    }
}

}  // namespace

int serveTokenHost(int socket, const std::filesystem::path& module) {
    auto calls = ModuleCalls::load(module);
    const auto hello = calls ? Result<wire::Hello>(wire::Hello{wire::kVersion, calls->description()})
                             : Result<wire::Hello>(fail(calls.error()));
    if (const auto sent = writeReplyFrame(socket, wire::encodeReply(0, hello)); !sent || !calls) return 1;
    const auto answers = std::make_shared<Answers>(socket);
    Host host{std::move(*calls), answers};
    const int status = serve(socket, host);
    if (host.slots.isStarted() || host.isSpent) ::_exit(status);
    return status;
}

}  // namespace signet
