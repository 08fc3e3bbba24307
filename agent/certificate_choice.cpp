// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/certificate_choice.hpp"

#include "certs/identity.hpp"
#include "certs/webeid_token.hpp"

#include <algorithm>
#include <cctype>

namespace signet {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool fitsAny(const std::vector<Algorithm>& algorithms, KeyType key) {
    if (algorithms.empty()) return true;
    return std::any_of(algorithms.begin(), algorithms.end(),
                       [&](auto algorithm) { return fits(algorithm, key); });
}

/// What a token's certificates are verified with.
struct Judge {
    const TrustList& trust;
    TimePoint now;
    const CertificateDemand& demand;

    Result<Chain> operator()(const AssessedCertificate& entry,
                             const std::vector<Certificate>& intermediates) const {
        if (!entry.certificate)
            return fail(ErrorCode::noCertificate, "not an X.509 certificate", "certificate_malformed");
        if (!entry.object.hasPrivateKey)
            return fail(ErrorCode::noCertificate, "no private key of the same CKA_ID", "no_private_key");
        auto chain = verifyForLogin(*entry.certificate, intermediates, trust, now, demand.issuers);
        if (chain && !fitsAny(demand.algorithms, entry.certificate->keyType()))
            return fail(ErrorCode::algNotAllowed,
                        "key type " + std::string(toString(entry.certificate->keyType())));
        if (chain && demand.isForWebEid)
            if (auto fit = checkWebEidCertificate(*entry.certificate); !fit) return fail(fit.error());
        return chain;
    }
};

void assessToken(const std::filesystem::path& module, const Token& token, const Judge& judge,
                 std::vector<AssessedCertificate>& all) {
    const auto first = all.size();
    std::vector<Certificate> onToken;
    for (const auto& object : token.certificates) {
        AssessedCertificate entry{.token = token.info, .object = object};
        entry.place = {module, token.info.slot, token.info.label, token.info.serial};
        if (auto certificate = Certificate::fromDer(object.der)) {
            onToken.push_back(*certificate);
            entry.certificate = std::move(*certificate);
        }
        all.push_back(std::move(entry));
    }
    for (auto i = first; i < all.size(); ++i) all[i].verdict = judge(all[i], onToken);
}

bool isSameCertificate(const AssessedCertificate& a, const AssessedCertificate& b) {
    return a.place.serial == b.place.serial && a.object.der == b.object.der;
}

/// Leaves one of each, the usable one before the first.
std::vector<AssessedCertificate> withoutDoubles(std::vector<AssessedCertificate> all) {
    std::vector<AssessedCertificate> unique;
    for (auto& entry : all) {
        const auto known = std::find_if(unique.begin(), unique.end(), [&](const auto& other) {
            return other.place.module != entry.place.module && isSameCertificate(other, entry);
        });
        if (known == unique.end())
            unique.push_back(std::move(entry));
        else if (!known->isUsable() && entry.isUsable())
            *known = std::move(entry);
    }
    return unique;
}

std::string nameFor(const AssessedCertificate& entry) {
    return entry.certificate ? entry.certificate->subjectCommonName() : entry.object.label;
}

/// Every reason in one line, for the log and for the person at the help desk.
std::string reasonsOf(const std::vector<AssessedCertificate>& certificates) {
    std::string text;
    for (const auto& entry : certificates) {
        if (entry.isUsable()) continue;
        const auto& error = entry.verdict.error();
        if (!text.empty()) text += "; ";
        text += entry.certificate ? entry.certificate->fingerprintHex().substr(0, 16) : "(malformed)";
        text += " on " + entry.place.label + ": " + std::string(errorInfo(error.code).name);
        if (!error.reason.empty()) text += " (" + error.reason + ")";
    }
    return text;
}

bool hasToken(const TokenInventory& inventory) {
    return std::any_of(inventory.modules.begin(), inventory.modules.end(), [](const ModuleListing& module) {
        return module.result && std::any_of(module.result->tokens.begin(), module.result->tokens.end(),
                                            [](const Token& token) { return token.info.isInitialized; });
    });
}

bool hasFailedModule(const TokenInventory& inventory) {
    return std::any_of(inventory.modules.begin(), inventory.modules.end(),
                       [](const ModuleListing& module) { return !module.result; });
}

template <class Fits>
void keepIf(std::vector<AssessedCertificate>& certificates, Fits fitsOne) {
    std::erase_if(certificates, [&](const auto& entry) { return !fitsOne(entry); });
}

void select(std::vector<AssessedCertificate>& certificates, const CertificateSelection& selection) {
    if (!selection.fingerprintHex.empty()) {
        const auto wanted = lower(selection.fingerprintHex);
        keepIf(certificates,
               [&](const auto& e) { return e.certificate && e.certificate->fingerprintHex() == wanted; });
    }
    if (selection.label.empty()) return;
    const bool isOfCertificate = std::any_of(certificates.begin(), certificates.end(), [&](const auto& e) {
        return e.object.label == selection.label;
    });
    keepIf(certificates, [&](const auto& e) {
        return (isOfCertificate ? e.object.label : e.place.label) == selection.label;
    });
}

/// The only candidate's own reason says more than "no certificate".
Error unusable(const TokenInventory& inventory, std::vector<AssessedCertificate> certificates) {
    Error error{.code = ErrorCode::noCertificate, .detail = reasonsOf(certificates)};
    keepIf(certificates, [](const auto& e) { return e.object.hasPrivateKey && e.certificate.has_value(); });
    if (certificates.size() == 1) error = certificates.front().verdict.error();
    if (certificates.empty() && hasFailedModule(inventory)) error = absenceOf(inventory);
    return error;
}

}  // namespace

