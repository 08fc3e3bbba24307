// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/wire.hpp"

#include "pkcs11/limits.hpp"
#include "pkcs11/wire_codec.hpp"

#include <cassert>
#include <cstring>

namespace signet::wire {
namespace {

// What is too long for a statement or a PIN gets its own error from the host, so there is room for it here.
constexpr std::size_t kMaxStatement = 512 * 1024;
constexpr std::size_t kMaxPin = 512 * 1024;

class Counter final : public Sink {
public:
    void put(BytesView bytes) override { m_size += bytes.size(); }
    std::size_t size() const { return m_size; }

private:
    std::size_t m_size = 0;
};

class SecretSink final : public Sink {
public:
    explicit SecretSink(SecretBytes& secret) : m_secret(secret) {}
    void put(BytesView bytes) override {
        assert(bytes.size() <= m_secret.size() - m_used);
        if (!bytes.empty()) std::memcpy(m_secret.data() + m_used, bytes.data(), bytes.size());
        m_used += bytes.size();
    }

private:
    SecretBytes& m_secret;
    std::size_t m_used = 0;
};

/// Encodes twice: once to know the size, once into memory that never moves.
template <class Body>
SecretBytes secretFrame(Kind kind, std::uint32_t command, Body body) {
    const auto write = [&](Sink& sink) {
        Writer writer(sink);
        writer.u8(static_cast<std::uint8_t>(kind));
        writer.u32(command);
        body(writer);
    };
    Counter counter;
    write(counter);
    SecretBytes frame(kLengthBytes + counter.size());
    SecretSink sink(frame);
    Writer(sink).u32(static_cast<std::uint32_t>(counter.size()));
    write(sink);
    return frame;
}

void writeToken(Writer& writer, const KeyReference& key) {
    writer.u64(key.slot);
    writer.text(key.tokenLabel);
    writer.text(key.tokenSerial);
    writer.bytes(key.keyId);
    writer.bytes(key.certificate);
}

KeyReference readKeyReference(Reader& reader) {
    KeyReference key;
    key.slot = reader.u64();
    key.tokenLabel = reader.text(kMaxNameBytes);
    key.tokenSerial = reader.text(kMaxNameBytes);
    const auto id = reader.bytes(kMaxNameBytes);
    key.keyId.assign(id.begin(), id.end());
    const auto certificate = reader.bytes(kMaxCertificateBytes);
    key.certificate.assign(certificate.begin(), certificate.end());
    return key;
}

void writeSm2(Writer& writer, const Sm2Ways& ways) {
    writer.u32(static_cast<std::uint32_t>(ways.strategies.size()));
    for (const auto& strategy : ways.strategies) {
        writer.text(strategy.name);
        writer.u64(strategy.mechanism);
        writer.u8(static_cast<std::uint8_t>(strategy.input));
        writer.flag(strategy.hasIdParameter);
    }
    writer.u32(static_cast<std::uint32_t>(ways.keyTypes.size()));
    for (const auto type : ways.keyTypes) writer.u64(type);
}

Sm2Strategy readStrategy(Reader& reader) {
    Sm2Strategy strategy{.name = reader.text(kMaxNameBytes), .mechanism = reader.u64()};
    const auto input = reader.u8();
    if (input > static_cast<std::uint8_t>(Sm2Input::zaMessage)) reader.fault();
    strategy.input = static_cast<Sm2Input>(input);
    strategy.hasIdParameter = reader.flag();
    return strategy;
}

Sm2Ways readSm2(Reader& reader) {
    Sm2Ways ways;
    const auto strategies = reader.count(kMaxSm2Strategies);
    for (std::size_t i = 0; i < strategies && reader.isGood(); ++i)
        ways.strategies.push_back(readStrategy(reader));
    const auto types = reader.count(kMaxSm2KeyTypes);
    for (std::size_t i = 0; i < types && reader.isGood(); ++i) ways.keyTypes.push_back(reader.u64());
    return ways;
}

MessageKind readMessageKind(Reader& reader) {
    const auto kind = reader.u8();
    if (kind > static_cast<std::uint8_t>(MessageKind::webEid)) reader.fault();
    return static_cast<MessageKind>(kind);
}

SignCommand readSign(Reader& reader) {
    SignCommand command;
    command.request.key = readKeyReference(reader);
    command.request.kind = readMessageKind(reader);
    command.request.isFinalTryAccepted = reader.flag();
    const auto count = reader.count(kMaxAlgorithms);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i) {
        const auto algorithm = algorithmFromName(reader.text(kMaxNameBytes));
        if (!algorithm) reader.fault();
        command.request.algorithms.push_back(algorithm.value_or(Algorithm::es256));
        command.request.statements.push_back(reader.text(kMaxStatement));
    }
    command.request.sm2 = readSm2(reader);
    command.pin = reader.bytes(kMaxPin);
    return command;
}

ChangePinCommand readChangePin(Reader& reader) {
    ChangePinCommand command;
    command.request.token = readKeyReference(reader);
    command.request.isFinalTryAccepted = reader.flag();
    command.oldPin = reader.bytes(kMaxPin);
    command.newPin = reader.bytes(kMaxPin);
    return command;
}

CertificateRequestCommand readCertificateRequest(Reader& reader) {
    CertificateRequestCommand command;
    command.request.key = readKeyReference(reader);
    const auto kind = reader.text(kMaxNameBytes);
    command.request.newKey = newKeyKindFromName(kind);
    if (!kind.empty() && !command.request.newKey) reader.fault();
    command.request.isFinalTryAccepted = reader.flag();
    command.pin = reader.bytes(kMaxPin);
    return command;
}

CertificateInstallCommand readCertificateInstall(Reader& reader) {
    CertificateInstallCommand command;
    command.request.token = readKeyReference(reader);
    command.request.isFinalTryAccepted = reader.flag();
    command.pin = reader.bytes(kMaxPin);
    return command;
}

tl::unexpected<Error> malformed(const char* what) {
    return fail(ErrorCode::moduleFailed, what, "protocol");
}

}  // namespace

