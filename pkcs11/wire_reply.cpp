// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/limits.hpp"
#include "pkcs11/wire.hpp"
#include "pkcs11/wire_codec.hpp"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>

namespace signet::wire {
namespace {

/// Room for more than a name: the details of errors.
constexpr std::size_t kMaxText = 4096;
constexpr std::size_t kMaxParams = 16;
constexpr std::size_t kMaxSignature = 4096;
/// A PKCS#10 request repeats a certificate and adds a signature.
constexpr std::size_t kMaxRequest = 2 * kMaxCertificateBytes;

class BytesSink final : public Sink {
public:
    explicit BytesSink(Bytes& bytes) : m_bytes(bytes) {}
    void put(BytesView bytes) override { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }

private:
    Bytes& m_bytes;
};

/// A text from a module's mouth that is longer than the other end takes.
std::string_view cut(std::string_view text) {
    return text.substr(0, kMaxText);
}

void writeTries(Writer& writer, const std::optional<int>& tries) {
    writer.flag(tries.has_value());
    writer.u32(static_cast<std::uint32_t>(tries.value_or(0)));
}

std::optional<int> readTries(Reader& reader) {
    const bool isKnown = reader.flag();
    const auto tries = static_cast<int>(reader.count(255));
    return isKnown ? std::optional(tries) : std::nullopt;
}

void writeError(Writer& writer, const Error& error) {
    writer.text(errorInfo(error.code).name);
    writer.text(cut(error.reason));
    writer.text(cut(error.detail));
    writer.u32(static_cast<std::uint32_t>(std::min(error.params.size(), kMaxParams)));
    std::size_t left = kMaxParams;
    for (const auto& [name, value] : error.params) {
        if (left-- == 0) break;
        writer.text(cut(name));
        writer.text(cut(value));
    }
    writeTries(writer, error.triesLeft);
}

Error readError(Reader& reader) {
    Error error;
    const auto code = errorCodeFromName(reader.text(kMaxText));
    if (!code) reader.fault();
    error.code = code.value_or(ErrorCode::moduleFailed);
    error.reason = reader.text(kMaxText);
    error.detail = reader.text(kMaxText);
    const auto count = reader.count(kMaxParams);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        auto name = reader.text(kMaxText);
        error.params[std::move(name)] = reader.text(kMaxText);
    }
    error.triesLeft = readTries(reader);
    return error;
}

void write(Writer& writer, const TokenInfo& token) {
    writer.u64(token.slot);
    for (const auto* text :
         {&token.slotDescription, &token.label, &token.manufacturer, &token.model, &token.serial})
        writer.text(cut(*text));
    for (const bool flag :
         {token.isInitialized, token.isUserPinSet, token.mustChangePin, token.isPinCountLow,
          token.isPinFinalTry, token.isPinLocked, token.hasProtectedPath, token.isLoginRequired})
        writer.flag(flag);
    writer.u32(token.minPinBytes);
    writer.u32(token.maxPinBytes);
    writeTries(writer, token.triesLeft);
}

TokenInfo readTokenInfo(Reader& reader) {
    TokenInfo token;
    token.slot = reader.u64();
    for (auto* text :
         {&token.slotDescription, &token.label, &token.manufacturer, &token.model, &token.serial})
        *text = reader.text(kMaxText);
    for (auto* flag :
         {&token.isInitialized, &token.isUserPinSet, &token.mustChangePin, &token.isPinCountLow,
          &token.isPinFinalTry, &token.isPinLocked, &token.hasProtectedPath, &token.isLoginRequired})
        *flag = reader.flag();
    token.minPinBytes = reader.u32();
    token.maxPinBytes = reader.u32();
    token.triesLeft = readTries(reader);
    return token;
}

void write(Writer& writer, const TokenCertificate& certificate) {
    writer.bytes(certificate.id);
    writer.text(cut(certificate.label));
    writer.bytes(certificate.der);
    writer.flag(certificate.hasPrivateKey);
    writer.flag(certificate.mustAuthenticateAlways);
}

TokenCertificate readCertificate(Reader& reader) {
    const auto copy = [](BytesView bytes) { return Bytes(bytes.begin(), bytes.end()); };
    TokenCertificate certificate;
    certificate.id = copy(reader.bytes(kMaxText));
    certificate.label = reader.text(kMaxText);
    certificate.der = copy(reader.bytes(kMaxCertificateBytes));
    certificate.hasPrivateKey = reader.flag();
    certificate.mustAuthenticateAlways = reader.flag();
    return certificate;
}

Token readToken(Reader& reader) {
    Token token{readTokenInfo(reader)};
    const auto count = reader.count(kMaxCertificatesPerToken);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i)
        token.certificates.push_back(readCertificate(reader));
    token.leftOutCertificates = reader.u32();
    return token;
}

