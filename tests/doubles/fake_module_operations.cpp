// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The rest of Module: objects and signing.
#include "tests/doubles/fake_module_state.hpp"

#include <algorithm>
#include <cstring>

namespace signet::fake {
namespace {

/// The slot's vendor mechanisms come before the standard's of the same number.
std::optional<Mechanism> findMechanism(const Slot& slot, CK_MECHANISM_TYPE number) {
    for (const auto& sm2 : slot.control.sm2)
        if (sm2.mechanism == number) return Mechanism{number, "SM2", nullptr, false, &sm2};
    const auto known = std::ranges::find(standardMechanisms(), number, &Mechanism::number);
    return known == standardMechanisms().end() ? std::nullopt : std::optional(*known);
}

}  // namespace

const Object* Module::visibleObject(const Session& session, CK_OBJECT_HANDLE handle) const {
    const Slot* owner = slot(session.slot);
    if (owner == nullptr || handle == 0 || handle > owner->objects.size()) return nullptr;
    const Object& object = owner->objects[handle - 1];
    return object.isPrivate && !m_loggedIn.contains(session.slot) ? nullptr : &object;
}

CK_RV Module::findInit(CK_SESSION_HANDLE handle, std::span<const CK_ATTRIBUTE> wanted) {
    Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    if (open->find) return CKR_OPERATION_ACTIVE;
    open->find.emplace();
    for (const auto& object : slot(open->slot)->objects)
        if (visibleObject(*open, object.handle) != nullptr && object.matches(wanted))
            open->find->found.push_back(object.handle);
    return CKR_OK;
}

CK_RV Module::find(CK_SESSION_HANDLE handle, std::span<CK_OBJECT_HANDLE> place, CK_ULONG& count) {
    Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    if (!open->find) return CKR_OPERATION_NOT_INITIALIZED;
    auto& [found, next] = *open->find;
    count = std::min(place.size(), found.size() - next);
    std::copy_n(found.begin() + static_cast<std::ptrdiff_t>(next), count, place.begin());
    next += count;
    return CKR_OK;
}

CK_RV Module::findFinal(CK_SESSION_HANDLE handle) {
    Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    if (!open->find) return CKR_OPERATION_NOT_INITIALIZED;
    open->find.reset();
    return CKR_OK;
}

CK_RV Module::readAttributes(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE object,
                             std::span<CK_ATTRIBUTE> wanted) {
    const Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    const Object* found = visibleObject(*open, object);
    return found == nullptr ? CKR_OBJECT_HANDLE_INVALID : found->read(wanted);
}

CK_RV Module::createObject(CK_SESSION_HANDLE handle, std::span<const CK_ATTRIBUTE> attributes,
                           CK_OBJECT_HANDLE& object) {
    const Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    if ((open->flags & CKF_RW_SESSION) == 0) return CKR_SESSION_READ_ONLY;
    if (!m_loggedIn.contains(open->slot)) return CKR_USER_NOT_LOGGED_IN;
    const auto owner =
        std::ranges::find(m_slots, open->slot, [](const Slot& each) { return each.control.id; });
    Object made;
    made.handle = object = owner->objects.size() + 1;
    for (const auto& each : attributes) {
        const auto* first = static_cast<const std::uint8_t*>(each.pValue);
        made.attributes[each.type] = Bytes(first, first + each.ulValueLen);
    }
    owner->objects.push_back(std::move(made));
    return CKR_OK;
}

CK_RV Module::signInit(CK_SESSION_HANDLE handle, const CK_MECHANISM& mechanism, CK_OBJECT_HANDLE key) {
    Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    if (open->sign) return CKR_OPERATION_ACTIVE;
    if (hasFlag(*slot(open->slot), CKF_LOGIN_REQUIRED) && !m_loggedIn.contains(open->slot))
        return CKR_USER_NOT_LOGGED_IN;
    const Object* object = visibleObject(*open, key);
    if (object == nullptr || !object->key) return CKR_KEY_HANDLE_INVALID;
    const auto allowed = mechanisms(*slot(open->slot));
    const auto known = findMechanism(*slot(open->slot), mechanism.mechanism);
    if (!known || std::ranges::find(allowed, known->number) == allowed.end()) return CKR_MECHANISM_INVALID;
    if (EVP_PKEY_is_a(object->key.get(), known->keyType) != 1) return CKR_KEY_TYPE_INCONSISTENT;
    const auto* first = static_cast<const std::uint8_t*>(mechanism.pParameter);
    open->sign = SignOperation{object->key, *known, Bytes(first, first + mechanism.ulParameterLen),
                               object->authenticatesAlways};
    return CKR_OK;
}

CK_RV Module::sign(CK_SESSION_HANDLE handle, BytesView data, CK_BYTE* place, CK_ULONG& size,
                   bool wantsSpareZero) {
    Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    if (!open->sign) return CKR_OPERATION_NOT_INITIALIZED;
    const auto needed = open->sign->mechanism.sm2 != nullptr
                            ? static_cast<std::size_t>(EVP_PKEY_get_size(open->sign->key.get()))
                            : signatureBytes(open->sign->key.get());
    const auto room = size;
    size = needed;
    if (place == nullptr) return CKR_OK;
    if (room < needed) return CKR_BUFFER_TOO_SMALL;
    const SignOperation operation = *std::exchange(open->sign, std::nullopt);
    if (operation.wantsLogin) return CKR_USER_NOT_LOGGED_IN;
    Bytes whole = operation.collected;
    whole.insert(whole.end(), data.begin(), data.end());
    Bytes signature;
    const bool isEcdsa = operation.mechanism.keyType == std::string_view("EC");
    CK_RV rv = CKR_OK;
    // Never by chance, so that the calls are as many in each run of a test.
    do rv = fake::sign(operation.mechanism, operation.parameter, operation.key.get(), whole, signature);
    while (rv == CKR_OK && isEcdsa && hasSpareZero(signature) != wantsSpareZero);
    if (rv == CKR_OK) std::memcpy(place, signature.data(), signature.size());
    if (rv == CKR_OK) size = signature.size();
    return rv;
}

CK_RV Module::signUpdate(CK_SESSION_HANDLE handle, BytesView data) {
    Session* open = session(handle);
    if (open == nullptr) return CKR_SESSION_HANDLE_INVALID;
    if (!open->sign) return CKR_OPERATION_NOT_INITIALIZED;
    open->sign->collected.insert(open->sign->collected.end(), data.begin(), data.end());
    return CKR_OK;
}

}  // namespace signet::fake
