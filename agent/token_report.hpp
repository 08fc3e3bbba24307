// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_choice.hpp"
#include "agent/tokens.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "certs/identity.hpp"
#include "certs/trust_list.hpp"

#include <optional>
#include <string>
#include <vector>

namespace signet {

/// A certificate as `signet tokens` tells about it.
struct CertificateReport {
    AssessedCertificate assessed{};
    std::optional<Identity> identity{};
    std::string reason{};  ///< empty where it is usable; "no_private_key" or an error's code
    std::string detail{};  ///< English, for the help desk
};

struct TokenReport {
    TokenPlace place{};
    TokenInfo info{};
    std::vector<CertificateReport> certificates{};
    std::size_t leftOutCertificates = 0;  ///< too large or too many to be read
};

/// What the modules show, and which certificate may log in. No network, and so nothing about revocation.
struct TokensReport {
    std::vector<ModuleListing> modules{};
    std::vector<TokenReport> tokens{};  ///< each once, also where two modules show it
};

TokensReport reportTokens(const TokenInventory& inventory, const TrustList& trust, TimePoint now);

/// {"ok","modules","tokens"}, of docs/administration.md; an error's members beside them where there is no
/// token.
Json tokensJson(const TokensReport& report, Language language);
/// For a person; several lines.
std::string tokensText(const TokensReport& report, Language language);

/// Why a certificate cannot be used, as a sentence.
std::string reasonSentence(const CertificateReport& certificate, Language language);

/// {"ok":false,"code","reason"?,"message","advice"?,"tries_left"?} of protocol.md section 6.
Json errorJson(const Error& error, Language language);

}  // namespace signet
