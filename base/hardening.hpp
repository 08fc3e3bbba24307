// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

namespace signet {

/// Switches core files and foreign ptrace off for this process (RLIMIT_CORE 0, PR_SET_DUMPABLE 0). First call
/// in main of every program that may hold a PIN or a secret.
void forbidCoreDumps();

}  // namespace signet