void write(Writer& writer, bool value) {
    writer.flag(value);
}

void write(Writer& writer, const Hello& hello) {
    writer.u32(hello.version);
    writer.text(cut(hello.moduleDescription));
}

void write(Writer& writer, const TokenListing& listing) {
    writer.text(cut(listing.moduleDescription));
    writer.u32(static_cast<std::uint32_t>(listing.emptySlotCount));
    writer.flag(listing.isPcsc);
    writer.u32(static_cast<std::uint32_t>(listing.tokens.size()));
    for (const auto& token : listing.tokens) {
        write(writer, token.info);
        writer.u32(static_cast<std::uint32_t>(token.certificates.size()));
        for (const auto& certificate : token.certificates) write(writer, certificate);
        writer.u32(static_cast<std::uint32_t>(token.leftOutCertificates));
    }
    writer.u32(static_cast<std::uint32_t>(listing.faults.size()));
    for (const auto& fault : listing.faults) {
        writer.u64(fault.slot);
        writeError(writer, fault.error);
    }
}

void write(Writer& writer, const SignReply& reply) {
    writer.u32(static_cast<std::uint32_t>(reply.chosen));
    writer.bytes(reply.signature);
    writer.u64(static_cast<std::uint64_t>(reply.signDuration.count()));
    writer.text(cut(reply.sm2Strategy));
}

void write(Writer& writer, const CertificateRequestReply& reply) {
    writer.bytes(reply.request);
    writer.bytes(reply.keyId);
}

void write(Writer& writer, const CertificateInstallReply& reply) {
    writer.bytes(reply.keyId);
    writer.text(cut(reply.label));
}

Bytes readBytes(Reader& reader, std::size_t max) {
    const auto bytes = reader.bytes(max);
    return {bytes.begin(), bytes.end()};
}

TokenListing readListing(Reader& reader) {
    TokenListing listing;
    listing.moduleDescription = reader.text(kMaxText);
    listing.emptySlotCount = reader.u32();
    listing.isPcsc = reader.flag();
    const auto tokens = reader.count(kMaxSlots);
    for (std::size_t i = 0; i < tokens && reader.isGood(); ++i) listing.tokens.push_back(readToken(reader));
    const auto faults = reader.count(kMaxSlots);
    for (std::size_t i = 0; i < faults && reader.isGood(); ++i) {
        const auto slot = reader.u64();
        listing.faults.push_back({slot, readError(reader)});
    }
    return listing;
}

SignReply readSignReply(Reader& reader) {
    SignReply reply;
    reply.chosen = reader.u32();
    const auto signature = reader.bytes(kMaxSignature);
    reply.signature.assign(signature.begin(), signature.end());
    reply.signDuration = std::chrono::microseconds(reader.u64());
    reply.sm2Strategy = reader.text(kMaxText);
    return reply;
}

/// Kind, command, then 1 and the value or 0 and the error.
template <class T>
Bytes frameOf(Kind kind, std::uint32_t command, const Result<T>& reply) {
    Bytes frame(kLengthBytes);
    BytesSink sink(frame);
    Writer writer(sink);
    writer.u8(static_cast<std::uint8_t>(kind));
    writer.u32(command);
    writer.flag(reply.has_value());
    if (!reply)
        writeError(writer, reply.error());
    else if constexpr (!std::is_void_v<T>)
        write(writer, *reply);
    const auto length = frame.size() - kLengthBytes;
    if (length > kMaxFrameBytes)
        return frameOf<T>(kind, command,
                          fail(ErrorCode::tokenError, "the answer does not fit a frame", "answer_too_large"));
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        frame[i] = static_cast<std::uint8_t>(length >> (8 * (kLengthBytes - 1 - i)));
    return frame;
}

