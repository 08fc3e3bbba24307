// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "pkcs11/certificate_key.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/key_search.hpp"
#include "pkcs11/sign_request.hpp"
#include "pkcs11/statement_signing.hpp"
#include "pkcs11/token.hpp"

#include <functional>
#include <string>
#include <vector>

namespace signet {

/// Makes login signatures: one login, one signature, logged out again on every path.
/// Thread: one at a time.
class TokenSigner {
public:
    /// The module must outlive the signer.
    explicit TokenSigner(const Module& module) : m_module(module) {}

    /// All that can be refused without the PIN is refused before it is sent (request, token, flags, PIN
    /// length, last try, mechanisms, certificate). The PIN goes to the token once; a second time only where
    /// the key itself demands it (CKA_ALWAYS_AUTHENTICATE). Errors: as TokenHostClient::sign().
    Result<SignReply> sign(const SignRequest& request, BytesView pin);

private:
    struct Mechanisms {
        std::string model;
        std::string serial;
        CK_SLOT_ID slot;
        std::vector<CK_MECHANISM_TYPE> types;
    };
    /// Reading a key from a certificate takes OpenSSL longer than a token's P-256 signature, and it is nearly
    /// always the same certificate.
    Result<CertificateKey> keyOf(const Bytes& certificate);
    Result<std::vector<SigningChoice>> choices(const SignRequest& request, const CertificateKey& key,
                                               const TokenInfo& token);
    Result<std::vector<CK_MECHANISM_TYPE>> mechanismsOf(const TokenInfo& token);
    Result<std::vector<Sm2Strategy>> sm2Strategies(const SignRequest& request, const TokenInfo& token);
    Result<SignReply> signSm2On(const TokenInfo& token, const SignRequest& request, BytesView pin);
    /// With the token logged in and the keys found.
    using Make =
        std::function<Result<SignReply>(const Session& session, const std::vector<PrivateKeyObject>& keys)>;
    Result<SignReply> loggedIn(const TokenInfo& token, const SignRequest& request, KeyType type,
                               BytesView pin, const Make& make);
    Result<SignReply> signOn(const TokenInfo& token, const SignRequest& request, const CertificateKey& key,
                             BytesView pin);

    const Module& m_module;
    std::vector<Mechanisms> m_mechanisms;
    Bytes m_lastCertificate;
    CertificateKey m_lastKey;  ///< of m_lastCertificate, where that is not empty
};

}  // namespace signet
