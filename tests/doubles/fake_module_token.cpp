// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/fake_module_token.hpp"

#include "base/encoding.hpp"

#include <openssl/evp.h>

#include <array>
#include <fstream>

namespace signet::fake {
namespace {

bool isLengthRight(const SlotControl& slot, BytesView pin) {
    return pin.size() >= slot.minPinBytes && pin.size() <= slot.maxPinBytes;
}

/// What the answer to a PIN costs: nothing, or one try.
CK_RV settle(const SlotControl& slot, TokenMemory& memory, bool isRight) {
    auto entry = memory.entry(slot);
    if (entry.triesLeft == 0) return CKR_PIN_LOCKED;
    entry.triesLeft = isRight ? slot.tries : entry.triesLeft - 1;
    memory.store(slot.id, entry);
    return isRight ? CKR_OK : CKR_PIN_INCORRECT;
}

CK_RV refusalBeforeAnyPin(const SlotControl& slot, const TokenMemory& memory) {
    const CK_FLAGS flags = tokenFlags(slot, memory.entry(slot));
    if ((flags & CKF_USER_PIN_INITIALIZED) == 0) return CKR_USER_PIN_NOT_INITIALIZED;
    if ((flags & CKF_USER_PIN_LOCKED) != 0) return CKR_PIN_LOCKED;
    return CKR_OK;
}

}  // namespace

std::string sha256Hex(BytesView bytes) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return toHex({digest.data(), size});
}

std::map<CK_SLOT_ID, TokenMemory::Entry> TokenMemory::readAll() const {
    std::map<CK_SLOT_ID, Entry> entries;
    std::ifstream stream(m_file);
    CK_SLOT_ID slot = 0;
    for (Entry entry; stream >> slot >> entry.pinSha256 >> entry.triesLeft;) entries[slot] = entry;
    return entries;
}

TokenMemory::Entry TokenMemory::entry(const SlotControl& slot) const {
    const auto entries = readAll();
    const auto found = entries.find(slot.id);
    return found == entries.end() ? Entry{slot.pinSha256, slot.tries} : found->second;
}

void TokenMemory::store(CK_SLOT_ID slot, const Entry& entry) {
    auto entries = readAll();
    entries[slot] = entry;
    std::ofstream stream(m_file, std::ios::trunc);
    for (const auto& [id, each] : entries)
        stream << id << ' ' << each.pinSha256 << ' ' << each.triesLeft << '\n';
}

CK_FLAGS tokenFlags(const SlotControl& slot, const TokenMemory::Entry& entry) {
    CK_FLAGS flags = CKF_RNG | CKF_LOGIN_REQUIRED | CKF_TOKEN_INITIALIZED;
    if (!entry.pinSha256.empty()) flags |= CKF_USER_PIN_INITIALIZED;
    if (entry.triesLeft < slot.tries) flags |= CKF_USER_PIN_COUNT_LOW;
    if (entry.triesLeft == 1) flags |= CKF_USER_PIN_FINAL_TRY;
    if (entry.triesLeft == 0) flags |= CKF_USER_PIN_LOCKED;
    for (const auto& [flag, isOn] : slot.flags) flags = isOn ? flags | flag : flags & ~flag;
    return flags;
}

CK_RV checkPin(const SlotControl& slot, TokenMemory& memory, BytesView pin) {
    if (const CK_RV refusal = refusalBeforeAnyPin(slot, memory); refusal != CKR_OK) return refusal;
    if (!isLengthRight(slot, pin)) return CKR_PIN_LEN_RANGE;
    return settle(slot, memory, sha256Hex(pin) == memory.entry(slot).pinSha256);
}

CK_RV askPad(const SlotControl& slot, TokenMemory& memory) {
    if (const CK_RV refusal = refusalBeforeAnyPin(slot, memory); refusal != CKR_OK) return refusal;
    if (slot.pad == PadAnswer::cancel) return CKR_FUNCTION_CANCELED;
    return settle(slot, memory, slot.pad == PadAnswer::accept);
}

CK_RV changePin(const SlotControl& slot, TokenMemory& memory, BytesView oldPin, BytesView newPin) {
    if (!isLengthRight(slot, newPin)) return CKR_PIN_LEN_RANGE;
    if (const CK_RV rv = checkPin(slot, memory, oldPin); rv != CKR_OK) return rv;
    memory.store(slot.id, {sha256Hex(newPin), slot.tries});
    return CKR_OK;
}

}  // namespace signet::fake
