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

struct ReasonText {
    std::string_view reason;
    Text sentence;
};

/// What the one table of errors cannot know: these come from the command line and its prompts.
constexpr std::array kReasons{
    ReasonText{
        "no_terminal",
        {"没有可以询问口令的终端。请使用 --askpass。", "There is no terminal to ask on. Use --askpass."}},
    ReasonText{"askpass_answer_empty", {"askpass 程序没有给出口令。", "The askpass program gave no PIN."}},
    ReasonText{"askpass_answer_too_long",
               {"askpass 程序的回答太长。", "The askpass program's answer is too long."}},
    ReasonText{"askpass_answer_unknown",
               {"askpass 程序的选择不在列表中。", "The askpass program chose what is not on the list."}},
    ReasonText{"pin_mismatch",
               {"两次输入的新口令不一致,没有修改。", "The two new PINs differ. Nothing was changed."}},
    ReasonText{"pin_length",
               {"口令的长度不符合 USB key 的要求,没有发送。",
                "The PIN's length does not fit the token. It was not sent."}},
    ReasonText{"pin_characters",
               {"新口令中有 USB key 不接受的字符,没有修改。",
                "The new PIN has characters that the token does not accept. Nothing was changed."}},
    ReasonText{"pin_weak", {"新口令太简单,USB key 不接受。", "The new PIN is too simple for the token."}},
    ReasonText{"pin_not_set",
               {"这个 USB key 还没有设置口令,请联系发证机构。",
                "This token has no PIN yet. Ask your certificate issuer."}},
    ReasonText{"issuer_missing", {"请用 --issuer 指定平台。", "Say which platform with --issuer."}},
    ReasonText{"agreements_declined",
               {"没有同意协议,未做任何操作。", "The agreements were not accepted. Nothing was done."}},
    ReasonText{"selection_not_found",
               {"没有找到指定的证书。", "The certificate that was asked for is not there."}}};

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
           error.reason == "no_terminal" || error.reason == "issuer_missing";
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

std::string cliSentence(const Error& error, Language language) {
    if (error.reason == kUsage) return error.detail;
    const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                    [&](const auto& row) { return row.reason == error.reason; });
    if (found == kReasons.end() || error.isFromPlatform) return sentence(error, language);
    return found->sentence.of(language);
}

void CliOutput::print(const Json& document) const {
    out << document.dump(2, ' ', false, Json::error_handler_t::replace) << std::endl;
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
    const auto said = cliSentence(error, language);
    const bool isMisuse = error.reason == kUsage;  // The table's advice is for the makers of web pages.
    if (isJson) {
        document.update(errorJson(error, language));
        document["message"] = said;
        if (isMisuse) document.erase("advice");
        print(document);
    } else if (isMisuse) {
        warn(shownLiterally(said, kDetailColumns));
    } else {
        err << errorText(error, said, language) << std::endl;
    }
    // The document and the sentence are for programs and clerks; this line is for the help desk.
    if (!error.detail.empty() && said.find(error.detail) == std::string::npos)
        warn(shownLiterally(error.detail, kDetailColumns));
    return exitStatusOf(error);
}

}  // namespace signet
