// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <optional>
#include <string_view>

namespace signet {

/// The signature algorithms of the login statement, protocol.md section 3.
enum class Algorithm { es256, es384, rs256, ps256, sm2sm3 };

/// The kinds of key that a login certificate may have.
enum class KeyType { rsa, p256, p384, sm2, other };

/// The contract's name, for example "ES256".
std::string_view toString(Algorithm algorithm);
std::optional<Algorithm> algorithmFromName(std::string_view name);
/// Whether a key of this type implies or allows the algorithm (RSA: RS256 and PS256; every other key exactly
/// one).
bool fits(Algorithm algorithm, KeyType key);
/// For tables and --json: "rsa", "p256", "p384", "sm2", "other".
std::string_view toString(KeyType key);

}  // namespace signet
