// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/certificate_key.hpp"
#include "pkcs11/ck_session.hpp"

namespace signet {

struct PrivateKeyObject {
    CK_OBJECT_HANDLE handle = CK_INVALID_HANDLE;
    bool mustAuthenticateAlways = false;
};

/// Whether the token still holds this certificate under this CKA_ID.
/// Errors: noCertificate with reason "certificate_gone"; what the search says.
Result<void> findCertificate(const Session& session, const Bytes& id, BytesView der);

/// The private key of a CKA_ID that may sign and is of the kind that the certificate names.
/// Errors: noCertificate with reason "key_missing"; what the search says.
Result<PrivateKeyObject> findPrivateKey(const Session& session, const Bytes& id, KeyType type);

}  // namespace signet
