// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/tokens.hpp"
#include "agent/ui.hpp"
#include "base/algorithm.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"
#include "certs/chain.hpp"
#include "certs/trust_list.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace signet {

/// A certificate on a token and whether it may be used to log in.
struct AssessedCertificate {
    TokenPlace place{};
    TokenInfo token{};
    TokenCertificate object{};
    std::optional<Certificate> certificate{};  ///< nullopt: the bytes are no certificate
    /// The chain, or why it is not offered (protocol.md section 8): noCertificate with reason
    /// "no_private_key" or "certificate_malformed", what verifyForLogin says, algNotAllowed.
    Result<Chain> verdict = fail(ErrorCode::noCertificate);
    bool isUsable() const { return verdict.has_value(); }
};

/// What the login or the table of tokens demands.
struct CertificateDemand {
    std::vector<std::string> issuers{};   ///< of the challenge; empty: any of the trust list
    std::vector<Algorithm> algorithms{};  ///< of the challenge; empty: any
    bool isForWebEid = false;             ///< and fit for it: checkWebEidCertificate()
};

/// Why there is no token: where a module or a slot failed, that is the cause; else none is plugged in.
Error absenceOf(const TokenInventory& inventory);

/// Every certificate of every token, in the order of the modules. One that is seen through two modules (same
/// SHA-256, same token serial) is there once: where it is usable first, else where it is first.
std::vector<AssessedCertificate> assess(const TokenInventory& inventory, const TrustList& trust,
                                        TimePoint now, const CertificateDemand& demand = {});

/// Which certificate the caller wants: both empty, any. Hexadecimal in either case; the label is the
/// certificate's CKA_LABEL or, where no certificate has it, the token's.
struct CertificateSelection {
    std::string fingerprintHex{};
    std::string label{};
    bool isAny() const { return fingerprintHex.empty() && label.empty(); }
};

/// The usable certificates that fit the selection; one at least.
/// Errors: noToken; moduleFailed, tokenError where no token was found but a module or slot failed; the one
/// candidate's own reason; noCertificate with every reason in `detail` (reason "selection_not_found" where
/// the selection names none that is there).
Result<std::vector<AssessedCertificate>> choicesFor(const TokenInventory& inventory,
                                                    std::vector<AssessedCertificate> certificates,
                                                    const CertificateSelection& selection);

/// As a person sees it.
CertificateCard cardFor(const AssessedCertificate& certificate);

}  // namespace signet
