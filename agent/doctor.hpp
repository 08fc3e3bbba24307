// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/configuration.hpp"
#include "agent/platform_client.hpp"
#include "agent/token_report.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "certs/trust_list.hpp"
#include "pkcs11/module_discovery.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// How a check of the self-check came out.
enum class Finding {
    fine,
    hint,     ///< works, but should be looked at
    fault,    ///< a login cannot work before it is put right
    skipped,  ///< could not be checked, because something before it failed
};
std::string_view toString(Finding finding);

/// One line of the self-check. `code` is stable, for the help desk and for machines.
struct Check {
    std::string code;
    Finding finding = Finding::fine;
    std::string subject{};   ///< which module, token, certificate or platform
    std::string sentence{};  ///< for the person
    std::string advice{};    ///< what to do; may be empty
    std::string seen{};      ///< what was found, in English, for the help desk
};

/// The checks, each from what was gathered before: none of them reads or asks anything itself, but for the
/// files that it names.
Check checkConfiguration(const Result<Configuration>& configuration, Language language);
std::vector<Check> checkModules(const std::vector<ModuleFile>& modules, const TokenInventory& inventory,
                                Language language);
std::vector<Check> checkTokens(const TokensReport& report, Language language);
std::vector<Check> checkCertificates(const TokensReport& report, TimePoint now, Language language);
Check checkTrust(const Result<TrustList>& trust, TimePoint now, Language language);
/// TLS and metadata of an issuer.
Check checkIssuer(const std::string& issuer, const Result<IssuerMetadata>& metadata, Language language);
/// This computer's clock against the platform's, as a challenge tells it.
Check checkClock(const std::string& issuer, const Result<FetchedChallenge>& challenge, TimePoint now,
                 Language language);
Check checkP11Kit(const Configuration& configuration, const std::vector<ModuleFile>& modules,
                  Language language);

/// {"ok","checks":[{"code","status","subject","message","advice","seen"}]}
Json doctorJson(const std::vector<Check>& checks, Language language);
std::string doctorText(const std::vector<Check>& checks, Language language);
bool hasFault(const std::vector<Check>& checks);

}  // namespace signet
