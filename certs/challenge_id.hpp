// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <string_view>

namespace signet {

/// 128 bits in base64url: the form of a challenge's id (protocol.md section 2).
bool isChallengeId(std::string_view text);

}  // namespace signet
