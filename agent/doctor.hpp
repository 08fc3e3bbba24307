// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"
#include "base/json.hpp"

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

/// What a check can say, in the order of the checks. The table in doctor_table.cpp gives each its stable name
/// and its words.
enum class CheckCode {
    configuration,
    configurationInvalid,
    configurationUnsafe,
    noIssuer,
    policy,
    policyUnsafe,
    usbKey,
    usbNoKey,
    usbKeyNoModule,
    usbKeyUnknownToModule,
    usbKeyNeedsPcsc,
    usbKeyNotAccessible,
    pcsc,
    pcscNotNeeded,
    pcscAbsent,
    pcscNotPermitted,
    pcscFailed,
    pcscNoReader,
    reader,
    readerNoCard,
    cardMute,
    cardInUse,
    cardUnknownToModules,
    p11Kit,
    p11KitOff,
    noModule,
    module,
    moduleMissing,
    moduleUnsafe,
    moduleNotLibrary,
    moduleArchitecture,
    moduleIsSkf,
    moduleNotPkcs11,
    moduleMissingLibrary,
    moduleLoadFailed,
    moduleInitializeFailed,
    moduleCrashed,
    moduleHangs,
    moduleFailed,
    moduleSlot,
    moduleNoSlot,
    moduleNoToken,
    moduleSlow,
    noToken,
    token,
    tokenPinLocked,
    tokenPinFinalTry,
    tokenPinNotSet,
    tokenPinMustChange,
    tokenPinCountLow,
    trust,
    trustInvalid,
    trustEmpty,
    certificate,
    certificateExpiresSoon,
    certificateExpired,
    certificateNotYetValid,
    clockHidesCertificate,
    certificateUntrusted,
    certificateNotForLogin,
    certificateRevoked,
    revocationUnknown,
    noPrivateKey,
    certificateMalformed,
    certificateUnusable,
    noCertificate,
    proxy,
    proxyUnreachable,
    issuer,
    issuerSlow,
    maintenance,
    nameNotFound,
    issuerUnreachable,
    issuerTimeout,
    tlsUntrusted,
    tlsIntercepted,
    tlsNameMismatch,
    tlsExpired,
    tlsNotYetValid,
    tlsFailed,
    platformError,
    clock,
    clockOff,
    clockUnknown,
    bridgePort,
    bridgePortTaken,
    bridgePortsTaken,
    otherHelper,
};

/// One line of the self-check.
struct Check {
    CheckCode code = CheckCode::configuration;
    Finding finding = Finding::fine;
    std::string subject{};   ///< which module, token, certificate or platform
    std::string sentence{};  ///< for the person
    std::string advice{};    ///< what to do; may be empty
    std::string seen{};      ///< what was found, in English, for the help desk
    std::string name() const;
};

/// {"ok","language","checks":[{"code","status","subject","message","advice","seen"}]}
Json doctorJson(const std::vector<Check>& checks, Language language);
std::string doctorText(const std::vector<Check>& checks, Language language);
bool hasFault(const std::vector<Check>& checks);

}  // namespace signet
