// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/token_rows.hpp"

#include "certs/chain.hpp"

#include <algorithm>
#include <chrono>

namespace signet {
namespace {

constexpr std::size_t kShownOfSerial = 4;

bool isBareAuthority(const CertificateReport& report) {
    const auto& entry = report.assessed;
    return entry.certificate && entry.certificate->isCa() && !entry.object.hasPrivateKey;
}

/// Of UTF-8, where its last `count` characters begin.
std::size_t beginOfLast(std::string_view text, std::size_t count) {
    std::size_t begin = text.size();
    while (begin > 0 && count > 0)
        if ((static_cast<unsigned char>(text[--begin]) & 0xC0U) != 0x80U) --count;
    return begin;
}

}  // namespace

bool TokenRow::isSameAs(const TokenRow& other) const {
    if (!place.isSameToken(other.place) || certificate.has_value() != other.certificate.has_value())
        return false;
    return !certificate || certificate->assessed.object.der == other.certificate->assessed.object.der;
}

TokenRowState stateOf(const TokenRow& row) {
    if (!row.certificate) return TokenRowState::noCertificate;
    if (!row.certificate->assessed.isUsable()) return TokenRowState::unusable;
    return row.info.isPinLocked ? TokenRowState::pinLocked : TokenRowState::usable;
}

std::vector<TokenRow> tokenRows(const TokensReport& report) {
    std::vector<TokenRow> rows;
    for (const auto& token : report.tokens) {
        TokenRow row{.place = token.place, .info = token.info};
        row.leftOutCertificates = token.leftOutCertificates;
        row.authorityCount = static_cast<std::size_t>(
            std::count_if(token.certificates.begin(), token.certificates.end(), &isBareAuthority));
        const auto before = rows.size();
        for (const auto& certificate : token.certificates) {
            if (isBareAuthority(certificate)) continue;
            rows.push_back(row);
            rows.back().certificate = certificate;
        }
        if (rows.size() == before) rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<ModuleFault> moduleFaults(const std::vector<ModuleListing>& modules) {
    std::vector<ModuleFault> faults;
    for (const auto& module : modules) {
        if (!module.result) {
            faults.push_back({.module = module.module, .error = module.result.error()});
            continue;
        }
        for (const auto& fault : module.result->faults)
            faults.push_back({.module = module.module, .slot = fault.slot, .error = fault.error});
    }
    return faults;
}

CertificatePurpose purposeOf(const Certificate& certificate) {
    if (certificate.isCa()) return CertificatePurpose::authority;
    if (!certificate.mayDigitallySign()) return CertificatePurpose::encryption;
    return checkLoginUsage(certificate) ? CertificatePurpose::login : CertificatePurpose::otherSigning;
}

bool mayBeRenewed(const TokenRow& row) {
    if (!row.certificate || !row.certificate->assessed.certificate) return false;
    const auto& certificate = *row.certificate->assessed.certificate;
    return !certificate.isCa() && certificate.mayDigitallySign();
}

std::optional<int> daysUntilExpiry(TimePoint notAfter, TimePoint now) {
    if (notAfter <= now) return std::nullopt;
    const auto days = std::chrono::floor<std::chrono::days>(notAfter - now).count();
    if (days > kExpiryNoticeDays) return std::nullopt;
    return static_cast<int>(days);
}

std::string maskedSerial(std::string_view serial) {
    if (serial.empty()) return {};
    auto begin = beginOfLast(serial, kShownOfSerial);
    if (begin == 0) begin = beginOfLast(serial, 1);
    return "…" + std::string(serial.substr(begin));
}

}  // namespace signet
