// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "platform/challenge_service.hpp"
#include "platform/http.hpp"
#include "platform/login_service.hpp"
#include "platform/session_service.hpp"

#include <string_view>

namespace signet {

/// Bodies of requests, read strictly: unknown members, wrong types and wrong lengths are badRequest, with the
/// member's name and never its value in `detail`. Pure.
Result<PageStart> parsePageStart(std::string_view body);
Result<AgentStart> parseAgentStart(std::string_view body);
Result<LoginPost> parseLoginPost(std::string_view body);
/// Cookie and Idempotency-Key are the caller's to add.
Result<CompletePost> parseCompletePost(std::string_view body);
/// The same members, and `secret` must be there: only an agent-started login is looked at before it is taken.
Result<CompletePost> parsePreviewPost(std::string_view body);

}  // namespace signet
