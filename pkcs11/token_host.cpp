// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_host.hpp"

#include "pkcs11/frame_io.hpp"
#include "pkcs11/module_calls.hpp"
#include "pkcs11/slot_watch.hpp"
#include "pkcs11/wire.hpp"

#include <unistd.h>

#include <memory>
#include <utility>

namespace signet {
namespace {

struct Host {
    ModuleCalls calls;
    std::shared_ptr<HostSocket> socket;
    SlotWatch slots{socket};
    bool isSpent = false;  ///< the module is finalised: the process ends
};

Bytes answer(Host& host, std::uint32_t command, const wire::WatchSlotsRequest&) {
    return wire::encodeWatchSlotsReply(command, host.slots.start(host.calls.slotEventWait()));
}

Bytes answer(Host& host, std::uint32_t command, const wire::ListRequest&) {
    auto reply = wire::encodeReply(command, host.calls.list());
    host.socket->onListed();
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
        if (const auto sent = host.socket->write(*reply); !sent || host.isSpent) return 0;
    }
}

}  // namespace

int serveTokenHost(int socket, const std::filesystem::path& module) {
    auto calls = ModuleCalls::load(module);
    const auto hello = calls ? Result<wire::Hello>(wire::Hello{wire::kVersion, calls->description()})
                             : Result<wire::Hello>(fail(calls.error()));
    if (const auto sent = writeReplyFrame(socket, wire::encodeReply(0, hello)); !sent || !calls) return 1;
    Host host{std::move(*calls), std::make_shared<HostSocket>(socket)};
    const int status = serve(socket, host);
    if (host.slots.isStarted() || host.isSpent) ::_exit(status);
    return status;
}

}  // namespace signet
