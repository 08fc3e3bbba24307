// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/ck_token.hpp"

#include "pkcs11/ck_error.hpp"
#include "pkcs11/limits.hpp"
#include "pkcs11/pcsc_query.hpp"
#include "pkcs11/token_text.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace signet {
namespace {

/// More slots than any real module has, so that a garbage count takes no memory.
constexpr CK_ULONG kMaxSlotCount = 4096;

tl::unexpected<Error> wrongCount(CK_ULONG count) {
    return fail(ErrorCode::tokenError, "C_GetSlotList: " + std::to_string(count) + " slots",
                "length_out_of_range");
}

std::uint32_t pinBytes(CK_ULONG length) {
    // 0, CK_UNAVAILABLE_INFORMATION and 0xffffffff all mean "not told" (some tokens write 32 bits).
    return length >= std::numeric_limits<std::uint32_t>::max() ? 0 : static_cast<std::uint32_t>(length);
}

std::optional<int> triesLeft(CK_FLAGS flags) {
    if ((flags & CKF_USER_PIN_LOCKED) != 0) return 0;
    if ((flags & CKF_USER_PIN_FINAL_TRY) != 0) return 1;
    return std::nullopt;
}

/// How long PC/SC may take to learn that a card has gone. Only an error waits for it.
constexpr std::chrono::milliseconds kRemovalNotice{800};

}  // namespace

Result<std::vector<CK_SLOT_ID>> slotsWithToken(const Module& module) {
    CK_ULONG count = 0;
    CK_RV rv = module.api().C_GetSlotList(CK_TRUE, nullptr, &count);
    if (rv != CKR_OK) return fail(ckError(rv, "C_GetSlotList"));
    if (count > kMaxSlotCount) return wrongCount(count);
    // A token may be plugged in between the two calls.
    std::vector<CK_SLOT_ID> slots(count + 16);
    count = slots.size();
    rv = module.api().C_GetSlotList(CK_TRUE, slots.data(), &count);
    if (rv != CKR_OK) return fail(ckError(rv, "C_GetSlotList"));
    if (count > slots.size()) return wrongCount(count);
    slots.resize(std::min<std::size_t>(count, kMaxSlots));
    return slots;
}

std::size_t countSlots(const Module& module) {
    CK_ULONG count = 0;
    const CK_RV rv = module.api().C_GetSlotList(CK_FALSE, nullptr, &count);
    return rv == CKR_OK && count <= kMaxSlotCount ? count : 0;
}

TokenInfo toTokenInfo(const CK_TOKEN_INFO& info, CK_SLOT_ID slot) {
    const auto has = [&info](CK_FLAGS flag) { return (info.flags & flag) != 0; };
    TokenInfo token;
    token.slot = slot;
    token.label = tokenText(info.label);
    token.manufacturer = tokenText(info.manufacturerID);
    token.model = tokenText(info.model);
    token.serial = tokenText(info.serialNumber);
    token.isInitialized = has(CKF_TOKEN_INITIALIZED);
    token.isUserPinSet = has(CKF_USER_PIN_INITIALIZED);
    token.mustChangePin = has(CKF_USER_PIN_TO_BE_CHANGED);
    token.isPinCountLow = has(CKF_USER_PIN_COUNT_LOW);
    token.isPinFinalTry = has(CKF_USER_PIN_FINAL_TRY);
    token.isPinLocked = has(CKF_USER_PIN_LOCKED);
    token.hasProtectedPath = has(CKF_PROTECTED_AUTHENTICATION_PATH);
    token.isLoginRequired = has(CKF_LOGIN_REQUIRED);
    token.minPinBytes = pinBytes(info.ulMinPinLen);
    token.maxPinBytes = pinBytes(info.ulMaxPinLen);
    token.triesLeft = triesLeft(info.flags);
    return token;
}

Result<TokenInfo> readTokenInfo(const Module& module, CK_SLOT_ID slot) {
    CK_TOKEN_INFO info{};
    const CK_RV rv = module.api().C_GetTokenInfo(slot, &info);
    if (rv != CKR_OK) return fail(ckError(rv, "C_GetTokenInfo"));
    return toTokenInfo(info, slot);
}

std::string slotDescription(const Module& module, CK_SLOT_ID slot) {
    CK_SLOT_INFO info{};
    if (module.api().C_GetSlotInfo(slot, &info) != CKR_OK) return {};
    return tokenText(info.slotDescription);
}

Error nameRemoval(const Module& module, CK_SLOT_ID slot, Error error) {
    if (error.code != ErrorCode::tokenError) return error;
    CK_SLOT_INFO info{};
    const CK_RV rv = module.api().C_GetSlotInfo(slot, &info);
    if (rv != CKR_OK) return error;
    const auto presence = cardPresenceNow(tokenText(info.slotDescription), kRemovalNotice);
    const bool isEmpty = presence == CardPresence::unknown ? (info.flags & CKF_TOKEN_PRESENT) == 0
                                                           : presence == CardPresence::absent;
    if (!isEmpty) return error;
    error.code = ErrorCode::tokenRemoved;
    error.detail += "; the slot is empty now";
    return error;
}

}  // namespace signet
