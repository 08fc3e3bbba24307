// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"

namespace signet {

/// Whether a PIN is one that keys are handed out with, so that its holder is told to change it. PKCS#11 has
/// no flag for that beside CKF_USER_PIN_TO_BE_CHANGED, which few tokens set. Nothing of the PIN is kept.
/// Source: facts of vendors' and CAs' manuals (111111, 123456, 12345678 and their like).
bool isFactoryPin(BytesView pin);

}  // namespace signet
