// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/wire.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace signet::wire {
namespace {

BytesView body(BytesView frame) {
    return frame.subspan(kLengthBytes);
}

KeyReference key() {
    return {42, "印信", "0001", {1, 2}, Bytes(900, 7)};
}

SignRequest request() {
    return {key(), {Algorithm::ps256, Algorithm::rs256}, {"one.two", "three.four"}};
}

TokenListing listing() {
    TokenListing listing;
    listing.moduleDescription = "A module";
    Token token;
    token.info = {.slot = ~std::uint64_t{0},
                  .label = "云南",
                  .serial = "1",
                  .mustChangePin = true,
                  .isPinFinalTry = true,
                  .minPinBytes = 4,
                  .maxPinBytes = 255,
                  .triesLeft = 1};
    token.certificates = {{{1}, "login", Bytes(64 * 1024, 3), true, true}, {{}, "", {9}, false, false}};
    token.leftOutCertificates = 7;
    listing.tokens = {token, {}};
    Error error;
    error.code = ErrorCode::tokenError;
    error.reason = "device_error";
    error.params["module"] = "x.so";
    listing.faults = {{7, error}};
    return listing;
}

TEST(Wire, sign_comesBackAsItWas) {
    const auto frame = encodeSign(5, request(), bytesOf("123456"));
    ASSERT_EQ(*frameLength(frame.view().first(kLengthBytes)), frame.size() - kLengthBytes);
    const auto decoded = decodeRequest(body(frame.view()));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->command, 5U);
    const auto& sign = std::get<SignCommand>(decoded->body);
    EXPECT_EQ(sign.request.key.slot, 42U);
    EXPECT_EQ(sign.request.key.tokenLabel, "印信");
    EXPECT_EQ(sign.request.key.tokenSerial, "0001");
    EXPECT_EQ(sign.request.key.keyId, key().keyId);
    EXPECT_EQ(sign.request.key.certificate, key().certificate);
    EXPECT_EQ(sign.request.algorithms, request().algorithms);
    EXPECT_EQ(sign.request.statements, request().statements);
    EXPECT_EQ(textOf(sign.pin), "123456");
    EXPECT_FALSE(sign.request.isFinalTryAccepted);
    EXPECT_EQ(sign.request.kind, MessageKind::loginStatement);
}

TEST(Wire, kindOfMessage_comesBackAndAnUnknownOneIsRefused) {
    auto webEid = request();
    webEid.kind = MessageKind::webEid;
    const auto frame = encodeSign(5, webEid, bytesOf("123456"));
    EXPECT_EQ(std::get<SignCommand>(decodeRequest(body(frame.view()))->body).request.kind,
              MessageKind::webEid);
    const auto login = encodeSign(5, request(), bytesOf("123456"));
    std::size_t place = 0;
    while (frame.view()[place] == login.view()[place]) ++place;
    Bytes unknown(frame.view().begin(), frame.view().end());
    unknown[place] = 2;
    EXPECT_FALSE(decodeRequest(body(unknown)));
}

TEST(Wire, acceptedFinalTry_comesBack) {
    auto accepted = request();
    accepted.isFinalTryAccepted = true;
    const auto sign = encodeSign(5, accepted, bytesOf("123456"));
    EXPECT_TRUE(std::get<SignCommand>(decodeRequest(body(sign.view()))->body).request.isFinalTryAccepted);
    const auto change = encodeChangePin(5, {key(), true}, bytesOf("123456"), bytesOf("654321"));
    EXPECT_TRUE(
        std::get<ChangePinCommand>(decodeRequest(body(change.view()))->body).request.isFinalTryAccepted);
}

/// No copy of a PIN is made by decoding: it is looked at where the frame is.
TEST(Wire, pin_staysInsideTheFrame) {
    const auto frame = encodeChangePin(5, {key()}, bytesOf("123456"), bytesOf("654321"));
    const auto decoded = decodeRequest(body(frame.view()));
    const auto& change = std::get<ChangePinCommand>(decoded->body);
    EXPECT_FALSE(change.request.isFinalTryAccepted);
    EXPECT_EQ(textOf(change.oldPin), "123456");
    EXPECT_EQ(textOf(change.newPin), "654321");
    EXPECT_EQ(change.newPin.data() + change.newPin.size(), frame.data() + frame.size());
}

TEST(Wire, list_comesBackAsItWas) {
    const auto frame = encodeList(1);
    EXPECT_TRUE(std::holds_alternative<ListRequest>(decodeRequest(body(frame.view()))->body));
}

