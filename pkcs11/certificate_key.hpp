// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstddef>

namespace signet {

/// What a certificate tells about its key, as far as a signature needs it.
struct CertificateKey {
    KeyType type = KeyType::other;
    std::size_t modulusBytes = 0;  ///< RSA only
};

/// Errors: noCertificate with reason "certificate_malformed".
Result<CertificateKey> keyOfCertificate(BytesView der);

}  // namespace signet
