// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

namespace signet {

/// Where a signature logs in.
enum class LoginKind {
    platform,  ///< by a challenge and its statement
    webEid,    ///< at the very site that asks, which gets the whole certificate
};

}  // namespace signet
