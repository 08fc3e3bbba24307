// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "pkcs11/ck_attributes.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/token.hpp"

#include <cstddef>
#include <vector>

namespace signet {

/// Lists what is on the tokens of a module, without any login.
/// Thread: one at a time.
class TokenReader {
public:
    /// The module must outlive the reader.
    explicit TokenReader(const Module& module);

    /// Every slot with a token, but for a reader that is empty by PC/SC's word, whatever the module believes.
    /// A slot that fails becomes a SlotFault; certificates over 64 KiB, beyond 64 a token or beyond 12 MiB in
    /// all are left out and counted. A certificate has its private key when a private key of its CKA_ID is
    /// visible; else when a public key of that CKA_ID is; and where a token that wants a login shows no key
    /// object at all, every certificate with a CKA_ID is taken to have one (the keys are hidden; signing says
    /// noCertificate if it was not so). Errors: of C_GetSlotList only.
    Result<TokenListing> list();

private:
    struct Key {
        Bytes id;
        bool mustAuthenticateAlways = false;
    };
    Result<Token> readToken(CK_SLOT_ID slot);
    Result<void> readCertificates(const Session& session, Token& token);
    Result<std::vector<Key>> keys(const Session& session, CK_OBJECT_CLASS objectClass);
    /// Whether every certificate has its key now.
    static bool mark(std::vector<TokenCertificate>& certificates, const std::vector<Key>& keys);
    Result<void> findKeys(const Session& session, Token& token);
    void take(CK_SLOT_ID slot, Result<Token> token, TokenListing& listing) const;

    const Module& m_module;
    AttributeReader m_certificateReader;
    AttributeReader m_keyReader;
    std::size_t m_bytesLeft = 0;
};

}  // namespace signet
