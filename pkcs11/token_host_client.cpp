// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_host_client.hpp"

#include "base/fd.hpp"
#include "pkcs11/frame_io.hpp"
#include "pkcs11/host_process.hpp"
#include "pkcs11/start_backoff.hpp"
#include "pkcs11/statement_check.hpp"
#include "pkcs11/wire.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <functional>
#include <optional>
#include <utility>

namespace signet {

using std::chrono::steady_clock;

namespace {

/// For an event, which is a few bytes that a host writes at once.
constexpr std::chrono::milliseconds kEventLimit{1000};
constexpr int kMaxEvents = 8;
/// For a listing of a module that may block itself by its wait for slot events.
constexpr std::chrono::milliseconds kProbeLimit{2000};

bool isDeadline(const Error& error) {
    return error.code == ErrorCode::moduleFailed && error.reason == "deadline";
}

}  // namespace

struct TokenHostClient::State {
    State(std::filesystem::path hostProgram, std::filesystem::path modulePath, HostDeadlines limits)
        : program(std::move(hostProgram)), module(std::move(modulePath)), deadlines(limits) {}

    /// One command from its beginning to its end, with which the interrupts go that were for it.
    class Running {
    public:
        explicit Running(State& state) : m_state(state) {}
        Running(const Running&) = delete;
        Running& operator=(const Running&) = delete;
        ~Running() { m_state.clearInterrupt(); }

    private:
        State& m_state;
    };

    using Encode = std::function<SecretBytes(std::uint32_t)>;
    /// The reply's frame, or why there is none; then the process is gone.
    Result<Bytes> exchange(const Encode& encode, std::chrono::milliseconds limit);
    Result<void> ensureProcess(const WaitLimits& limits);
    Result<void> startProcess(const WaitLimits& limits);
    Result<void> receiveHello(const WaitLimits& limits);
    Result<Bytes> sendAndReceive(const Encode& encode, const WaitLimits& limits);
    template <class T>
    Result<T> open(Result<Result<T>> reply);
    Result<Bytes> receiveReply(const WaitLimits& limits);
    /// Between two commands: takes what the host said of itself. Nothing: it has died, or talks rubbish.
    bool takeEvents();
    Result<void> watchAgain(const WaitLimits& limits);
    Error endProcess(Error why);
    void clearInterrupt() const;
    Error named(Error error) const;

