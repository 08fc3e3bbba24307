// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "pkcs11/pcsc_context.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace signet {

// Questions to PC/SC that are answered in time or not at all. pcsc-lite waits for its service without a
// limit, so a service that hangs would take with it who asks in between. They are asked on a thread of their
// own, which is left to itself when no answer comes; until it does, later questions fail at once. Thread:
// any.

/// The readers with their cards, asked on the caller's thread and without a limit. Errors: as
/// PcscContext::open().
Result<std::vector<CardReader>> readersNow();
/// The readers with their cards.
/// Errors: as PcscContext::open(); "pcsc_failed" when the service does not answer.
Result<std::vector<CardReader>> readersWithin(std::chrono::milliseconds limit);

/// Whether there is a card in the reader that a slot names. With some `patience` a card that seems to be
/// there is watched for as long, because a service notices a removal late. Unknown also when the service does
/// not answer.
CardPresence cardPresenceNow(const std::string& slotDescription, std::chrono::milliseconds patience);

}  // namespace signet
