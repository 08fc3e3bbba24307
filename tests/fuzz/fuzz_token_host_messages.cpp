// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The messages between agent and token host, in both directions: whatever is accepted must be a fixed point,
// and what is taken for a statement must look like one.
#include "pkcs11/statement_check.hpp"
#include "pkcs11/wire.hpp"

#include <algorithm>
#include <cstdlib>

using namespace signet;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

BytesView body(BytesView frame) {
    return frame.subspan(wire::kLengthBytes);
}

bool isSame(BytesView left, BytesView right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end());
}

void checkSign(BytesView frame, std::uint32_t command, const wire::SignCommand& sign) {
    require(isSame(body(wire::encodeSign(command, sign.request, sign.pin).view()), frame));
    if (!checkSignRequest(sign.request)) return;
    for (const auto& text : sign.request.statements) {
        const bool isTwoHashes = text.size() == 64 || text.size() == 96;
        require(sign.request.kind == MessageKind::webEid ? isTwoHashes
                                                         : std::count(text.begin(), text.end(), '.') == 1);
    }
}

void checkRequest(BytesView frame) {
    const auto request = wire::decodeRequest(frame);
    if (!request) return;
    if (const auto* sign = std::get_if<wire::SignCommand>(&request->body))
        checkSign(frame, request->command, *sign);
    if (const auto* change = std::get_if<wire::ChangePinCommand>(&request->body))
        require(isSame(
            body(wire::encodeChangePin(request->command, change->request, change->oldPin, change->newPin)
                     .view()),
            frame));
    if (const auto* asked = std::get_if<wire::CertificateRequestCommand>(&request->body))
        require(
            isSame(body(wire::encodeCertificateRequest(request->command, asked->request, asked->pin).view()),
                   frame));
    if (const auto* given = std::get_if<wire::CertificateInstallCommand>(&request->body))
        require(
            isSame(body(wire::encodeCertificateInstall(request->command, given->request, given->pin).view()),
                   frame));
}

/// An error's parameters are put in order by decoding, so the second round must stand still.
template <class Decode>
void checkReply(BytesView frame, Decode decode) {
    const auto reply = decode(frame);
    if (!reply) return;
    const auto once = wire::encodeReply(7, *reply);
    const auto again = decode(body(once));
    require(again.has_value() && wire::encodeReply(7, *again) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView frame(data, size);
    if (size >= wire::kLengthBytes) {
        const auto length = wire::frameLength(frame.first(wire::kLengthBytes));
        require(!length || (*length > 0 && *length <= wire::kMaxFrameBytes));
    }
    checkRequest(frame);
    checkReply(frame, wire::decodeHello);
    checkReply(frame, wire::decodeListing);
    checkReply(frame, wire::decodeSignReply);
    checkReply(frame, wire::decodeChangePinReply);
    checkReply(frame, wire::decodeCertificateRequestReply);
    checkReply(frame, wire::decodeCertificateInstallReply);
    return 0;
}
