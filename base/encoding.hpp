// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>

namespace signet {

/// Base64 with padding, RFC 4648 section 4, without line breaks.
std::string toBase64(BytesView bytes);
/// Base64url without padding, RFC 4648 section 5.
std::string toBase64Url(BytesView bytes);
/// Strict: no white space, exact padding, no left-over bits. Errors: badRequest.
Result<Bytes> fromBase64(std::string_view text);
/// Strict: no padding, no white space, no left-over bits. Errors: badRequest.
Result<Bytes> fromBase64Url(std::string_view text);
/// Lower-case hexadecimal.
std::string toHex(BytesView bytes);
/// Either case, even length. Errors: badRequest.
Result<Bytes> fromHex(std::string_view text);

}  // namespace signet