TEST(Wire, listing_comesBackAsItWas) {
    const auto frame = encodeReply(9, Result<TokenListing>(listing()));
    EXPECT_EQ(decodeHead(body(frame))->command, 9U);
    const auto decoded = decodeListing(body(frame));
    ASSERT_TRUE(decoded && *decoded);
    const auto& got = **decoded;
    ASSERT_EQ(got.tokens.size(), 2U);
    EXPECT_EQ(got.tokens[0].info.slot, ~std::uint64_t{0});
    EXPECT_EQ(got.tokens[0].info.label, "云南");
    EXPECT_TRUE(got.tokens[0].info.mustChangePin);
    EXPECT_TRUE(got.tokens[0].info.isPinFinalTry);
    EXPECT_FALSE(got.tokens[0].info.isPinLocked);
    EXPECT_EQ(got.tokens[0].info.maxPinBytes, 255U);
    EXPECT_EQ(got.tokens[0].info.triesLeft, 1);
    ASSERT_EQ(got.tokens[0].certificates.size(), 2U);
    EXPECT_EQ(got.tokens[0].leftOutCertificates, 7U);
    EXPECT_EQ(got.tokens[0].certificates[0].der, Bytes(64 * 1024, 3));
    EXPECT_TRUE(got.tokens[0].certificates[0].mustAuthenticateAlways);
    EXPECT_FALSE(got.tokens[0].certificates[1].hasPrivateKey);
    ASSERT_EQ(got.faults.size(), 1U);
    EXPECT_EQ(got.faults[0].error.reason, "device_error");
    EXPECT_EQ(got.moduleDescription, "A module");
}

TEST(Wire, error_comesBackAsItWas) {
    Error error;
    error.code = ErrorCode::pinIncorrect;
    error.reason = "r";
    error.detail = "C_Login: CKR_PIN_INCORRECT (0xa0)";
    error.params["module"] = "x.so";
    error.triesLeft = 2;
    const auto frame = encodeReply(3, Result<SignReply>(fail(error)));
    const auto decoded = decodeSignReply(body(frame));
    ASSERT_TRUE(decoded);
    ASSERT_FALSE(*decoded);
    EXPECT_EQ(decoded->error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(decoded->error().detail, error.detail);
    EXPECT_EQ(decoded->error().params, error.params);
    EXPECT_EQ(decoded->error().triesLeft, 2);
}

TEST(Wire, signReply_comesBackAsItWas) {
    const auto frame =
        encodeReply(3, Result<SignReply>(SignReply{1, Bytes(256, 5), std::chrono::microseconds(77)}));
    const auto decoded = decodeSignReply(body(frame));
    ASSERT_TRUE(decoded && *decoded);
    EXPECT_EQ((**decoded).chosen, 1U);
    EXPECT_EQ((**decoded).signature, Bytes(256, 5));
    EXPECT_EQ((**decoded).signDuration.count(), 77);
}

TEST(Wire, certificateCommands_comeBackAsTheyWere) {
    const auto asked = encodeCertificateRequest(4, {key(), NewKeyKind::rsa3072, true}, bytesOf("123456"));
    const auto request = decodeRequest(body(asked.view()));
    ASSERT_TRUE(request);
    const auto& made = std::get<CertificateRequestCommand>(request->body);
    EXPECT_EQ(made.request.key.certificate, key().certificate);
    EXPECT_EQ(made.request.newKey, NewKeyKind::rsa3072);
    EXPECT_TRUE(made.request.isFinalTryAccepted);
    EXPECT_EQ(textOf(made.pin), "123456");
    const auto given = encodeCertificateInstall(5, {key(), false}, bytesOf("654321"));
    const auto install = decodeRequest(body(given.view()));
    ASSERT_TRUE(install);
    const auto& written = std::get<CertificateInstallCommand>(install->body);
    EXPECT_EQ(written.request.token.tokenSerial, "0001");
    EXPECT_FALSE(written.request.isFinalTryAccepted);
    EXPECT_EQ(textOf(written.pin), "654321");
    const auto reply = encodeReply(4, Result<CertificateRequestReply>(CertificateRequestReply{{1, 2}, {3}}));
    EXPECT_EQ((*decodeCertificateRequestReply(body(reply)))->request, (Bytes{1, 2}));
    const auto done = encodeReply(5, Result<CertificateInstallReply>(CertificateInstallReply{{3}, "印信"}));
    EXPECT_EQ((*decodeCertificateInstallReply(body(done)))->label, "印信");
}

TEST(Wire, unknownKindOfKey_isRefused) {
    const auto frame = encodeCertificateRequest(1, {key(), NewKeyKind::p256, false}, bytesOf("1"));
    auto bytes = Bytes(frame.data() + kLengthBytes, frame.data() + frame.size());
    const auto name = std::search(bytes.begin(), bytes.end(), bytesOf("p256").begin(), bytesOf("p256").end());
    ASSERT_NE(name, bytes.end());
    *name = 'q';
    EXPECT_FALSE(decodeRequest(bytes));
}

TEST(Wire, frameLength_outOfRangeIsRefused) {
    EXPECT_FALSE(frameLength(Bytes{0, 0, 0, 0}));
    EXPECT_FALSE(frameLength(Bytes{1, 0, 0, 1}));
    EXPECT_FALSE(frameLength(Bytes{0xFF, 0xFF, 0xFF, 0xFF}));
    EXPECT_FALSE(frameLength(Bytes{0, 0, 1}));
    EXPECT_EQ(frameLength(Bytes{1, 0, 0, 0}), kMaxFrameBytes);
}

/// An answer that is too large for a frame is an error in a frame, not a broken connection.
TEST(Wire, hugeListing_becomesAnError) {
    TokenListing huge;
    huge.tokens.resize(5);
    for (auto& token : huge.tokens)
        token.certificates.assign(64, {{1}, "", Bytes(64 * 1024, 1), false, false});
    const auto frame = encodeReply(3, Result<TokenListing>(huge));
    const auto decoded = decodeListing(body(frame));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->error().reason, "answer_too_large");
}