    const std::filesystem::path program;
    const std::filesystem::path module;
    const HostDeadlines deadlines;
    const Fd interruptEvent{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::atomic<pid_t> processId = 0;
    std::optional<HostProcess> process;
    StartBackoff backoff;
    Error lastStartFailure;
    std::uint32_t command = 0;
    bool wasWatchAsked = false;   ///< once
    bool isWatchWanted = false;   ///< tell the module's slot events
    bool hasSlotEvent = false;    ///< told, and not yet passed on
    bool wasWatchBlamed = false;  ///< for the last command that missed its deadline
};

Error TokenHostClient::State::named(Error error) const {
    if (error.code == ErrorCode::moduleFailed) error.params["module"] = module.filename().string();
    return error;
}

/// A process that did not do as it should is not spoken to again.
Error TokenHostClient::State::endProcess(Error why) {
    if (!process) return named(std::move(why));
    if (why.reason == "closed") why = process->causeOfDeath();
    process->kill();
    process.reset();
    processId = 0;
    return named(std::move(why));
}

void TokenHostClient::State::clearInterrupt() const {
    std::uint64_t count = 0;
    (void)!::read(interruptEvent.get(), &count, sizeof(count));
}

Result<void> TokenHostClient::State::ensureProcess(const WaitLimits& limits) {
    if (process && !takeEvents()) endProcess({});
    if (process) return {};
    if (!backoff.mayStart(steady_clock::now())) {
        Error error = lastStartFailure;
        error.detail = "not started again so soon after: " + error.reason + ": " + error.detail;
        error.reason = "backing_off";
        return fail(named(std::move(error)));
    }
    auto started = startProcess(limits);
    if (started && isWatchWanted) started = watchAgain(limits);
    if (started) {
        backoff.onSuccess();
        return started;
    }
    auto error = endProcess(started.error());
    if (error.code == ErrorCode::userCancelled) return fail(std::move(error));
    lastStartFailure = error;
    backoff.onFailure(steady_clock::now());
    return fail(std::move(error));
}

Result<void> TokenHostClient::State::startProcess(const WaitLimits& limits) {
    auto started = HostProcess::start(program, module);
    if (!started) return fail(started.error());
    processId = started->id();
    process.emplace(std::move(*started));
    return receiveHello(limits);
}

Result<void> TokenHostClient::State::receiveHello(const WaitLimits& limits) {
    const auto frame = receiveFrame(process->socket(), limits);
    if (!frame) return fail(frame.error());
    const auto hello = wire::decodeHello(*frame);
    if (!hello) return fail(hello.error());
    if (!*hello) {
        Error error = hello->error();
        error.code = ErrorCode::moduleFailed;
        return fail(std::move(error));
    }
    if ((*hello)->version != wire::kVersion)
        return fail(ErrorCode::moduleFailed, "signet-token-host is of another version", "protocol");
    return {};
}

Result<Bytes> TokenHostClient::State::sendAndReceive(const Encode& encode, const WaitLimits& limits) {
    {
        const SecretBytes frame = encode(++command);
        if (frame.size() > wire::kLengthBytes + wire::kMaxFrameBytes)
            return fail(ErrorCode::invalidRequest, "the request does not fit a frame", "request_too_large");
        if (const auto sent = sendFrame(process->socket(), frame.view(), limits); !sent)
            return fail(sent.error());
    }
    return receiveReply(limits);
}

/// A slot event may come before the reply.
Result<Bytes> TokenHostClient::State::receiveReply(const WaitLimits& limits) {
    for (;;) {
        auto reply = receiveFrame(process->socket(), limits);
        if (!reply) return reply;
        const auto head = wire::decodeHead(*reply);
        if (!head) return fail(head.error());
        if (head->kind == wire::Kind::slotEvent) {
            hasSlotEvent = true;
            continue;
        }
        if (head->command != command)
            return fail(ErrorCode::moduleFailed, "an answer to another command", "protocol");
        return reply;
    }
}

bool TokenHostClient::State::takeEvents() {
    const WaitLimits limits{steady_clock::now() + kEventLimit, interruptEvent.get()};
    for (int events = 0; hasInput(process->socket()); ++events) {
        // A host sends one, and the next only after a listing.
        if (events == kMaxEvents) return false;
        const auto frame = receiveFrame(process->socket(), limits);
        const auto head = frame ? wire::decodeHead(*frame) : Result<wire::Head>(fail(frame.error()));
        if (!head || head->kind != wire::Kind::slotEvent) return false;
        hasSlotEvent = true;
    }
    return true;
}

/// A host that was started anew watches as the one before. One that this ends is replaced by one that does
/// not.
Result<void> TokenHostClient::State::watchAgain(const WaitLimits& limits) {
    const auto reply = sendAndReceive(wire::encodeWatchSlots, limits);
    if (reply) return {};
    if (reply.error().code == ErrorCode::userCancelled) return fail(reply.error());
    isWatchWanted = false;
    endProcess({});
    return startProcess(limits);
}

Result<Bytes> TokenHostClient::State::exchange(const Encode& encode, std::chrono::milliseconds limit) {
    const Running running(*this);
    // Nothing was sent: the process need not be ended.
    if (hasInput(interruptEvent.get())) return fail(ErrorCode::userCancelled, "interrupted");
    const WaitLimits limits{steady_clock::now() + limit, interruptEvent.get()};
    if (const auto ready = ensureProcess(limits); !ready) return fail(ready.error());
    auto reply = sendAndReceive(encode, limits);
    if (reply) return reply;
    // It may be the wait for slot events that holds the module's lock.
    if (isDeadline(reply.error())) wasWatchBlamed = std::exchange(isWatchWanted, false);
    return fail(endProcess(reply.error()));
}

template <class T>
Result<T> TokenHostClient::State::open(Result<Result<T>> reply) {
    if (!reply) return fail(endProcess(reply.error()));
    if (!*reply && reply->error().code == ErrorCode::moduleFailed) return fail(endProcess(reply->error()));
    return std::move(*reply);
}

TokenHostClient::TokenHostClient(std::filesystem::path program, std::filesystem::path module,
                                 HostDeadlines deadlines)
    : m_state(std::make_unique<State>(std::move(program), std::move(module), deadlines)) {
}

TokenHostClient::~TokenHostClient() = default;

const std::filesystem::path& TokenHostClient::module() const {
    return m_state->module;
}

Result<TokenListing> TokenHostClient::list() {
    m_state->wasWatchBlamed = false;
    auto frame = m_state->exchange(wire::encodeList, m_state->deadlines.list);
    if (!frame && m_state->wasWatchBlamed)
        frame = m_state->exchange(wire::encodeList, m_state->deadlines.list);
    if (!frame) return fail(frame.error());
    return m_state->open(wire::decodeListing(*frame));
}

Result<SignReply> TokenHostClient::sign(const SignRequest& request, SecretBytes pin) {
    if (const auto checked = checkSignRequest(request); !checked) return fail(checked.error());
    const auto encode = [&](std::uint32_t command) {
        auto frame = wire::encodeSign(command, request, pin.view());
        pin.clear();
        return frame;
    };
    const auto frame = m_state->exchange(encode, m_state->deadlines.sign);
    pin.clear();
    if (!frame) return fail(frame.error());
    auto reply = m_state->open(wire::decodeSignReply(*frame));
    if (reply && reply->chosen >= request.algorithms.size())
        return fail(m_state->endProcess(
            {ErrorCode::moduleFailed, "protocol", "an algorithm that was not asked for"}));
    return reply;
}

Result<void> TokenHostClient::changePin(const PinChangeRequest& request, SecretBytes oldPin,
                                        SecretBytes newPin) {
    const auto encode = [&](std::uint32_t command) {
        auto frame = wire::encodeChangePin(command, request, oldPin.view(), newPin.view());
        oldPin.clear();
        newPin.clear();
        return frame;
    };
    const auto frame = m_state->exchange(encode, m_state->deadlines.changePin);
    oldPin.clear();
    newPin.clear();
    if (!frame) return fail(frame.error());
    return m_state->open(wire::decodeChangePinReply(*frame));
}

Result<CertificateRequestReply> TokenHostClient::requestCertificate(const CertificateRequest& request,
                                                                    SecretBytes pin) {
    // A host of its own, in which no thread waits for slot events either.
    const bool wasWatching = std::exchange(m_state->isWatchWanted, false);
    restart();
    const auto encode = [&](std::uint32_t command) {
        auto frame = wire::encodeCertificateRequest(command, request, pin.view());
        pin.clear();
        return frame;
    };
    const auto frame = m_state->exchange(encode, m_state->deadlines.request);
    pin.clear();
    auto reply = frame ? m_state->open(wire::decodeCertificateRequestReply(*frame))
                       : Result<CertificateRequestReply>(fail(frame.error()));
    restart();
    if (wasWatching) (void)watchSlots();
    return reply;
}

Result<CertificateInstallReply> TokenHostClient::installCertificate(const CertificateInstallRequest& request,
                                                                    SecretBytes pin) {
    const auto encode = [&](std::uint32_t command) {
        auto frame = wire::encodeCertificateInstall(command, request, pin.view());
        pin.clear();
        return frame;
    };
    const auto frame = m_state->exchange(encode, m_state->deadlines.install);
    pin.clear();
    if (!frame) return fail(frame.error());
    return m_state->open(wire::decodeCertificateInstallReply(*frame));
}

Result<void> TokenHostClient::watchSlots() {
    if (std::exchange(m_state->wasWatchAsked, true)) return {};
    auto frame = m_state->exchange(wire::encodeWatchSlots, m_state->deadlines.list);
    const auto isWaiting =
        frame ? m_state->open(wire::decodeWatchSlotsReply(*frame)) : Result<bool>(fail(frame.error()));
    m_state->isWatchWanted = isWaiting.has_value();
    if (isWaiting && !*isWaiting) return {};
    // A module that cannot do both is found out now, and not by the user's signature.
    if (isWaiting)
        frame = m_state->exchange(wire::encodeList, std::min(kProbeLimit, m_state->deadlines.list));
    if (isWaiting && frame) return {};
    m_state->isWatchWanted = false;
    return fail(isWaiting ? frame.error() : isWaiting.error());
}

IdleEvent TokenHostClient::waitIdle(int wakeDescriptor) {
    if (std::exchange(m_state->hasSlotEvent, false)) return IdleEvent::slotChanged;
    const int socket = m_state->process ? m_state->process->socket() : -1;
    std::array<pollfd, 2> wanted{pollfd{wakeDescriptor, POLLIN, 0}, pollfd{socket, POLLIN, 0}};
    while (::poll(wanted.data(), wanted.size(), -1) < 0 && errno == EINTR) {
    }
    if (wanted[1].revents == 0) return IdleEvent::woken;
    if (!m_state->takeEvents()) {
        m_state->endProcess({});
        return IdleEvent::hostDied;
    }
    m_state->hasSlotEvent = false;
    return IdleEvent::slotChanged;
}

void TokenHostClient::restart() {
    m_state->process.reset();
    m_state->processId = 0;
}

void TokenHostClient::interrupt() {
    const std::uint64_t one = 1;
    (void)!::write(m_state->interruptEvent.get(), &one, sizeof(one));
}

void TokenHostClient::clearInterrupt() {
    m_state->clearInterrupt();
}

pid_t TokenHostClient::processId() const {
    return m_state->processId;
}

}  // namespace signet
