// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/token_report.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// A line of the table of tokens: a certificate, or a token that has none to show.
struct TokenRow {
    TokenPlace place{};
    TokenInfo info{};
    std::optional<CertificateReport> certificate{};
    std::size_t authorityCount = 0;       ///< certificates of CAs on this token, which have no line
    std::size_t leftOutCertificates = 0;  ///< as in TokenReport

    /// The same line in another listing.
    bool isSameAs(const TokenRow& other) const;
};

/// Whether a login with it is possible now, as far as the listing tells.
enum class TokenRowState { usable, pinLocked, unusable, noCertificate };
TokenRowState stateOf(const TokenRow& row);

/// In the order of the tokens. A CA's certificate has a line only where its key is there too.
std::vector<TokenRow> tokenRows(const TokensReport& report);

/// A module that did not answer, or a slot of one that did.
struct ModuleFault {
    std::filesystem::path module{};
    std::optional<std::uint64_t> slot{};
    Error error{};
};
std::vector<ModuleFault> moduleFaults(const std::vector<ModuleListing>& modules);

/// What a certificate says that it is for.
enum class CertificatePurpose { login, otherSigning, encryption, authority };
CertificatePurpose purposeOf(const Certificate& certificate);

/// Whether a certificate request can be made of it (as renewable() of agent/renewal_choice.hpp has it).
bool mayBeRenewed(const TokenRow& row);

/// Within how many days before its end a certificate's end is pointed out.
inline constexpr int kExpiryNoticeDays = 60;
/// The whole days that are left, where the end is near; nullopt where it is not, or is past.
std::optional<int> daysUntilExpiry(TimePoint notAfter, TimePoint now);

/// The last four characters: "…1234"; what is as short as that is masked whole but for its last one.
std::string maskedSerial(std::string_view serial);

}  // namespace signet
