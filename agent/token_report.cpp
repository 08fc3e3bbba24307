// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/token_report.hpp"

#include "base/encoding.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

std::optional<Identity> identityIn(const AssessedCertificate& entry) {
    if (!entry.certificate) return std::nullopt;
    auto rule =
        entry.isUsable() ? Result<IdentityRule>(entry.verdict->issuer.identityRule) : identityRule("default");
    if (!rule) return std::nullopt;
    auto identity = identityOf(*entry.certificate, *rule);
    if (!identity) return std::nullopt;
    return std::move(*identity);
}

CertificateReport reportOf(AssessedCertificate entry) {
    CertificateReport report;
    report.identity = identityIn(entry);
    if (!entry.isUsable()) {
        const auto& error = entry.verdict.error();
        const bool isOwnReason = error.code == ErrorCode::noCertificate && !error.reason.empty();
        report.reason = isOwnReason ? error.reason : std::string(errorInfo(error.code).name);
        report.detail = error.reason;
        if (!error.detail.empty()) report.detail += (report.detail.empty() ? "" : ": ") + error.detail;
    }
    report.assessed = std::move(entry);
    return report;
}

bool isAt(const TokenPlace& place, const TokenReport& token) {
    return place.module == token.place.module && place.slot == token.place.slot;
}

/// A token that another module shows as well, with all its certificates.
bool isDouble(const TokenReport& token, const Token& asListed, const std::vector<TokenReport>& known) {
    return token.certificates.empty() && !asListed.certificates.empty() && !token.info.serial.empty() &&
           std::any_of(known.begin(), known.end(), [&](const TokenReport& other) {
               return other.place.module != token.place.module && other.info.serial == token.info.serial &&
                      other.info.label == token.info.label;
           });
}

Json moduleJson(const ModuleListing& module, Language language) {
    Json json{{"path", module.module.string()}};
    if (!module.result) {
        json["error"] = errorJson(module.result.error(), language);
        json["error"].erase("ok");
        return json;
    }
    json["description"] = module.result->moduleDescription;
    for (const auto& fault : module.result->faults) {
        auto slot = errorJson(fault.error, language);
        slot["slot"] = fault.slot;
        slot.erase("ok");
        json["faults"].push_back(std::move(slot));
    }
    return json;
}

Json pinJson(const TokenInfo& info) {
    Json json{{"locked", info.isPinLocked},        {"final_try", info.isPinFinalTry},
              {"count_low", info.isPinCountLow},   {"not_set", !info.isUserPinSet},
              {"must_change", info.mustChangePin}, {"protected_path", info.hasProtectedPath}};
    if (info.triesLeft) json["tries_left"] = *info.triesLeft;
    return json;
}

Json certificateJson(const CertificateReport& report) {
    const auto& entry = report.assessed;
    Json json{{"label", entry.object.label}, {"id", toHex(entry.object.id)}, {"usable", entry.isUsable()}};
    if (!entry.isUsable()) {
        json["reason"] = report.reason;
        json["detail"] = report.detail;
    }
    if (!entry.certificate) return json;
    const auto& certificate = *entry.certificate;
    json["sha256"] = certificate.fingerprintHex();
    json["subject"] = certificate.subject();
    json["issuer"] = certificate.issuer();
    json["serial"] = certificate.serialHex();
    json["not_before"] = timeText(certificate.notBefore());
    json["not_after"] = timeText(certificate.notAfter());
    json["key"] = toString(certificate.keyType());
    json["bits"] = certificate.keyBits();
    if (report.identity)
        json["identity"] = {{"kind", toString(report.identity->kind)},
                            {"number", maskedNumber(report.identity->number)},
                            {"name", report.identity->name},
                            {"field", report.identity->field},
                            {"check_digit_fits", report.identity->checkDigitFits}};
    return json;
}

Json tokenJson(const TokenReport& token) {
    Json json{{"label", token.info.label},
              {"manufacturer", token.info.manufacturer},
              {"model", token.info.model},
              {"serial", token.info.serial},
              {"slot", token.info.slot},
              {"module", token.place.module.string()},
              {"initialized", token.info.isInitialized},
              {"pin", pinJson(token.info)},
              {"certificates", Json::array()}};
    for (const auto& certificate : token.certificates)
        json["certificates"].push_back(certificateJson(certificate));
    if (token.leftOutCertificates > 0) json["left_out"] = token.leftOutCertificates;
    return json;
}

}  // namespace

TokensReport reportTokens(const TokenInventory& inventory, const TrustList& trust, TimePoint now) {
    TokensReport report;
    report.modules = inventory.modules;
    const auto assessed = assess(inventory, trust, now);
    for (const auto& module : inventory.modules) {
        if (!module.result) continue;
        for (const auto& token : module.result->tokens) {
            if (!token.info.isInitialized) continue;  // SoftHSM always has an empty one.
            TokenReport entry;
            entry.place = {module.module, token.info.slot, token.info.label, token.info.serial};
            entry.info = token.info;
            entry.leftOutCertificates = token.leftOutCertificates;
            for (const auto& certificate : assessed)
                if (isAt(certificate.place, entry)) entry.certificates.push_back(reportOf(certificate));
            if (!isDouble(entry, token, report.tokens)) report.tokens.push_back(std::move(entry));
        }
    }
    return report;
}

Json tokensJson(const TokensReport& report, Language language) {
    Json json{{"ok", true}, {"modules", Json::array()}, {"tokens", Json::array()}};
    for (const auto& module : report.modules) json["modules"].push_back(moduleJson(module, language));
    for (const auto& token : report.tokens) json["tokens"].push_back(tokenJson(token));
    return json;
}

Json errorJson(const Error& error, Language language) {
    const auto& info = errorInfo(error.code);
    Json json{{"ok", false}, {"code", info.name}, {"message", sentence(error, language)}};
    if (!error.reason.empty()) json["reason"] = error.reason;
    if (const auto way = advice(error, language); !way.empty()) json["advice"] = way;
    if (error.triesLeft) json["tries_left"] = *error.triesLeft;
    return json;
}

}  // namespace signet
