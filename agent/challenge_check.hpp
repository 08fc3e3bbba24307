// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/flow_records.hpp"
#include "agent/login_flow.hpp"
#include "agent/platform_client.hpp"
#include "base/result.hpp"
#include "certs/statement.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// What a challenge must repeat.
struct ChallengeExpectation {
    std::string challengeId{};
    std::string sessionBinding{};  ///< agent-started: the sid that was sent
};

/// Whether the challenge is the one that was asked for: audience, id, sid, and for an agent-started login
/// purpose and act. Errors: platformError with reason "challenge_mismatch" and the member in `detail`;
/// platformError with reason "question_too_long" (more than a face can show); challengeExpired; algNotAllowed
/// when it names no algorithm that this version knows.
Result<void> checkChallenge(const Challenge& challenge, const LoginRequest& request,
                            const ChallengeExpectation& expected);

/// Life of a challenge by the platform's own clock, so that a wrong clock of this computer does not matter:
/// it is counted from the fetch.
std::chrono::seconds lifeOf(const Challenge& challenge);

/// What the user is shown.
LoginQuestion questionFor(const LoginRequest& request, const IssuerMetadata& platform,
                          const Challenge& challenge);

/// Marks the agreements of which an older version was accepted, and those that are new to a user who accepted
/// others; true when there is one (R63).
bool markChanged(std::vector<AgreementCard>& cards, const std::vector<AgreementRef>& accepted);

}  // namespace signet
