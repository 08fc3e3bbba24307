// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor.hpp"

#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"

#include <algorithm>
#include <iterator>

namespace signet {
namespace {

CheckCode configurationFault(const Error& error) {
    const auto& reason = error.reason;
    if (reason.starts_with("policy_")) return CheckCode::policyUnsafe;
    if (reason == "file_writable") return CheckCode::configurationUnsafe;
    if (reason == "module_missing") return CheckCode::moduleMissing;
    if (reason == "module_writable") return CheckCode::moduleUnsafe;
    return CheckCode::configurationInvalid;
}

Check brokenConfiguration(const Error& error, Language language) {
    const auto code = configurationFault(error);
    // The whole sentence where the line is wrong; the place and the cause alone where the code says the rest.
    const bool isPlain = code == CheckCode::configurationInvalid || error.detail.empty();
    const auto why = isPlain ? sentence(error, language) : error.detail;
    auto seen = std::string(errorInfo(error.code).name);
    if (!error.reason.empty()) seen += " (" + error.reason + ")";
    if (!error.detail.empty()) seen += ": " + error.detail;
    return makeCheck(code, language, {}, std::move(seen), {{"why", why}});
}

std::string lockedKeys(const Configuration& configuration) {
    std::string keys;
    for (const auto& [key, values] : configuration.settings)
        if (configuration.isLocked(key)) keys += (keys.empty() ? "" : ", ") + key;
    return keys;
}

void add(Checks& to, Checks more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

std::string_view toString(Finding finding) {
    switch (finding) {
        case Finding::fine:
            return "ok";
        case Finding::hint:
            return "hint";
        case Finding::fault:
            return "fault";
        case Finding::skipped:
            return "skipped";
    }
    return {};
}

std::string Check::name() const {
    return std::string(checkInfo(code).name);
}

Checks checkConfiguration(const ConfigurationFacts& facts, Language language) {
    if (!facts.configuration) return {brokenConfiguration(facts.configuration.error(), language)};
    const auto& configuration = *facts.configuration;
    auto seen = std::to_string(configuration.issuers.size()) + " issuer(s)";
    for (const auto& file : facts.files) seen += "; " + file;
    const auto code = configuration.issuers.empty() ? CheckCode::noIssuer : CheckCode::configuration;
    Checks checks{makeCheck(code, language, {}, std::move(seen))};
    if (facts.hasPolicy)
        checks.push_back(
            makeCheck(CheckCode::policy, language, {}, "set by policy: " + lockedKeys(configuration)));
    return checks;
}

Checks checkAll(const DoctorFacts& facts, Language language) {
    auto checks = checkConfiguration(facts.configuration, language);
    add(checks, checkUsb(facts, language));
    add(checks, checkReaders(facts, language));
    if (facts.isConfigured()) {
        add(checks, checkModules(facts, language));
        add(checks, checkTokens(facts, language));
        add(checks, checkTrust(facts.trust, facts.now, language));
        add(checks, checkCertificates(facts, language));
        for (const auto& issuer : facts.issuers) add(checks, checkIssuer(issuer, language));
    }
    add(checks, checkPorts(facts, language));
    return checks;
}

bool hasFault(const std::vector<Check>& checks) {
    return std::any_of(checks.begin(), checks.end(),
                       [](const Check& check) { return check.finding == Finding::fault; });
}

TokenInventory DoctorFacts::inventory() const {
    TokenInventory inventory;
    for (const auto& fact : modules)
        if (fact.listing) inventory.modules.push_back(*fact.listing);
    return inventory;
}

std::optional<std::chrono::seconds> DoctorFacts::clockAhead() const {
    for (const auto& fact : issuers)
        if (fact.challenge && fact.challengeRead)
            return *fact.challengeRead - fact.challenge->challenge.issuedAt;
    return std::nullopt;
}

std::size_t ModuleFacts::tokenCount() const {
    if (!isAnswering()) return 0;
    const auto& tokens = listing->result->tokens;
    const auto count = std::count_if(tokens.begin(), tokens.end(),
                                     [](const Token& token) { return token.info.isInitialized; });
    return static_cast<std::size_t>(count);
}

bool DoctorFacts::hasToken() const {
    return std::any_of(modules.begin(), modules.end(),
                       [](const ModuleFacts& fact) { return fact.tokenCount() > 0; });
}

}  // namespace signet
