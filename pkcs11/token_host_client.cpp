// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_host_client.hpp"

#include "base/fd.hpp"
#include "pkcs11/frame_io.hpp"
#include "pkcs11/host_process.hpp"
#include "pkcs11/start_backoff.hpp"
#include "pkcs11/statement_check.hpp"
#include "pkcs11/wire.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <optional>
#include <utility>

namespace signet {

using std::chrono::steady_clock;

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
    // Between commands a host says nothing: input is the end of a process that died idle, or rubbish.
    if (process && hasInput(process->socket())) endProcess({});
    if (process) return {};
    if (!backoff.mayStart(steady_clock::now())) {
        Error error = lastStartFailure;
        error.detail = "not started again so soon after: " + error.reason + ": " + error.detail;
        error.reason = "backing_off";
        return fail(named(std::move(error)));
    }
    auto started = startProcess(limits);
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
    auto reply = receiveFrame(process->socket(), limits);
    if (!reply) return reply;
    const auto head = wire::decodeHead(*reply);
    if (!head) return fail(head.error());
    if (head->command != command)
        return fail(ErrorCode::moduleFailed, "an answer to another command", "protocol");
    return reply;
}

Result<Bytes> TokenHostClient::State::exchange(const Encode& encode, std::chrono::milliseconds limit) {
    const Running running(*this);
    // Nothing was sent: the process need not be ended.
    if (hasInput(interruptEvent.get())) return fail(ErrorCode::userCancelled, "interrupted");
    const WaitLimits limits{steady_clock::now() + limit, interruptEvent.get()};
    if (const auto ready = ensureProcess(limits); !ready) return fail(ready.error());
    auto reply = sendAndReceive(encode, limits);
    if (!reply) return fail(endProcess(reply.error()));
    return reply;
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
    const auto frame = m_state->exchange(wire::encodeList, m_state->deadlines.list);
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
