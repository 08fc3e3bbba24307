// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_session.hpp"

#include <optional>
#include <string>

namespace signet {

/// What on a token belongs to a certificate's key.
struct KeyMatch {
    Bytes id{};                  ///< CKA_ID of the object that has the same public key; empty: there is none
    std::string label{};         ///< its CKA_LABEL
    bool hasPrivateKey = false;  ///< a private key of that CKA_ID is visible now
};

/// Looks for the certificate's public key in the private keys, public keys and certificates that the session
/// may see, in this order: without a login private keys are hidden mostly.
/// Errors: noCertificate with reason "certificate_malformed"; what the search says.
Result<KeyMatch> matchKey(const Session& session, BytesView certificate);

}  // namespace signet
