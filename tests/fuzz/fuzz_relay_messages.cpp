// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Whatever a platform answers: what is accepted stays under the issuer's own origin, and a refusal is always
// the platform's.
#include "agent/relay_messages.hpp"
#include "certs/challenge_id.hpp"

#include <cstdlib>

using namespace signet;

namespace {

constexpr std::string_view kIssuer = "https://uc.example.test";

void require(bool holds) {
    if (!holds) std::abort();
}

void checkMetadata(std::string_view text) {
    const auto metadata = parseMetadata(text, kIssuer);
    if (!metadata) return require(metadata.error().code == ErrorCode::platformError);
    require(metadata->issuer == kIssuer);
    for (const auto& url : {metadata->challengeEndpoint, metadata->loginEndpoint, metadata->browserHandoff}) {
        require(url.starts_with("https://uc.example.test/"));
        require(url.find_first_of("\r\n\\?#@ ") == std::string::npos);
    }
}

void checkAnswers(std::string_view text) {
    if (const auto id = parseChallengeReference(text, kIssuer)) require(isChallengeId(*id));
    if (const auto answer = parseLoginAnswer(text)) require(answer->handoff.size() == 43);
    if (const auto answer = parseCompletionAnswer(text)) require(answer->session.size() <= 512);
}

void checkRefusal(std::string_view text) {
    const auto error = refusalOf(503, "application/problem+json", text);
    require(error.isFromPlatform);
    require(error.code <= ErrorCode::badRequest || error.code == ErrorCode::platformError);
    require(error.detail.find('\n') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = textOf({data, size});
    checkMetadata(text);
    checkAnswers(text);
    checkRefusal(text);
    (void)mediaType(text);
    return 0;
}
