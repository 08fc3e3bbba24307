// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/ways_on.hpp"

#include "ui/ui_language.hpp"

#include <QRegularExpression>

namespace signet {
namespace {

constexpr std::size_t kTextColumns = 400;

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

/// "(signet doctor)", with the blank before it in English.
QString withoutCommands(QString text) {
    static const QRegularExpression command(QStringLiteral("\\s?[((]signet [^))]*[))]"));
    return text.remove(command);
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

QString faultText(const Error& error, Language language) {
    return withoutCommands(shown(sentence(error, language), kTextColumns));
}

QString adviceText(const Error& error, Language language) {
    if (error.code == ErrorCode::noCertificate && error.reason.empty())
        return language == Language::zh
                   ? QStringLiteral("「USB key 和证书」中写明每张证书不能使用的原因。")
                   : QStringLiteral("\"Keys and certificates\" says why each cannot be used.");
    return withoutCommands(shown(advice(error, language), kTextColumns));
}

QString codeText(const Error& error) {
    auto text = toQt(errorInfo(error.code).name);
    if (!error.reason.empty()) text += QStringLiteral(" · ") + shown(error.reason, 60);
    return text;
}

}  // namespace signet
