// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_session.hpp"
#include "pkcs11/openssl_handles.hpp"
#include "pkcs11/renewal.hpp"

#include <string>

namespace signet {

struct NewKeyPair {
    Bytes id{};
    KeyHandle publicKey{};
};

/// A new key pair on the token, under a CKA_ID that nothing else has; the private key signs, is sensitive and
/// never leaves the token. The session is read/write and logged in.
/// Errors: what C_GenerateKeyPair says; tokenError with reason "function_not_supported" where the module has
/// none; algNotAllowed with reason "mechanism_refused" where the token makes no keys of that kind.
Result<NewKeyPair> generateKeyPair(const Session& session, NewKeyKind kind, const std::string& label);

}  // namespace signet