Error absenceOf(const TokenInventory& inventory) {
    Error error{.code = ErrorCode::noToken};
    for (const auto& module : inventory.modules) {
        if (!module.result) return module.result.error();
        if (!module.result->faults.empty()) error = module.result->faults.front().error;
    }
    return error;
}

std::vector<AssessedCertificate> assess(const TokenInventory& inventory, const TrustList& trust,
                                        TimePoint now, const CertificateDemand& demand) {
    std::vector<AssessedCertificate> all;
    const Judge judge{trust, now, demand};
    for (const auto& module : inventory.modules) {
        if (!module.result) continue;
        for (const auto& token : module.result->tokens) assessToken(module.module, token, judge, all);
    }
    return withoutDoubles(std::move(all));
}

Result<std::vector<AssessedCertificate>> choicesFor(const TokenInventory& inventory,
                                                    std::vector<AssessedCertificate> certificates,
                                                    const CertificateSelection& selection) {
    if (!hasToken(inventory)) return fail(absenceOf(inventory));
    const auto all = reasonsOf(certificates);
    select(certificates, selection);
    if (certificates.empty() && !selection.isAny()) {
        if (hasFailedModule(inventory)) return fail(absenceOf(inventory));
        return fail(ErrorCode::noCertificate, all, "selection_not_found");
    }
    auto usable = certificates;
    keepIf(usable, [](const auto& entry) { return entry.isUsable(); });
    if (usable.empty()) return fail(unusable(inventory, std::move(certificates)));
    return usable;
}

CertificateCard cardFor(const AssessedCertificate& entry) {
    CertificateCard card{
        .name = nameFor(entry), .tokenLabel = entry.place.label, .label = entry.object.label};
    if (!entry.certificate) return card;
    card.fingerprintHex = entry.certificate->fingerprintHex();
    card.issuerName = entry.certificate->issuerCommonName();
    card.notAfter = entry.certificate->notAfter();
    const auto rule =
        entry.isUsable() ? Result<IdentityRule>(entry.verdict->issuer.identityRule) : identityRule("default");
    const auto identity = rule ? identityOf(*entry.certificate, *rule) : Result<Identity>(fail(rule.error()));
    if (!identity) return card;
    if (!identity->name.empty()) card.name = identity->name;
    card.number = maskedNumber(identity->number);
    return card;
}

}  // namespace signet