template <class T, class Read>
Result<Result<T>> decode(Kind kind, BytesView frame, Read read) {
    const auto head = decodeHead(frame);
    if (!head) return fail(head.error());
    const auto malformed = fail(ErrorCode::moduleFailed, "a reply's body is malformed", "protocol");
    if (head->kind != kind) return malformed;
    Reader reader(frame.subspan(1 + 4));
    Result<T> reply = reader.flag() ? read(reader) : Result<T>(fail(readError(reader)));
    if (!reader.isComplete()) return malformed;
    return reply;
}

}  // namespace

Bytes encodeReply(std::uint32_t command, const Result<Hello>& reply) {
    return frameOf(Kind::hello, command, reply);
}
Bytes encodeReply(std::uint32_t command, const Result<TokenListing>& reply) {
    return frameOf(Kind::list, command, reply);
}
Bytes encodeReply(std::uint32_t command, const Result<SignReply>& reply) {
    return frameOf(Kind::sign, command, reply);
}
Bytes encodeReply(std::uint32_t command, const Result<void>& reply) {
    return frameOf(Kind::changePin, command, reply);
}
Bytes encodeReply(std::uint32_t command, const Result<CertificateRequestReply>& reply) {
    return frameOf(Kind::certificateRequest, command, reply);
}
Bytes encodeReply(std::uint32_t command, const Result<CertificateInstallReply>& reply) {
    return frameOf(Kind::certificateInstall, command, reply);
}
Bytes encodeWatchSlotsReply(std::uint32_t command, bool isWaiting) {
    return frameOf(Kind::watchSlots, command, Result<bool>(isWaiting));
}
Bytes encodeSlotEvent() {
    return frameOf(Kind::slotEvent, 0, Result<void>());
}

Result<Result<Hello>> decodeHello(BytesView frame) {
    return decode<Hello>(Kind::hello, frame, [](Reader& reader) -> Result<Hello> {
        const auto version = reader.u32();
        return Hello{version, reader.text(kMaxText)};
    });
}

Result<Result<TokenListing>> decodeListing(BytesView frame) {
    return decode<TokenListing>(Kind::list, frame,
                                [](Reader& reader) -> Result<TokenListing> { return readListing(reader); });
}

Result<Result<SignReply>> decodeSignReply(BytesView frame) {
    return decode<SignReply>(Kind::sign, frame,
                             [](Reader& reader) -> Result<SignReply> { return readSignReply(reader); });
}

Result<Result<void>> decodeChangePinReply(BytesView frame) {
    return decode<void>(Kind::changePin, frame, [](Reader&) -> Result<void> { return {}; });
}

Result<Result<bool>> decodeWatchSlotsReply(BytesView frame) {
    return decode<bool>(Kind::watchSlots, frame,
                        [](Reader& reader) -> Result<bool> { return reader.flag(); });
}

Result<Result<CertificateRequestReply>> decodeCertificateRequestReply(BytesView frame) {
    using Reply = CertificateRequestReply;
    return decode<Reply>(Kind::certificateRequest, frame, [](Reader& reader) -> Result<Reply> {
        auto request = readBytes(reader, kMaxRequest);
        return Reply{std::move(request), readBytes(reader, kMaxNameBytes)};
    });
}

Result<Result<CertificateInstallReply>> decodeCertificateInstallReply(BytesView frame) {
    using Reply = CertificateInstallReply;
    return decode<Reply>(Kind::certificateInstall, frame, [](Reader& reader) -> Result<Reply> {
        auto id = readBytes(reader, kMaxNameBytes);
        return Reply{std::move(id), reader.text(kMaxText)};
    });
}

}  // namespace signet::wire
