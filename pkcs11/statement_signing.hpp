// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/certificate_key.hpp"
#include "pkcs11/ck_session.hpp"
#include "pkcs11/key_search.hpp"
#include "pkcs11/mechanism.hpp"
#include "pkcs11/sign_request.hpp"

#include <cstddef>
#include <span>

namespace signet {

/// A way to sign one of the statements of a request.
struct SigningChoice {
    std::size_t index;  ///< into the request
    SigningMethod method;
};

/// What a login signature is once the token is logged in: C_SignInit with the first choice that the token
/// takes, the key's own login where it demands one, hash, C_Sign, the statement's form. For Web eID it is
/// made again, at most eight times in all, while it has a spare zero (signature_form.hpp) and the key demands
/// no login of its own, which would take a PIN that nobody entered for it; what cannot be bettered is given
/// as it is, for it is valid. `choices` must not be empty; the request has been checked. A function of its
/// own so that the benchmark measures what the host does. Errors: what the calls say; signatureInvalid with
/// reason "signature_length".
Result<SignReply> signStatement(const Session& session, const PrivateKeyObject& object,
                                const SignRequest& request, const CertificateKey& key,
                                std::span<const SigningChoice> choices, BytesView pin);

}  // namespace signet
