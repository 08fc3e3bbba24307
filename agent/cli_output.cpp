// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli_output.hpp"

#include "agent/language.hpp"
#include "agent/prompt_text.hpp"
#include "agent/token_report.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

namespace signet {
namespace {

constexpr std::string_view kUsage = "usage";
constexpr std::size_t kDetailColumns = 1000;

bool isOfCertificate(ErrorCode code) {
    using enum ErrorCode;
    constexpr std::array kCodes{noToken,
                                noCertificate,
                                tokenRemoved,
                                certificateUntrusted,
                                certificateExpired,
                                certificateNotYetValid,
                                certificateRevoked,
                                certificateNotForLogin,
                                revocationUnknown,
                                identityMissing,
                                algNotAllowed};
    return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

bool isUsage(const Error& error) {
    return error.code == ErrorCode::configurationInvalid || error.reason == kUsage ||
           error.reason == "no_terminal" || error.reason == "no_display" || error.reason == "no_tray" ||
           error.reason == "issuer_missing" || error.reason == "report_exists";
}

}  // namespace

ExitStatus exitStatusOf(const Error& error) {
    if (error.isFromPlatform) return ExitStatus::refused;
    if (isUsage(error)) return ExitStatus::usage;
    if (isOfCertificate(error.code)) return ExitStatus::noToken;
    switch (error.code) {
        case ErrorCode::userCancelled:
        case ErrorCode::pinFinalTryDeclined:
            return ExitStatus::cancelled;
        case ErrorCode::pinIncorrect:
        case ErrorCode::pinLocked:
            return ExitStatus::pin;
        case ErrorCode::platformUnreachable:
        case ErrorCode::platformTls:
        case ErrorCode::timeout:
            return ExitStatus::unreachable;
        default:
            return ExitStatus::failed;
    }
}

void CliOutput::print(const Json& document) const {
    out << withoutInvisible(document.dump(2, ' ', false, Json::error_handler_t::replace)) << std::endl;
}

void CliOutput::print(const std::string& text) const {
    out << text << std::endl;
}

void CliOutput::warn(const std::string& text) const {
    err << "signet: " << text << std::endl;
}

ExitStatus CliOutput::fail(const Error& error) const {
    return fail(error, Json::object());
}

ExitStatus CliOutput::fail(const Error& error, Json document) const {
    const bool isMisuse = error.reason == kUsage;  // The table's words are for the makers of web pages.
    const auto said = isMisuse ? error.detail : sentence(error, language);
    if (isJson) {
        document.update(errorJson(error, language));
        document["message"] = said;
        if (isMisuse) document.erase("advice");
        print(document);
    } else if (isMisuse) {
        warn(shownLiterally(said, kDetailColumns));
    } else {
        err << errorText(error, language) << std::endl;
    }
    // The document and the sentence are for programs and clerks; this line is for the help desk.
    if (!error.detail.empty() && said.find(error.detail) == std::string::npos)
        warn(shownLiterally(error.detail, kDetailColumns));
    return exitStatusOf(error);
}

}  // namespace signet