Result<std::size_t> frameLength(BytesView fourBytes) {
    Reader reader(fourBytes);
    const std::size_t length = reader.u32();
    if (!reader.isComplete() || length == 0 || length > kMaxFrameBytes)
        return malformed("a frame's length is out of range");
    return length;
}

Result<Head> decodeHead(BytesView frame) {
    Reader reader(frame);
    const auto kind = reader.u8();
    const auto command = reader.u32();
    const bool isCommand =
        kind >= static_cast<std::uint8_t>(Kind::hello) && kind <= static_cast<std::uint8_t>(Kind::watchSlots);
    if (!reader.isGood() || (!isCommand && kind != static_cast<std::uint8_t>(Kind::slotEvent)))
        return malformed("a frame of unknown kind");
    return Head{static_cast<Kind>(kind), command};
}

SecretBytes encodeList(std::uint32_t command) {
    return secretFrame(Kind::list, command, [](Writer&) {});
}

SecretBytes encodeWatchSlots(std::uint32_t command) {
    return secretFrame(Kind::watchSlots, command, [](Writer&) {});
}

SecretBytes encodeSign(std::uint32_t command, const SignRequest& request, BytesView pin) {
    assert(request.algorithms.size() == request.statements.size());
    return secretFrame(Kind::sign, command, [&](Writer& writer) {
        writeToken(writer, request.key);
        writer.u8(static_cast<std::uint8_t>(request.kind));
        writer.flag(request.isFinalTryAccepted);
        writer.u32(static_cast<std::uint32_t>(request.algorithms.size()));
        for (std::size_t i = 0; i < request.algorithms.size(); ++i) {
            writer.text(toString(request.algorithms[i]));
            writer.text(request.statements[i]);
        }
        writeSm2(writer, request.sm2);
        writer.bytes(pin);
    });
}

SecretBytes encodeChangePin(std::uint32_t command, const PinChangeRequest& request, BytesView oldPin,
                            BytesView newPin) {
    return secretFrame(Kind::changePin, command, [&](Writer& writer) {
        writeToken(writer, request.token);
        writer.flag(request.isFinalTryAccepted);
        writer.bytes(oldPin);
        writer.bytes(newPin);
    });
}

SecretBytes encodeCertificateRequest(std::uint32_t command, const CertificateRequest& request,
                                     BytesView pin) {
    return secretFrame(Kind::certificateRequest, command, [&](Writer& writer) {
        writeToken(writer, request.key);
        writer.text(request.newKey ? toString(*request.newKey) : "");
        writer.flag(request.isFinalTryAccepted);
        writer.bytes(pin);
    });
}

SecretBytes encodeCertificateInstall(std::uint32_t command, const CertificateInstallRequest& request,
                                     BytesView pin) {
    return secretFrame(Kind::certificateInstall, command, [&](Writer& writer) {
        writeToken(writer, request.token);
        writer.flag(request.isFinalTryAccepted);
        writer.bytes(pin);
    });
}

Result<Request> decodeRequest(BytesView frame) {
    const auto head = decodeHead(frame);
    if (!head) return fail(head.error());
    Request request{head->command, ListRequest{}};
    Reader reader(frame.subspan(1 + 4));
    switch (head->kind) {
        case Kind::list:
            break;
        case Kind::sign:
            request.body = readSign(reader);
            break;
        case Kind::changePin:
            request.body = readChangePin(reader);
            break;
        case Kind::watchSlots:
            request.body = WatchSlotsRequest{};
            break;
        case Kind::certificateRequest:
            request.body = readCertificateRequest(reader);
            break;
        case Kind::certificateInstall:
            request.body = readCertificateInstall(reader);
            break;
        case Kind::hello:
        case Kind::slotEvent:
            return malformed("no request of this kind");
    }
    if (!reader.isComplete()) return malformed("a request's body is malformed");
    return request;
}

}  // namespace signet::wire
