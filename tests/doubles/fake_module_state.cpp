// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/fake_module_state.hpp"

#include <algorithm>

namespace signet::fake {

Result<void> Module::configure(const Control& control) {
    std::vector<Slot> slots;
    for (const auto& each : control.slots) {
        auto objects = loadObjects(each);
        if (!objects) return fail(objects.error());
        slots.push_back({each, std::move(*objects)});
    }
    m_slots = std::move(slots);
    m_memory.emplace(control.memory);
    m_areTokensRemoved = false;
    const auto isGone = [this](CK_SLOT_ID id) { return refusalOf(id) != CKR_OK; };
    std::erase_if(m_sessions, [&](const auto& each) { return isGone(each.second.slot); });
    std::erase_if(m_loggedIn, isGone);
    return {};
}

void Module::removeTokens() {
    m_areTokensRemoved = true;
    closeEverything();
}

void Module::closeEverything() {
    m_sessions.clear();
    m_loggedIn.clear();
}

std::vector<CK_SLOT_ID> Module::slots(bool withTokenOnly) const {
    std::vector<CK_SLOT_ID> ids;
    for (const auto& each : m_slots)
        if (!withTokenOnly || isTokenThere(each)) ids.push_back(each.control.id);
    return ids;
}

const Slot* Module::slot(CK_SLOT_ID id) const {
    const auto found = std::ranges::find_if(m_slots, [&](const Slot& each) { return each.control.id == id; });
    return found == m_slots.end() ? nullptr : &*found;
}

CK_RV Module::refusalOf(CK_SLOT_ID id) const {
    const Slot* found = slot(id);
    if (found == nullptr) return CKR_SLOT_ID_INVALID;
    return isTokenThere(*found) ? CKR_OK : CKR_TOKEN_NOT_PRESENT;
}

CK_RV Module::tokenInfo(CK_SLOT_ID id, CK_TOKEN_INFO& info) const {
    if (const CK_RV refusal = refusalOf(id); refusal != CKR_OK) return refusal;
    const SlotControl& control = slot(id)->control;
    info = {};
    putPadded(info.label, control.label);
    putPadded(info.manufacturerID, control.manufacturer);
    putPadded(info.model, control.model);
    putPadded(info.serialNumber, control.serial);
    info.flags = tokenFlags(control, m_memory->entry(control));
    info.ulMaxSessionCount = CK_EFFECTIVELY_INFINITE;
    info.ulSessionCount = m_sessions.size();
    info.ulMaxPinLen = control.maxPinBytes;
    info.ulMinPinLen = control.minPinBytes;
    return CKR_OK;
}

std::vector<CK_MECHANISM_TYPE> Module::mechanisms(const Slot& slot) const {
    if (!slot.control.mechanisms.empty()) return slot.control.mechanisms;
    std::vector<CK_MECHANISM_TYPE> numbers;
    for (const auto& each : standardMechanisms()) numbers.push_back(each.number);
    return numbers;
}

Session* Module::session(CK_SESSION_HANDLE handle) {
    const auto found = m_sessions.find(handle);
    return found == m_sessions.end() ? nullptr : &found->second;
}

CK_RV Module::openSession(CK_SLOT_ID slot, CK_FLAGS flags, CK_SESSION_HANDLE& handle) {
    if (const CK_RV refusal = refusalOf(slot); refusal != CKR_OK) return refusal;
    if ((flags & CKF_SERIAL_SESSION) == 0) return CKR_SESSION_PARALLEL_NOT_SUPPORTED;
    handle = ++m_lastSession;
    m_sessions[handle] = Session{slot, flags};
    return CKR_OK;
}

/// Closing the last session of a token logs out, as section 5.6 has it.
void Module::forget(CK_SESSION_HANDLE handle) {
    const CK_SLOT_ID slot = m_sessions.at(handle).slot;
    m_sessions.erase(handle);
    const bool isLast =
        std::ranges::none_of(m_sessions, [&](const auto& each) { return each.second.slot == slot; });
    if (isLast) m_loggedIn.erase(slot);
}

CK_RV Module::closeSession(CK_SESSION_HANDLE handle) {
    if (session(handle) == nullptr) return CKR_SESSION_HANDLE_INVALID;
    forget(handle);
    return CKR_OK;
}

CK_RV Module::closeAllSessions(CK_SLOT_ID slot) {
    if (const CK_RV refusal = refusalOf(slot); refusal != CKR_OK) return refusal;
    std::erase_if(m_sessions, [&](const auto& each) { return each.second.slot == slot; });
    m_loggedIn.erase(slot);
    return CKR_OK;
}

CK_RV Module::sessionInfo(CK_SESSION_HANDLE handle, CK_SESSION_INFO& info) {
    const Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    const bool isWritable = (open->flags & CKF_RW_SESSION) != 0;
    const bool isUser = m_loggedIn.contains(open->slot);
    const CK_STATE readOnly = isUser ? CKS_RO_USER_FUNCTIONS : CKS_RO_PUBLIC_SESSION;
    const CK_STATE writable = isUser ? CKS_RW_USER_FUNCTIONS : CKS_RW_PUBLIC_SESSION;
    info = {open->slot, isWritable ? writable : readOnly, open->flags, 0};
    return CKR_OK;
}

bool Module::hasFlag(const Slot& slot, CK_FLAGS flag) const {
    return (tokenFlags(slot.control, m_memory->entry(slot.control)) & flag) != 0;
}

CK_RV Module::enterPin(const Slot& slot, std::optional<BytesView> pin) {
    const bool hasPad = hasFlag(slot, CKF_PROTECTED_AUTHENTICATION_PATH);
    if (pin.has_value() == hasPad) return CKR_ARGUMENTS_BAD;
    return hasPad ? askPad(slot.control, *m_memory) : checkPin(slot.control, *m_memory, *pin);
}

CK_RV Module::login(CK_SESSION_HANDLE handle, CK_USER_TYPE user, std::optional<BytesView> pin) {
    Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    const Slot& owner = *slot(open->slot);
    if (user == CKU_CONTEXT_SPECIFIC) {
        if (!open->sign) return CKR_OPERATION_NOT_INITIALIZED;
        const CK_RV rv = enterPin(owner, pin);
        if (rv == CKR_OK) open->sign->wantsLogin = false;
        return rv;
    }
    if (user != CKU_USER) return CKR_USER_TYPE_INVALID;
    if (m_loggedIn.contains(open->slot)) return CKR_USER_ALREADY_LOGGED_IN;
    const CK_RV rv = enterPin(owner, pin);
    if (rv == CKR_OK) m_loggedIn.insert(open->slot);
    return rv;
}

CK_RV Module::logout(CK_SESSION_HANDLE handle) {
    const Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    return m_loggedIn.erase(open->slot) == 1 ? CKR_OK : CKR_USER_NOT_LOGGED_IN;
}

CK_RV Module::setPin(CK_SESSION_HANDLE handle, std::optional<BytesView> oldPin,
                     std::optional<BytesView> newPin) {
    const Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    if ((open->flags & CKF_RW_SESSION) == 0) return CKR_SESSION_READ_ONLY;
    const Slot& owner = *slot(open->slot);
    const bool hasPad = hasFlag(owner, CKF_PROTECTED_AUTHENTICATION_PATH);
    if (oldPin.has_value() == hasPad || newPin.has_value() == hasPad) return CKR_ARGUMENTS_BAD;
    // The new PIN that the holder types on the reader is the old one.
    if (hasPad) return askPad(owner.control, *m_memory);
    return changePin(owner.control, *m_memory, *oldPin, *newPin);
}

std::size_t Module::activeFinds() const {
    return std::ranges::count_if(m_sessions, [](const auto& each) { return each.second.find.has_value(); });
}

std::size_t Module::activeSigns() const {
    return std::ranges::count_if(m_sessions, [](const auto& each) { return each.second.sign.has_value(); });
}

}  // namespace signet::fake
