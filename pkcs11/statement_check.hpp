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

/// Whether a request is complete and all its texts are statements. Looked at on both ends: by the client
/// before anything is started, by the host before anything is signed.
/// Errors: invalidRequest with reason "sign_request" or "not_a_statement".
Result<void> checkSignRequest(const SignRequest& request);

}  // namespace signet