struct Decoder {
    const char* name;
    Bytes frame;
    bool (*isGood)(BytesView);
};

std::vector<Decoder> decoders() {
    const auto copy = [](const SecretBytes& secret) {
        return Bytes(secret.data() + kLengthBytes, secret.data() + secret.size());
    };
    const auto cut = [](const Bytes& frame) { return Bytes(frame.begin() + kLengthBytes, frame.end()); };
    auto small = listing();
    small.tokens[0].certificates[0].der.resize(40);
    const auto isRequest = [](BytesView f) { return decodeRequest(f).has_value(); };
    return {
        {"list", copy(encodeList(1)), isRequest},
        {"sign", copy(encodeSign(1, request(), bytesOf("123456"))), isRequest},
        {"changePin", copy(encodeChangePin(1, {key()}, bytesOf("1"), bytesOf("2"))), isRequest},
        {"certificateRequest",
         copy(encodeCertificateRequest(1, {key(), NewKeyKind::p256, true}, bytesOf("1"))), isRequest},
        {"certificateInstall", copy(encodeCertificateInstall(1, {key(), true}, bytesOf("1"))), isRequest},
        {"certificateRequestReply",
         cut(encodeReply(1, Result<CertificateRequestReply>(CertificateRequestReply{Bytes(300), {1}}))),
         [](BytesView f) { return decodeCertificateRequestReply(f).has_value(); }},
        {"certificateInstallReply",
         cut(encodeReply(1, Result<CertificateInstallReply>(CertificateInstallReply{{1}, "印信"}))),
         [](BytesView f) { return decodeCertificateInstallReply(f).has_value(); }},
        {"hello", cut(encodeReply(0, Result<Hello>(Hello{1, "module"}))),
         [](BytesView f) { return decodeHello(f).has_value(); }},
        {"listing", cut(encodeReply(1, Result<TokenListing>(small))),
         [](BytesView f) { return decodeListing(f).has_value(); }},
        {"signReply", cut(encodeReply(1, Result<SignReply>(SignReply{0, Bytes(64), {}}))),
         [](BytesView f) { return decodeSignReply(f).has_value(); }},
        {"error", cut(encodeReply(1, Result<void>(fail(ErrorCode::pinLocked, "d", "r")))),
         [](BytesView f) { return decodeChangePinReply(f).has_value(); }},
    };
}

TEST(Wire, everyTruncatedFrame_isRefused) {
    for (const auto& [name, frame, isGood] : decoders()) {
        ASSERT_TRUE(isGood(frame)) << name;
        for (std::size_t length = 0; length < frame.size(); ++length)
            EXPECT_FALSE(isGood(BytesView(frame).first(length))) << name << " " << length;
    }
}

TEST(Wire, trailingByte_isRefused) {
    for (auto [name, frame, isGood] : decoders()) {
        frame.push_back(0);
        EXPECT_FALSE(isGood(frame)) << name;
    }
}

/// Any answer is fine as long as nothing crashes and nothing is read outside (this runs under ASan).
TEST(Wire, flippedBytes_doNotCrash) {
    for (const auto& [name, frame, isGood] : decoders())
        for (std::size_t position = 0; position < frame.size(); ++position)
            for (const std::uint8_t flip : {0x01, 0x80, 0xFF}) {
                auto changed = frame;
                changed[position] ^= flip;
                (void)isGood(changed);
            }
}

TEST(Wire, replyOfAnotherKind_isRefused) {
    const auto frame = encodeReply(1, Result<TokenListing>(TokenListing{}));
    EXPECT_FALSE(decodeSignReply(body(frame)));
    EXPECT_FALSE(decodeHello(body(frame)));
    EXPECT_FALSE(decodeRequest(body(encodeReply(0, Result<Hello>(Hello{})))));
}

}  // namespace
}  // namespace signet::wire
