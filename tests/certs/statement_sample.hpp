// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/encoding.hpp"
#include "certs/statement.hpp"

#include <string_view>

namespace signet {

inline constexpr std::string_view kSampleOrigin = "https://uc.example.test";

/// A challenge with every member filled.
inline Challenge sampleChallenge() {
    Challenge challenge;
    challenge.purpose = Purpose::login;
    challenge.audience = "https://uc.example.test";
    challenge.id = toBase64Url(bytesOf("1234567890abcdef"));
    challenge.nonce = toBase64Url(Bytes(32, 'n'));
    challenge.issuedAt = TimePoint(std::chrono::seconds(1790000000));
    challenge.expiresAt = TimePoint(std::chrono::seconds(1790000120));
    challenge.client = ClientInfo{"rp-123", "施工许可系统", "政府部门"};
    challenge.request = toBase64Url(Bytes(32, 'r'));
    challenge.sessionBinding = toBase64Url(Bytes(32, 's'));
    challenge.act = {"legal_rep", "91350200MA2YJ1XR9G", "云南示例建筑有限公司", "m-7"};
    challenge.agreements = {
        {"user-agreement", "2026-09", toBase64Url(bytesOf("01234567890123456789012345678901"))}};
    challenge.claims = {"name", "uscc"};
    challenge.issuers = {toBase64Url(Bytes(32, 'i'))};
    challenge.algorithms = {Algorithm::es256, Algorithm::es384, Algorithm::rs256, Algorithm::ps256,
                            Algorithm::sm2sm3};
    challenge.text = "转让施工许可";
    return challenge;
}

inline ChannelBinding sampleBinding() {
    return {"tls-server-end-point", toBase64Url(Bytes(32, 'a'))};
}

}  // namespace signet
