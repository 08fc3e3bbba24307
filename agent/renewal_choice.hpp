// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_choice.hpp"
#include "agent/tokens.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"

#include <string>
#include <vector>

namespace signet {

/// A token and the module that it is behind.
struct TokenChoice {
    TokenPlace place{};
    TokenInfo info{};
};

/// The initialised tokens, each once, of that label where one is given.
/// Errors: noToken with reason "selection_not_found"; absenceOf().
Result<std::vector<TokenChoice>> tokenChoices(const TokenInventory& inventory, const std::string& label);

/// The signing certificates of which a request can be made, those that have expired too; `needsKey`: only
/// with their private key.
/// Errors: absenceOf(); noCertificate with reason "selection_not_found".
Result<std::vector<AssessedCertificate>> renewable(const TokenInventory& inventory, const TrustList& trust,
                                                   TimePoint now, const CertificateSelection& selection,
                                                   bool needsKey);

/// The certificates of persons and enterprises among those of a file.
std::vector<Certificate> leavesOf(const std::vector<Certificate>& certificates);

/// Whether both are for the same key.
bool isForSameKey(const Certificate& a, const Certificate& b);

}  // namespace signet
