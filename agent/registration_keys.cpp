// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/registration_keys.hpp"

#include <utility>

namespace signet {
namespace {

bool isOfCa(const AssessedCertificate& entry) {
    return entry.certificate && entry.certificate->isCa();
}

}  // namespace

RegistrationKeys registrationKeys(const TokenInventory& inventory, const TrustList& trust, TimePoint now) {
    RegistrationKeys keys;
    for (const auto& module : inventory.modules)
        if (module.result) keys.tokens += module.result->tokens.size();
    auto assessed = assess(inventory, trust, now);
    for (const auto& certificate : assessed) {
        if (certificate.isUsable())
            keys.usable.push_back(cardFor(certificate));
        else if (!isOfCa(certificate))
            keys.refused.push_back({cardFor(certificate), certificate.verdict.error()});
    }
    if (!keys.usable.empty()) return keys;
    if (auto choices = choicesFor(inventory, std::move(assessed), {}); !choices) keys.fault = choices.error();
    return keys;
}

}  // namespace signet
