// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/certificate_key.hpp"
#include "pkcs11/ck_session.hpp"

#include <cstdint>
#include <vector>

namespace signet {

struct PrivateKeyObject {
    CK_OBJECT_HANDLE handle = CK_INVALID_HANDLE;
    bool mustAuthenticateAlways = false;
};

/// Whether the token still holds this certificate under this CKA_ID.
/// Errors: noCertificate with reason "certificate_gone"; what the search says.
Result<void> findCertificate(const Session& session, const Bytes& id, BytesView der);

/// The private keys of a CKA_ID that may sign and are of the kind that the certificate names; one at least.
/// SM2 keys are CKK_EC, or of a vendor's type: one of `sm2KeyTypes` or in the vendors' range.
/// Errors: noCertificate with reason "key_missing"; what the search says.
Result<std::vector<PrivateKeyObject>> findPrivateKeys(const Session& session, const Bytes& id, KeyType type,
                                                      const std::vector<std::uint64_t>& sm2KeyTypes);

}  // namespace signet
