// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace signet {

/// What can end a login or a command. The table in error.cpp gives each its contract name (protocol.md
/// sections 4 and 5), its sentences and its advice; docs/errors.md is checked against it by a test.
enum class ErrorCode {
    // Said by the platform, section 4.
    challengeUnknown,
    challengeExpired,
    challengeUsed,
    badSignature,
    algNotAllowed,
    certificateUntrusted,
    certificateExpired,
    certificateNotYetValid,
    certificateRevoked,
    certificateNotForLogin,
    revocationUnknown,
    identityMissing,
    accountRestricted,
    accountSuspended,
    accountFrozen,
    accountTerminated,
    accountUnknown,
    certificateNotBound,
    agreementOutdated,
    actNotAllowed,
    channelMismatch,
    rateLimited,
    maintenance,
    badRequest,
    // Said by the agent, section 5.
    originNotAllowed,
    hostNotAllowed,
    issuerNotAllowed,
    busy,
    userCancelled,
    noToken,
    noCertificate,
    pinIncorrect,
    pinLocked,
    pinFinalTryDeclined,
    tokenRemoved,
    tokenError,
    moduleFailed,
    signatureInvalid,
    platformUnreachable,
    platformTls,
    platformError,
    timeout,
    invalidRequest,
    // Of this project: what the contract leaves to a program's start.
    configurationInvalid,
    internalError,
};

/// One row of the table.
/// Sentences may hold {placeholders}; a part in [brackets] is dropped when one of its placeholders is not
/// known.
struct ErrorInfo {
    ErrorCode code;
    std::string_view name;
    std::string_view zh;
    std::string_view en;
    std::string_view adviceZh;
    std::string_view adviceEn;
    bool mayRetry;  ///< The same action may succeed without any change by the user or an administrator.
};

/// All rows, in the order of the enum.
std::span<const ErrorInfo> errorTable();
const ErrorInfo& errorInfo(ErrorCode code);
std::optional<ErrorCode> errorCodeFromName(std::string_view name);

/// Why something failed. Never holds a secret; `detail` may go to a log, the sentences to the user.
struct Error {
    ErrorCode code = ErrorCode::internalError;
    /// A stable finer cause in snake_case where several share the code, for example "tls_name_mismatch"; may
    /// be empty.
    std::string reason{};
    /// One line in English for logs and developers.
    std::string detail{};
    /// Values for the placeholders of the sentence: "module", "host", "date", "name".
    std::map<std::string, std::string> params{};
    /// PIN tries left where the token tells.
    std::optional<int> triesLeft{};
    /// The platform said it (exit status 6), not the agent.
    bool isFromPlatform = false;
};

enum class Language { zh, en };

/// The sentence for the user, placeholders filled in.
std::string sentence(const Error& error, Language language);
/// What to do now, placeholders filled in; may be empty.
std::string advice(const Error& error, Language language);

}  // namespace signet
