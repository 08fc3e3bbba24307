// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/result.hpp"
#include "pkcs11/sign_request.hpp"

#include <string_view>

namespace signet {

/// Whether `text` is a login statement for `algorithm` as far as that can be seen without its challenge:
/// BASE64URL "." BASE64URL, the first part beginning with {"alg":"ALG","typ":"signet-login.v1+jws", so that
/// nothing made for another purpose is ever signed.
/// Errors: invalidRequest with reason "not_a_statement".
/// Source: protocol.md section 3.
Result<void> checkStatement(Algorithm algorithm, std::string_view text);

/// Whether `message` has the length of two hashes of the algorithm one after the other, which is all that can
/// be seen of it; no login statement is as short. SM2SM3 has no part in Web eID.
/// Errors: invalidRequest with reason "not_web_eid".
/// Source: Web eID authentication token 1.0, certs/webeid_token.hpp.
Result<void> checkWebEidMessage(Algorithm algorithm, std::string_view message);

/// Whether a request is complete and all its messages have the shape of its kind. Looked at on both ends: by
/// the client before anything is started, by the host before anything is signed.
/// Errors: invalidRequest with reason "sign_request", "not_a_statement" or "not_web_eid".
Result<void> checkSignRequest(const SignRequest& request);

}  // namespace signet
