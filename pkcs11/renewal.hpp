// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "pkcs11/sign_request.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace signet {

enum class NewKeyKind { rsa2048, rsa3072, p256, p384 };
inline constexpr std::array kNewKeyKinds{NewKeyKind::rsa2048, NewKeyKind::rsa3072, NewKeyKind::p256,
                                         NewKeyKind::p384};
/// "rsa2048" and so on.
std::string_view toString(NewKeyKind kind);
std::optional<NewKeyKind> newKeyKindFromName(std::string_view name);

/// A PKCS#10 request for a key on a token.
struct CertificateRequest {
    /// `certificate` is the one whose subject and extensions the request repeats. For an existing key it is
    /// that key's and on the token; for a new key it may come from anywhere and `keyId` is empty.
    KeyReference key{};
    std::optional<NewKeyKind> newKey{};
    bool isFinalTryAccepted = false;  ///< as in SignRequest
};

struct CertificateRequestReply {
    Bytes request{};  ///< DER
    Bytes keyId{};    ///< CKA_ID of the key
};

/// An issuer's answer, to be written beside its key.
struct CertificateInstallRequest {
    KeyReference token{};  ///< `certificate` is the new one; no `keyId`: the host finds the key by it
    bool isFinalTryAccepted = false;
};

struct CertificateInstallReply {
    Bytes keyId{};
    std::string label{};  ///< CKA_LABEL that it was given
};

}  // namespace signet
