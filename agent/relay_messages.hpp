// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/platform_client.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <string>
#include <string_view>

namespace signet {

/// The bodies that the relay sends and reads, as pure functions. Errors of all parsers: platformError with
/// reason "answer_malformed" and the member's name in `detail`, never a piece of the answer. Members that
/// this version does not know are skipped; those that it knows must have their form. Thread: any. Source:
/// protocol.md sections 1, 2 and 4.

/// Errors besides: reason "issuer_mismatch" when it speaks for another issuer, "endpoint_foreign" when an
/// address leaves the issuer's scheme, host and port.
Result<IssuerMetadata> parseMetadata(std::string_view json, std::string_view issuer);

std::string challengeWishBody(const ChallengeWish& wish);
/// Gives the challenge's id. Errors besides: reason "issuer_mismatch".
Result<std::string> parseChallengeReference(std::string_view json, std::string_view issuer);

std::string loginBody(const SignedLogin& login);
Result<RelayedLogin> parseLoginAnswer(std::string_view json);

SecretBytes completionBody(const Completion& completion);
Result<CompletionAnswer> parseCompletionAnswer(std::string_view json);

/// Whether an agreement may be fetched: its address is one of the issuer's own, of plain path characters.
/// Errors: reason "endpoint_foreign".
Result<void> checkAgreementUrl(std::string_view url, std::string_view issuer);
/// Whether the text is the published one, byte for byte. Errors: reason "document_changed".
Result<void> checkAgreementText(std::string_view text, const PublishedAgreement& agreement);

/// What an answer other than 200 says: the code of a problem document (RFC 9457) where it is one of
/// protocol.md section 4, with its reason, detail and the values of its sentence; else platformError with
/// reason "unknown_code" or "http_STATUS". Always isFromPlatform.
Error refusalOf(int status, std::string_view contentType, std::string_view body);

/// "application/json" of "Application/JSON; charset=utf-8".
std::string mediaType(std::string_view contentType);

}  // namespace signet
