// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/test_pki/test_pki.hpp"

namespace signet {

/// Who signs a certificate; without `certificate` it signs itself.
struct IssuerParts {
    X509* certificate = nullptr;
    EVP_PKEY* key = nullptr;
    std::string ocspUrl{};
    std::string crlUrl{};
};

/// Makes one certificate for `key` as the profile says.
Certificate makeCertificate(const Profile& profile, EVP_PKEY* key, const IssuerParts& issuer, TimePoint now);

}  // namespace signet
