// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/secret.hpp"
#include "pkcs11/token_host_client.hpp"
#include "tests/doubles/fake_module_fixture.hpp"

#include <openssl/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace signet::test {

/// The built signet-token-host.
std::filesystem::path hostProgram();

SecretBytes secret(std::string_view pin);

/// A text that the host accepts as a login statement for `algorithm`.
std::string statementFor(Algorithm algorithm);

/// A request for the certificate with this index on the token with this index. Bug if they are not in the
/// listing.
SignRequest requestFor(const TokenListing& listing, Algorithm algorithm, std::size_t token = 0,
                       std::size_t certificate = 0);
/// The same, of a fresh listing; nothing may fail.
SignRequest requestFrom(TokenHostClient& client, Algorithm algorithm, std::size_t token = 0,
                        std::size_t certificate = 0);

/// "ok" or "code/reason".
template <class T>
std::string outcomeOf(const Result<T>& result) {
    if (result) return "ok";
    const auto& error = result.error();
    return std::string(errorInfo(error.code).name) + (error.reason.empty() ? "" : "/" + error.reason);
}

/// Whether the reply's signature fits the request's statement and the key.
bool verifies(const SignRequest& request, const SignReply& reply, const KeyAndCertificate& key);

/// What an issuer would answer for a key: a certificate of somebody else's signature, another one each time.
Bytes renewedCertificate(EVP_PKEY* publicKey);
Bytes renewedCertificate(const KeyAndCertificate& key);

/// Polls until `condition` holds; false after ten seconds.
bool eventually(const std::function<bool()>& condition);

/// Open descriptors of this process.
std::size_t openDescriptors();
/// Children of this process that nobody has waited for.
std::size_t zombies();

}  // namespace signet::test
