// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/canonical_url.hpp"
#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"
#include "agent/language.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>

namespace signet {
namespace {

constexpr std::chrono::seconds kSlow{3};
constexpr std::chrono::seconds kClockTolerance{60};

/// Words in the issuer of a certificate that an inspecting proxy or a virus scanner made up. A suspicion
/// only: the connection is refused anyway.
constexpr std::array<std::string_view, 17> kInspectors{
    "fortinet",  "fortigate", "zscaler",      "blue coat", "symantec web",  "sophos",
    "kaspersky", "eset ssl",  "avast",        "mitmproxy", "charles proxy", "fiddler",
    "sangfor",   "深信服",    "do_not_trust", "天融信",    "奇安信"};

bool isInspector(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return std::any_of(kInspectors.begin(), kInspectors.end(),
                       [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

CheckCode untrustedCode(const IssuerFacts& facts) {
    if (!facts.peer) return CheckCode::tlsUntrusted;
    const bool isReplaced = facts.hasOwnRoots && facts.peer->isSystemTrusted;
    return isReplaced || isInspector(facts.peer->issuer) ? CheckCode::tlsIntercepted
                                                         : CheckCode::tlsUntrusted;
}

CheckCode tlsCode(const IssuerFacts& facts, const Error& error) {
    if (error.reason == "tls_untrusted") return untrustedCode(facts);
    if (error.reason == "tls_name_mismatch") return CheckCode::tlsNameMismatch;
    if (error.reason == "tls_expired")
        return error.detail.find("not yet valid") == std::string::npos ? CheckCode::tlsExpired
                                                                       : CheckCode::tlsNotYetValid;
    return CheckCode::tlsFailed;
}

CheckCode codeOf(const IssuerFacts& facts, const Error& error) {
    switch (error.code) {
        case ErrorCode::platformTls:
            return tlsCode(facts, error);
        case ErrorCode::platformUnreachable:
            if (error.reason == "proxy") return CheckCode::proxyUnreachable;
            return error.reason == "dns" ? CheckCode::nameNotFound : CheckCode::issuerUnreachable;
        case ErrorCode::timeout:
            return CheckCode::issuerTimeout;
        default:
            return error.isFromPlatform && error.code == ErrorCode::maintenance ? CheckCode::maintenance
                                                                                : CheckCode::platformError;
    }
}

std::string seenOf(const IssuerFacts& facts, const Error& error) {
    auto seen = std::string(errorInfo(error.code).name);
    if (!error.reason.empty()) seen += " (" + error.reason + ")";
    if (!error.detail.empty()) seen += ": " + error.detail;
    if (facts.peer)
        seen += "; certificate of \"" + facts.peer->subject + "\", issued by \"" + facts.peer->issuer + "\"" +
                (facts.peer->isSystemTrusted ? ", trusted by the system" : "");
    return seen;
}

CheckWords wordsOf(const IssuerFacts& facts, Language language) {
    const auto way = facts.proxy == "direct" ? Text{"直接连接", "direct"}.of(language) : facts.proxy;
    return {{"way", way},
            {"host", std::string(hostOf(facts.issuer))},
            {"name", facts.peer ? facts.peer->issuer : std::string("?")}};
}

std::string seconds(std::chrono::milliseconds elapsed) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", static_cast<double>(elapsed.count()) / 1000.0);
    return text.data();
}

Check checkPlatform(const IssuerFacts& facts, Language language) {
    auto words = wordsOf(facts, language);
    const auto make = [&](CheckCode code, std::string seen) {
        return makeCheck(code, language, facts.issuer, std::move(seen), words);
    };
    if (!facts.metadata) {
        const auto& error = facts.metadata.error();
        return make(codeOf(facts, error), seenOf(facts, error));
    }
    if (facts.metadata->isInMaintenance) return make(CheckCode::maintenance, facts.metadata->notice);
    words["seconds"] = seconds(facts.elapsed);
    return make(facts.elapsed >= kSlow ? CheckCode::issuerSlow : CheckCode::issuer,
                words["seconds"] + " s to the metadata");
}

Check checkClock(const IssuerFacts& facts, Language language) {
    if (!facts.challenge || !facts.challengeRead) {
        const auto error = facts.challenge ? Error() : facts.challenge.error();
        return makeCheck(CheckCode::clockUnknown, language, facts.issuer,
                         std::string(errorInfo(error.code).name) +
                             (error.reason.empty() ? "" : " (" + error.reason + ")"));
    }
    const auto ahead = *facts.challengeRead - facts.challenge->challenge.issuedAt;
    auto seen = std::to_string(ahead.count()) + " s ahead of the platform";
    if (std::chrono::abs(ahead) <= kClockTolerance)
        return makeCheck(CheckCode::clock, language, facts.issuer, std::move(seen));
    const auto minutes = std::chrono::round<std::chrono::minutes>(std::chrono::abs(ahead));
    return makeCheck(CheckCode::clockOff, language, facts.issuer, std::move(seen),
                     {{"minutes", std::to_string(minutes.count())}});
}

}  // namespace

Checks checkIssuer(const IssuerFacts& facts, Language language) {
    return {makeCheck(CheckCode::proxy, language, facts.issuer, facts.proxy, wordsOf(facts, language)),
            checkPlatform(facts, language), checkClock(facts, language)};
}

}  // namespace signet
