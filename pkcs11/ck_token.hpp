// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/token.hpp"

#include <string>
#include <vector>

namespace signet {

/// The slots in which a token is now, at most kMaxSlots of them. A first call without a buffer lets the
/// module look for new slots.
/// Errors: what C_GetSlotList says; tokenError with reason "length_out_of_range" when the module counts
/// wrongly.
/// Source: PKCS#11 v2.40 section 5.5 (C_GetSlotList).
Result<std::vector<CK_SLOT_ID>> slotsWithToken(const Module& module);
/// All slots of the module, with or without token; 0 when it does not tell.
std::size_t countSlots(const Module& module);

/// Flags and names of the token in a slot as they are now.
/// Errors: what C_GetTokenInfo says.
Result<TokenInfo> readTokenInfo(const Module& module, CK_SLOT_ID slot);
/// The pure part of readTokenInfo().
TokenInfo toTokenInfo(const CK_TOKEN_INFO& info, CK_SLOT_ID slot);

/// What the module says of a slot: for a card, the name of its reader. Empty when it does not tell.
std::string slotDescription(const Module& module, CK_SLOT_ID slot);

/// tokenError becomes tokenRemoved when there is no card in the reader by PC/SC's word, or else when the slot
/// says that it is empty: modules name a removal in many ways, and some believe in a card for a second after
/// it has gone.
Error nameRemoval(const Module& module, CK_SLOT_ID slot, Error error);

}  // namespace signet
