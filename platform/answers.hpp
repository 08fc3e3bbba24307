// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/statement.hpp"
#include "platform/challenge_service.hpp"
#include "platform/http.hpp"
#include "platform/login_service.hpp"
#include "platform/session_service.hpp"

#include <string>

namespace signet {

/// Bodies of answers, as protocol.md and docs/platform-api.md define them.
std::string metadataJson(const PlatformSettings& settings, const Documents& documents);
std::string startedJson(const std::string& issuer, const StartedChallenge& started);
std::string challengeText(const Challenge& challenge);
std::string loginJson(const LoginAnswer& answer);
std::string completeJson(const CompleteAnswer& answer);
/// Names as they may be shown.
std::string previewJson(const PreviewAnswer& answer);
std::string sessionJson(const SessionAnswer& answer);
/// The document's exact bytes, which agents hash; a version asked for by hash never changes, so it may be
/// cached. Pages::agreement is the same for people.
HttpResponse documentAnswer(const DocumentRecord& document, bool isByHash);

}  // namespace signet
