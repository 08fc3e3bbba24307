// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"
#include "agent/token_report.hpp"

#include <algorithm>
#include <chrono>

namespace signet {
namespace {

constexpr std::chrono::days kSoon{30};
constexpr std::chrono::seconds kClockTolerance{60};
constexpr std::size_t kFingerprintDigits = 16;
constexpr std::size_t kSerialEnd = 4;

/// The end is enough to tell two keys apart.
std::string shortSerial(const std::string& serial) {
    if (serial.size() <= kSerialEnd) return serial;
    return "…" + serial.substr(serial.size() - kSerialEnd);
}

CheckCode pinCode(const TokenInfo& info) {
    if (info.isPinLocked) return CheckCode::tokenPinLocked;
    if (info.isPinFinalTry) return CheckCode::tokenPinFinalTry;
    if (!info.isUserPinSet) return CheckCode::tokenPinNotSet;
    if (info.mustChangePin) return CheckCode::tokenPinMustChange;
    if (info.isPinCountLow) return CheckCode::tokenPinCountLow;
    return CheckCode::token;
}

CheckCode codeOfUnusable(const CertificateReport& report) {
    const auto& error = report.assessed.verdict.error();
    if (report.reason == "no_private_key") return CheckCode::noPrivateKey;
    if (report.reason == "certificate_malformed") return CheckCode::certificateMalformed;
    if (error.code == ErrorCode::certificateExpired) return CheckCode::certificateExpired;
    if (error.code == ErrorCode::certificateNotYetValid) return CheckCode::certificateNotYetValid;
    if (error.code == ErrorCode::certificateUntrusted) return CheckCode::certificateUntrusted;
    if (error.code == ErrorCode::certificateNotForLogin) return CheckCode::certificateNotForLogin;
    return CheckCode::certificateUnusable;
}

/// Certificates of one token after another, with what the network and the clocks said.
class CertificateChecks {
public:
    CertificateChecks(const DoctorFacts& facts, Language language) : m_facts(facts), m_language(language) {}

    void add(const CertificateReport& report) {
        m_checks.push_back(report.assessed.isUsable() ? usable(report) : unusable(report));
    }
    Checks finish(bool hasToken) {
        if (hasToken && !m_isAnyUsable) m_checks.push_back(makeCheck(CheckCode::noCertificate, m_language));
        return std::move(m_checks);
    }

private:
    static std::string seenOf(const CertificateCard& card) {
        return card.fingerprintHex.substr(0, kFingerprintDigits) + "; " + card.issuerName + "; until " +
               dateText(card.notAfter);
    }

    Check usable(const CertificateReport& report) {
        const auto card = cardFor(report.assessed);
        const bool isLate = card.notAfter - m_facts.now < kSoon;
        auto code = isLate ? CheckCode::certificateExpiresSoon : CheckCode::certificate;
        auto seen = seenOf(card);
        const auto found = m_facts.revocation.find(card.fingerprintHex);
        if (found != m_facts.revocation.end()) {
            code = codeOf(found->second, code);
            seen += "; revocation: " + wordFor(found->second);
        }
        m_isAnyUsable = m_isAnyUsable || found == m_facts.revocation.end() || found->second.has_value();
        return makeCheck(code, m_language, card.name, std::move(seen), {{"date", dateText(card.notAfter)}});
    }

    static CheckCode codeOf(const Result<RevocationProof>& proof, CheckCode otherwise) {
        if (proof) return proof->note.starts_with("soft_fail") ? CheckCode::revocationUnknown : otherwise;
        return proof.error().code == ErrorCode::certificateRevoked ? CheckCode::certificateRevoked
                                                                   : CheckCode::revocationUnknown;
    }

    static std::string wordFor(const Result<RevocationProof>& proof) {
        if (!proof) return proof.error().reason + " " + proof.error().detail;
        switch (proof->kind) {
            case RevocationProof::Kind::ocsp:
                return "good by OCSP";
            case RevocationProof::Kind::crl:
                return "good by CRL";
            case RevocationProof::Kind::none:
                break;
        }
        return proof->note;
    }

    Check unusable(const CertificateReport& report) const {
        const auto card = cardFor(report.assessed);
        auto code = codeOfUnusable(report);
        if (isHiddenByClock(report, code)) code = CheckCode::clockHidesCertificate;
        CheckWords words{{"why", reasonSentence(report, m_language)}};
        const auto& params = report.assessed.verdict.error().params;
        if (const auto date = params.find("date"); date != params.end()) words["date"] = date->second;
        auto seen = seenOf(card) + "; " + report.reason;
        if (!report.detail.empty()) seen += " (" + report.detail + ")";
        return makeCheck(code, m_language, card.name, std::move(seen), words);
    }

    /// Out of its dates by this computer's clock, within them by the platform's.
    bool isHiddenByClock(const CertificateReport& report, CheckCode code) const {
        if (code != CheckCode::certificateExpired && code != CheckCode::certificateNotYetValid) return false;
        const auto ahead = m_facts.clockAhead();
        if (!ahead || std::chrono::abs(*ahead) <= kClockTolerance || !report.assessed.certificate)
            return false;
        const auto now = m_facts.now - *ahead;
        const auto& certificate = *report.assessed.certificate;
        return certificate.notBefore() <= now && now < certificate.notAfter();
    }

    const DoctorFacts& m_facts;
    Language m_language;
    Checks m_checks;
    bool m_isAnyUsable = false;
};

TokensReport reportOf(const DoctorFacts& facts) {
    return reportTokens(facts.inventory(), facts.trust.value_or(TrustList()), facts.now);
}

}  // namespace

Checks checkTokens(const DoctorFacts& facts, Language language) {
    Checks checks;
    for (const auto& token : reportOf(facts).tokens) {
        const auto& info = token.info;
        checks.push_back(
            makeCheck(pinCode(info), language, info.label,
                      info.manufacturer + " " + info.model + ", serial " + shortSerial(info.serial)));
    }
    if (checks.empty()) checks.push_back(makeCheck(CheckCode::noToken, language));
    return checks;
}

Checks checkTrust(const Result<TrustList>& trust, TimePoint now, Language language) {
    if (!trust) {
        const auto& error = trust.error();
        return {makeCheck(CheckCode::trustInvalid, language, {}, error.reason + ": " + error.detail,
                          {{"why", error.detail.empty() ? sentence(error, language) : error.detail}})};
    }
    const auto& issuers = trust->issuers();
    const auto ended = std::count_if(issuers.begin(), issuers.end(), [&](const TrustedIssuer& issuer) {
        return issuer.certificate.notAfter() < now || (issuer.licensedTo && *issuer.licensedTo < now);
    });
    auto seen = std::to_string(issuers.size()) + " CA(s), " + std::to_string(ended) + " of them expired";
    const auto code = issuers.empty() ? CheckCode::trustEmpty : CheckCode::trust;
    return {makeCheck(code, language, {}, std::move(seen))};
}

Checks checkCertificates(const DoctorFacts& facts, Language language) {
    const auto report = reportOf(facts);
    CertificateChecks checks(facts, language);
    for (const auto& token : report.tokens)
        for (const auto& certificate : token.certificates) checks.add(certificate);
    return checks.finish(!report.tokens.empty());
}

}  // namespace signet
