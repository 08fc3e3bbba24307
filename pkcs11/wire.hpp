// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "pkcs11/renewal.hpp"
#include "pkcs11/sign_request.hpp"
#include "pkcs11/token.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

/// The messages between the agent and signet-token-host. A frame is a length (4 bytes, big-endian) and that
/// many bytes: kind (1), number of the command (4), body. Numbers are big-endian, texts and bytes have a
/// length of 4 bytes before them. Both ends are built together, but neither believes the other: a module may
/// have corrupted the host. Everything here is pure. Errors of all decoders: moduleFailed with reason
/// "protocol".
namespace signet::wire {

inline constexpr std::size_t kLengthBytes = 4;
inline constexpr std::size_t kMaxFrameBytes = 16 * 1024 * 1024;
inline constexpr std::uint32_t kVersion = 4;

enum class Kind : std::uint8_t {
    hello = 1,  ///< host, once at its start, command 0
    list = 2,   ///< request and reply have the same kind
    sign = 3,
    changePin = 4,
    certificateRequest = 5,
    certificateInstall = 6,
    watchSlots = 7,
    // 0x40 and above are events of the host, which belong to no command.
    slotEvent = 0x40,
};

/// Units: bytes.
/// Errors: also for a length of 0 or over kMaxFrameBytes.
Result<std::size_t> frameLength(BytesView fourBytes);

struct Head {
    Kind kind = Kind::hello;
    std::uint32_t command = 0;
};
Result<Head> decodeHead(BytesView frame);

// Requests. They come as whole frames with their length before them, in memory that is wiped: a PIN is copied
// from SecretBytes to SecretBytes and never anywhere else.
SecretBytes encodeList(std::uint32_t command);
SecretBytes encodeSign(std::uint32_t command, const SignRequest& request, BytesView pin);
SecretBytes encodeWatchSlots(std::uint32_t command);
SecretBytes encodeChangePin(std::uint32_t command, const PinChangeRequest& request, BytesView oldPin,
                            BytesView newPin);
SecretBytes encodeCertificateRequest(std::uint32_t command, const CertificateRequest& request, BytesView pin);
SecretBytes encodeCertificateInstall(std::uint32_t command, const CertificateInstallRequest& request,
                                     BytesView pin);

struct ListRequest {};
struct WatchSlotsRequest {};
struct SignCommand {
    SignRequest request;
    BytesView pin;  ///< inside the frame
};
struct ChangePinCommand {
    PinChangeRequest request;
    BytesView oldPin;  ///< inside the frame
    BytesView newPin;
};
struct CertificateRequestCommand {
    CertificateRequest request;
    BytesView pin;  ///< inside the frame
};
struct CertificateInstallCommand {
    CertificateInstallRequest request;
    BytesView pin;  ///< inside the frame
};
struct Request {
    std::uint32_t command = 0;
    std::variant<ListRequest, SignCommand, ChangePinCommand, WatchSlotsRequest, CertificateRequestCommand,
                 CertificateInstallCommand>
        body;
};
/// `frame` without its length; it must outlive the request.
Result<Request> decodeRequest(BytesView frame);

// Replies, as whole frames with their length before them. What would be over kMaxFrameBytes becomes an error
// reply.
struct Hello {
    std::uint32_t version = kVersion;
    std::string moduleDescription{};
};
Bytes encodeReply(std::uint32_t command, const Result<Hello>& reply);
Bytes encodeReply(std::uint32_t command, const Result<TokenListing>& reply);
Bytes encodeReply(std::uint32_t command, const Result<SignReply>& reply);
/// Of changePin.
Bytes encodeReply(std::uint32_t command, const Result<void>& reply);
Bytes encodeReply(std::uint32_t command, const Result<CertificateRequestReply>& reply);
Bytes encodeReply(std::uint32_t command, const Result<CertificateInstallReply>& reply);
/// `isWaiting`: the module waits for slot events now; else it has none.
Bytes encodeWatchSlotsReply(std::uint32_t command, bool isWaiting);
/// A slot event, with the number of no command.
Bytes encodeSlotEvent();

/// `frame` without its length. The outer result is about the frame, the inner one is what the host says.
Result<Result<Hello>> decodeHello(BytesView frame);
Result<Result<TokenListing>> decodeListing(BytesView frame);
Result<Result<SignReply>> decodeSignReply(BytesView frame);
Result<Result<void>> decodeChangePinReply(BytesView frame);
Result<Result<bool>> decodeWatchSlotsReply(BytesView frame);
Result<Result<CertificateRequestReply>> decodeCertificateRequestReply(BytesView frame);
Result<Result<CertificateInstallReply>> decodeCertificateInstallReply(BytesView frame);

}  // namespace signet::wire
