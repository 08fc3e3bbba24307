// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace signet {

// What a program of this user says first at the agent's socket, and what it is answered: one JSON object in a
// frame each (agent/frames.hpp).

/// signet-native-host, for a page in a browser: requests of protocol.md section 5 follow.
struct ExtensionOpening {
    std::string extension;  ///< as the browser names it
    std::string origin;
};
/// The agent was started again; with a link, or to show itself.
struct LinkOpening {
    std::string url;
};
struct ShowOpening {};
/// `signet doctor`: on which ports are you?
struct StatusOpening {};
/// The user takes an approval back.
struct RevokeOpening {
    std::string origin;
};
using LocalOpening = std::variant<ExtensionOpening, LinkOpening, ShowOpening, StatusOpening, RevokeOpening>;

/// Strict, as all messages are. Errors: invalidRequest with reason "opening".
Result<LocalOpening> parseLocalOpening(std::string_view text);
std::string localOpeningText(const LocalOpening& opening);

struct LocalAnswer {
    std::optional<ErrorCode> refusal{};   ///< absent: ok
    std::optional<std::uint16_t> port{};  ///< to StatusOpening
    std::optional<std::uint16_t> tlsPort{};
};
/// A code of another version is internalError. Errors: as above.
Result<LocalAnswer> parseLocalAnswer(std::string_view text);
std::string localAnswerText(const LocalAnswer& answer);

}  // namespace signet
