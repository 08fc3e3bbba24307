// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/webeid_token.hpp"

#include "base/encoding.hpp"
#include "certs/signature.hpp"

#include <nlohmann/json.hpp>

#include <openssl/evp.h>

#include <array>

namespace signet {
namespace {

constexpr std::size_t kMinNonceBytes = 44;
constexpr std::size_t kMaxNonceBytes = 128;
/// A name, not a place: the format wants a URL, and under .invalid nobody else can have it (RFC 6761).
constexpr std::string_view kAppVersion = "https://signet.invalid/releases/" SIGNET_VERSION;

const EVP_MD* hashOf(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::es256:
        case Algorithm::rs256:
        case Algorithm::ps256:
            return EVP_sha256();
        case Algorithm::es384:
            return EVP_sha384();
        case Algorithm::sm2sm3:
            return nullptr;
    }
    return nullptr;
}

bool appendHash(const EVP_MD* hash, std::string_view text, Bytes& to) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, hash, nullptr) != 1) return false;
    to.insert(to.end(), digest.begin(), digest.begin() + length);
    return true;
}

}  // namespace

Result<void> checkWebEidNonce(std::string_view challengeNonce) {
    const bool isOfLength =
        challengeNonce.size() >= kMinNonceBytes && challengeNonce.size() <= kMaxNonceBytes;
    if (isOfLength && fromBase64(challengeNonce)) return {};
    return fail(ErrorCode::invalidRequest, "not 44 to 128 characters of base64", "challenge_nonce");
}

Result<void> checkWebEidCertificate(const Certificate& leaf) {
    if (leaf.keyType() == KeyType::sm2)
        return fail(ErrorCode::algNotAllowed, "Web eID has no SM2", "web_eid_sm2");
    if (webEidAlgorithms(leaf.keyType()).empty())
        return fail(ErrorCode::algNotAllowed, "Web eID with a key of another type", "key_type");
    if (!leaf.hasKeyUsage())
        return fail(ErrorCode::certificateNotForLogin, "no keyUsage", "key_usage_absent");
    return {};
}

std::vector<Algorithm> webEidAlgorithms(KeyType key) {
    switch (key) {
        case KeyType::rsa:
            return {Algorithm::rs256, Algorithm::ps256};
        case KeyType::p256:
            return {Algorithm::es256};
        case KeyType::p384:
            return {Algorithm::es384};
        case KeyType::sm2:
        case KeyType::other:
            return {};
    }
    return {};
}

Result<Bytes> webEidMessage(Algorithm algorithm, std::string_view origin, std::string_view challengeNonce) {
    const auto* hash = hashOf(algorithm);
    if (hash == nullptr) return fail(ErrorCode::algNotAllowed, "Web eID has no SM2", "web_eid_sm2");
    Bytes message;
    if (!appendHash(hash, origin, message) || !appendHash(hash, challengeNonce, message))
        return fail(ErrorCode::internalError, "OpenSSL cannot hash");
    return message;
}

Result<void> verifyWebEidToken(const WebEidToken& token, std::string_view origin,
                               std::string_view challengeNonce) {
    const auto message = webEidMessage(token.algorithm, origin, challengeNonce);
    if (!message) return fail(message.error());
    return verifySignature(token.algorithm, token.certificate.key(), *message, token.signature);
}

Json webEidTokenJson(const WebEidToken& token) {
    return {{"unverifiedCertificate", toBase64(token.certificate.der())},
            {"algorithm", toString(token.algorithm)},
            {"signature", toBase64(token.signature)},
            {"format", "web-eid:1.0"},
            {"appVersion", kAppVersion}};
}

}  // namespace signet
