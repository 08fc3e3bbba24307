// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "certs/certificate.hpp"

#include <string_view>
#include <vector>

namespace signet {

/// The certificates in what an issuer answers with, in their order: PEM (also several, also PKCS#7), one
/// certificate in DER, PKCS#7 in DER, and either DER form in Base64 without the PEM lines. At most 16; what
/// is signed or encrypted in a PKCS#7 is not looked at.
/// Errors: badRequest with reason "no_certificate_in_file" or "certificate_malformed".
/// Source: RFC 7468, RFC 2315 section 9.1. Thread: any.
Result<std::vector<Certificate>> certificatesInFile(std::string_view content);

}  // namespace signet
