// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "certs/certificate.hpp"
#include "certs/identity.hpp"

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

namespace signet {

/// Everything that needs the platform's data key: what is stored sealed, what is looked up without being
/// readable, and the answers that a platform started again must find again. Each use and each row has a key
/// of its own, derived from the data key. Thread: any, never changed after it was made.
class Vault {
public:
    /// Reads the key file (32 bytes); makes it (0600, random) when it is missing and `mayCreate`, of several
    /// callers at once exactly one. A file that others may read is refused. Errors: configurationInvalid with
    /// reason "data_key".
    static Result<Vault> open(const std::filesystem::path& keyFile, bool mayCreate);
    /// Units: `key` has 32 bytes. Errors: configurationInvalid with reason "data_key".
    static Result<Vault> fromKey(BytesView key);

    /// AES-256-GCM: nonce ‖ ciphertext ‖ tag. `context` names table, row and column; a value moved elsewhere
    /// does not open. Errors: internalError. Source: NIST SP 800-38D.
    Result<Bytes> seal(BytesView plain, std::string_view context) const;
    /// Errors: internalError with reason "seal_broken".
    Result<Bytes> unseal(BytesView sealed, std::string_view context) const;

    /// Finds an identity without its number: HMAC-SHA256 over kind and number (of an enterprise: over what
    /// its numbers have in common, enterpriseKeyOf).
    Bytes identityLookup(SubjectKind kind, std::string_view number) const;
    /// 256 bits for a purpose, as base64url: the same parts give the same token, also after a restart.
    std::string derivedToken(std::string_view purpose, std::initializer_list<std::string_view> parts) const;
    /// Lets a store notice that it is opened with another key.
    Bytes keyCheck() const;

private:
    explicit Vault(SecretBytes key) : m_key(std::move(key)) {}
    struct DerivedKey;
    DerivedKey derive(std::string_view purpose, std::initializer_list<std::string_view> parts) const;

    SecretBytes m_key;
};

/// 256 random bits as base64url. Errors: internalError.
Result<std::string> randomToken();
/// 128 random bits as base64url. Errors: internalError.
Result<std::string> randomId();
/// S256 of protocol.md section 2: base64url(SHA-256(ASCII of the text)).
std::string s256(std::string_view text);
/// SHA-256 of a text, as the storage keeps tokens.
Bytes digestOf(std::string_view text);
/// Equal, in a time that does not depend on where they differ.
bool equalInConstantTime(BytesView a, BytesView b);

}  // namespace signet
