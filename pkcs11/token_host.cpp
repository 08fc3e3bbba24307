// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_host.hpp"

#include "pkcs11/frame_io.hpp"
#include "pkcs11/module_calls.hpp"
#include "pkcs11/wire.hpp"

#include <utility>

namespace signet {
namespace {

Bytes answer(ModuleCalls& calls, std::uint32_t command, const wire::ListRequest&) {
    return wire::encodeReply(command, calls.list());
}

Bytes answer(ModuleCalls& calls, std::uint32_t command, const wire::SignCommand& sign) {
    return wire::encodeReply(command, calls.sign(sign.request, sign.pin));
}

Bytes answer(ModuleCalls& calls, std::uint32_t command, const wire::ChangePinCommand& change) {
    return wire::encodeReply(command, calls.changePin(change.request, change.oldPin, change.newPin));
}

/// The frame, and with it a PIN, is wiped before the reply leaves.
Result<Bytes> replyTo(ModuleCalls& calls, SecretBytes frame) {
    const auto request = wire::decodeRequest(frame.view());
    if (!request) return fail(request.error());
    return std::visit([&](const auto& body) { return answer(calls, request->command, body); }, request->body);
}

}  // namespace

int serveTokenHost(int socket, const std::filesystem::path& module) {
    auto calls = ModuleCalls::load(module);
    const auto hello = calls ? Result<wire::Hello>(wire::Hello{wire::kVersion, calls->description()})
                             : Result<wire::Hello>(fail(calls.error()));
    if (const auto sent = writeReplyFrame(socket, wire::encodeReply(0, hello)); !sent || !calls) return 1;
    for (;;) {
        auto frame = readRequestFrame(socket);
        if (!frame) return frame.error().reason == "closed" ? 0 : 2;
        const auto reply = replyTo(*calls, std::move(*frame));
        if (!reply) return 2;
        if (const auto sent = writeReplyFrame(socket, *reply); !sent) return 0;
    }
}

}  // namespace signet
