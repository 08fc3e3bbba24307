// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/encoding.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace signet {
namespace {

constexpr std::string_view kStandard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string urlToStandard(std::string_view text) {
    std::string standard(text);
    std::replace(standard.begin(), standard.end(), '-', '+');
    std::replace(standard.begin(), standard.end(), '_', '/');
    standard.append((4 - standard.size() % 4) % 4, '=');
    return standard;
}

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string toBase64(BytesView bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                       static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::string toBase64Url(BytesView bytes) {
    std::string text = toBase64(bytes);
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

Result<Bytes> fromBase64(std::string_view text) {
    if (text.empty()) return Bytes{};
    const std::size_t padding = text.size() - std::min(text.size(), text.find_last_not_of('=') + 1);
    const auto digits = text.substr(0, text.size() - padding);
    if (text.size() % 4 != 0 || padding > 2 || digits.find_first_not_of(kStandard) != std::string_view::npos)
        return fail(ErrorCode::badRequest, "not base64");
    Bytes bytes(text.size() / 4 * 3);
    // EVP_DecodeBlock skips white space and accepts left-over bits; the alphabet is checked above, the bits
    // below.
    const int length = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    if (length < 0) return fail(ErrorCode::badRequest, "not base64");
    bytes.resize(static_cast<std::size_t>(length) - padding);
    if (toBase64(bytes) != text) return fail(ErrorCode::badRequest, "base64 with left-over bits");
    return bytes;
}

Result<Bytes> fromBase64Url(std::string_view text) {
    if (text.size() % 4 == 1 || text.find_first_of("+/=") != std::string_view::npos)
        return fail(ErrorCode::badRequest, "not base64url");
    return fromBase64(urlToStandard(text));
}

std::string toHex(BytesView bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

Result<Bytes> fromHex(std::string_view text) {
    if (text.size() % 2 != 0) return fail(ErrorCode::badRequest, "hexadecimal of odd length");
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0) return fail(ErrorCode::badRequest, "not hexadecimal");
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return bytes;
}

}  // namespace signet
