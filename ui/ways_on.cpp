// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/ways_on.hpp"

namespace signet {
namespace {

bool isAboutTheCertificate(ErrorCode code) {
    using enum ErrorCode;
    switch (code) {
        case algNotAllowed:
        case certificateUntrusted:
        case certificateExpired:
        case certificateNotYetValid:
        case certificateRevoked:
        case certificateNotForLogin:
        case identityMissing:
        case noCertificate:
            return true;
        default:
            return false;
    }
}

bool isAboutTheToken(ErrorCode code) {
    using enum ErrorCode;
    return code == noToken || code == tokenRemoved || code == tokenError || code == moduleFailed ||
           code == signatureInvalid || code == badSignature;
}

bool isAboutTheNetwork(ErrorCode code) {
    using enum ErrorCode;
    return code == platformUnreachable || code == platformTls || code == platformError ||
           code == channelMismatch || code == revocationUnknown || code == configurationInvalid;
}

void addWhileItRuns(const Error& error, const ErrorPlace& place, std::vector<WayOn>& ways) {
    if (error.code == ErrorCode::pinIncorrect) return ways.push_back(WayOn::enterPinAgain);
    const bool wantsAnother = isAboutTheCertificate(error.code) || error.code == ErrorCode::pinLocked;
    if (wantsAnother && place.usableCertificates > 1) ways.push_back(WayOn::anotherCertificate);
    ways.push_back(WayOn::lookAgain);
}

}  // namespace

std::vector<WayOn> waysOn(const Error& error, const ErrorPlace& place) {
    std::vector<WayOn> ways;
    if (!place.hasEnded)
        addWhileItRuns(error, place, ways);
    else if (error.code == ErrorCode::accountUnknown)
        ways.push_back(WayOn::registerHere);
    else if (place.isOwn && errorInfo(error.code).mayRetry && error.code != ErrorCode::userCancelled)
        ways.push_back(WayOn::startAgain);
    if (isAboutTheCertificate(error.code)) ways.push_back(WayOn::tokens);
    if (isAboutTheToken(error.code) || isAboutTheNetwork(error.code)) ways.push_back(WayOn::selfCheck);
    return ways;
}

}  // namespace signet
