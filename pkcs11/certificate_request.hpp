// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/renewal.hpp"

#include <filesystem>

namespace signet {

/// Makes a PKCS#10 request for a key on a token, or for one that is made there first: one login, one
/// signature. What is signed is built here and nowhere else. The module cannot be used afterwards (libp11
/// finalises it): the process of the host ends. A key pair that was made stays, whatever comes after it.
/// Errors: as TokenHostClient::requestCertificate().
Result<CertificateRequestReply> requestCertificate(const Module& module, const std::filesystem::path& path,
                                                   const CertificateRequest& request, BytesView pin);

}  // namespace signet
