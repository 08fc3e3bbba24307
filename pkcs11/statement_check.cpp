// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/statement_check.hpp"

#include "base/encoding.hpp"
#include "pkcs11/limits.hpp"

#include <array>
#include <string>

namespace signet {
namespace {

constexpr std::size_t kMaxStatementBytes = 256 * 1024;

constexpr std::array<bool, 256> base64UrlCharacters() {
    std::array<bool, 256> is{};
    for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
        is[static_cast<unsigned char>(c)] = true;
    return is;
}

/// By table and without a way out in the middle: this is on the way of every signature, over thousands of
/// characters.
bool isBase64Url(std::string_view text) {
    static constexpr auto kIs = base64UrlCharacters();
    bool isGood = !text.empty() && text.size() % 4 != 1;
    for (const char c : text) isGood &= kIs[static_cast<unsigned char>(c)];
    return isGood;
}

/// Whether the first characters of BASE64URL text stand for `start`; only those are decoded.
bool startsWith(std::string_view base64Url, std::string_view start) {
    const auto first = base64Url.substr(0, (start.size() + 2) / 3 * 4);
    const auto bytes = fromBase64Url(first);
    return bytes && textOf(*bytes).starts_with(start);
}

/// Of the algorithm's hash; 0 where Web eID does not have the algorithm.
std::size_t webEidHashBytes(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::es256:
        case Algorithm::rs256:
        case Algorithm::ps256:
            return 32;
        case Algorithm::es384:
            return 48;
        case Algorithm::sm2sm3:
            return 0;
    }
    return 0;
}

Result<void> checkMessage(MessageKind kind, Algorithm algorithm, std::string_view message) {
    switch (kind) {
        case MessageKind::loginStatement:
            return checkStatement(algorithm, message);
        case MessageKind::webEid:
            return checkWebEidMessage(algorithm, message);
    }
    return fail(ErrorCode::invalidRequest, "a message of unknown kind", "sign_request");
}

tl::unexpected<Error> refuse(const char* detail) {
    return fail(ErrorCode::invalidRequest, detail, "not_a_statement");
}

}  // namespace

Result<void> checkStatement(Algorithm algorithm, std::string_view text) {
    if (text.size() > kMaxStatementBytes) return refuse("the text is too long");
    const auto dot = text.find('.');
    if (dot == std::string_view::npos || !isBase64Url(text.substr(0, dot)) ||
        !isBase64Url(text.substr(dot + 1)))
        return refuse("the text is not BASE64URL.BASE64URL");
    const auto start = R"({"alg":")" + std::string(toString(algorithm)) + R"(","typ":"signet-login.v1+jws",)";
    if (!startsWith(text.substr(0, dot), start)) return refuse("the header is not that of a login statement");
    return {};
}

Result<void> checkWebEidMessage(Algorithm algorithm, std::string_view message) {
    const auto hash = webEidHashBytes(algorithm);
    if (hash != 0 && message.size() == 2 * hash) return {};
    return fail(ErrorCode::invalidRequest, "not two hashes of the algorithm", "not_web_eid");
}

Result<void> checkSignRequest(const SignRequest& request) {
    const auto& key = request.key;
    const auto isName = [](const auto& name) { return name.size() <= kMaxNameBytes; };
    const bool isKeyGood = !key.keyId.empty() && isName(key.keyId) && isName(key.tokenLabel) &&
                           isName(key.tokenSerial) && !key.certificate.empty() &&
                           key.certificate.size() <= kMaxCertificateBytes;
    const auto count = request.algorithms.size();
    if (!isKeyGood || count == 0 || count > kMaxAlgorithms || count != request.statements.size())
        return fail(ErrorCode::invalidRequest, "the sign request is incomplete", "sign_request");
    for (std::size_t i = 0; i < count; ++i)
        if (const auto checked = checkMessage(request.kind, request.algorithms[i], request.statements[i]);
            !checked)
            return checked;
    return {};
}

}  // namespace signet
