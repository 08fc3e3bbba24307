// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/renewal_choice.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <iterator>

namespace signet {

Result<std::vector<TokenChoice>> tokenChoices(const TokenInventory& inventory, const std::string& label) {
    std::vector<TokenChoice> found;
    bool isAny = false;
    for (const auto& module : inventory.modules) {
        if (!module.result) continue;
        for (const auto& token : module.result->tokens) {
            const auto& info = token.info;
            if (!info.isInitialized) continue;
            isAny = true;
            const bool isKnown = std::any_of(found.begin(), found.end(), [&](const auto& other) {
                return !info.serial.empty() && other.place.module != module.module &&
                       other.info.serial == info.serial && other.info.label == info.label;
            });
            if (isKnown || (!label.empty() && info.label != label)) continue;
            found.push_back({{module.module, info.slot, info.label, info.serial}, info});
        }
    }
    if (!found.empty()) return found;
    if (!isAny) return fail(absenceOf(inventory));
    return fail(ErrorCode::noToken, {}, "selection_not_found");
}

Result<std::vector<AssessedCertificate>> renewable(const TokenInventory& inventory, const TrustList& trust,
                                                   TimePoint now, const CertificateSelection& selection,
                                                   bool needsKey) {
    if (const auto tokens = tokenChoices(inventory, {}); !tokens) return fail(tokens.error());
    auto all = assess(inventory, trust, now);
    std::erase_if(all, [&](const auto& entry) {
        return !entry.certificate || entry.certificate->isCa() || !entry.certificate->mayDigitallySign() ||
               (needsKey && !entry.object.hasPrivateKey);
    });
    const bool isOfCertificate = std::any_of(
        all.begin(), all.end(), [&](const auto& entry) { return entry.object.label == selection.label; });
    std::erase_if(all, [&](const auto& entry) {
        const auto& label = isOfCertificate ? entry.object.label : entry.place.label;
        return (!selection.fingerprintHex.empty() &&
                entry.certificate->fingerprintHex() != selection.fingerprintHex) ||
               (!selection.label.empty() && label != selection.label);
    });
    if (all.empty()) return fail(ErrorCode::noCertificate, {}, "selection_not_found");
    return all;
}

std::vector<Certificate> leavesOf(const std::vector<Certificate>& certificates) {
    std::vector<Certificate> leaves;
    std::copy_if(certificates.begin(), certificates.end(), std::back_inserter(leaves),
                 [](const auto& each) { return !each.isCa(); });
    return leaves;
}

bool isForSameKey(const Certificate& a, const Certificate& b) {
    return a.key() != nullptr && b.key() != nullptr && EVP_PKEY_eq(a.key(), b.key()) == 1;
}

}  // namespace signet
