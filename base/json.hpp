// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace signet {

using Json = nlohmann::json;

struct JsonLimits {
    std::size_t maxBytes = 64 * 1024;
    std::size_t maxDepth = 16;
    std::size_t maxNodes = 4096;  ///< values of any kind, so that a short text cannot make a large tree
};

/// Parses one JSON text from outside, strictly: UTF-8 without BOM, no duplicate keys, no floating point
/// numbers, integers within ±(2^53 − 1), no text after the value, limits as given. Errors: badRequest, with
/// the kind of fault in `reason` and never a piece of the text. Source: RFC 8259, RFC 7493 (I-JSON).
Result<Json> parseStrictJson(std::string_view text, const JsonLimits& limits = {});

/// Canonical form of RFC 8785 for what parseStrictJson accepts: members sorted by UTF-16 code units, no white
/// space, integers only.
std::string canonicalJson(const Json& value);

}  // namespace signet
