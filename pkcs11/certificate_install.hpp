// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/renewal.hpp"

namespace signet {

/// Writes a certificate beside the private key that it is for, with that key's CKA_ID, and looks whether it
/// is there. Nothing is deleted or changed.
/// Errors: as TokenHostClient::installCertificate().
Result<CertificateInstallReply> installCertificate(const Module& module,
                                                   const CertificateInstallRequest& request, BytesView pin);

}  // namespace signet
