// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_session.hpp"
#include "pkcs11/key_search.hpp"
#include "pkcs11/sign_request.hpp"
#include "pkcs11/sm2_key.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace signet {

/// An SM2 login signature on a token that is logged in: each way with each key is tried in turn until one
/// gives a signature of the statement with Z_A and the default ID by the certificate's key. What does not
/// verify never leaves. At most twelve attempts; three with a key that demands the PIN for each signature
/// (it has been taken by C_Login, so that costs no try, and a refusal of it ends all attempts). `keys` are
/// the private keys of the certificate's CKA_ID: a pair of signing and encryption key may share it. Errors:
/// signatureInvalid with reason "sm2_without_za" (the token signs without Z_A) or "sm2_no_strategy";
/// algNotAllowed with reason "mechanism_refused" where no way was taken at all; what the calls say otherwise.
/// Source: GM/T 0009-2012; protocol.md section 8.
Result<SignReply> signSm2(const Session& session, std::span<const PrivateKeyObject> keys,
                          const SignRequest& request, std::size_t index,
                          std::span<const Sm2Strategy> strategies, const Sm2Key& certificateKey,
                          BytesView pin);

}  // namespace signet
