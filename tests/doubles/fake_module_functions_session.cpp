// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Functions of sessions and PINs.
#include "tests/doubles/fake_module_call.hpp"

namespace signet::fake {
namespace {

/// A null PIN is one for the PIN pad.
std::optional<BytesView> typed(const CK_UTF8CHAR* pin, CK_ULONG size) {
    return pin == nullptr ? std::nullopt : std::optional(BytesView(pin, size));
}

CK_RV setPin(CK_SESSION_HANDLE session, CK_UTF8CHAR* oldPin, CK_ULONG oldSize, CK_UTF8CHAR* newPin,
             CK_ULONG newSize) {
    return call("C_SetPIN", [&](Call& current) {
        const auto old = typed(oldPin, oldSize);
        current.notePin(old);
        return current.module().setPin(session, old, typed(newPin, newSize));
    });
}

CK_RV openSession(CK_SLOT_ID slot, CK_FLAGS flags, void*, CK_NOTIFY, CK_SESSION_HANDLE* session) {
    return call("C_OpenSession", [&](Call& current) -> CK_RV {
        if (session == nullptr) return CKR_ARGUMENTS_BAD;
        return current.module().openSession(slot, flags, *session);
    });
}

CK_RV closeSession(CK_SESSION_HANDLE session) {
    return call("C_CloseSession", [&](Call& current) { return current.module().closeSession(session); });
}

CK_RV closeAllSessions(CK_SLOT_ID slot) {
    return call("C_CloseAllSessions", [&](Call& current) { return current.module().closeAllSessions(slot); });
}

CK_RV getSessionInfo(CK_SESSION_HANDLE session, CK_SESSION_INFO* info) {
    return call("C_GetSessionInfo",
                [&](Call& current) { return current.module().sessionInfo(session, *info); });
}

CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR* pin, CK_ULONG size) {
    return call("C_Login", [&](Call& current) {
        current.notePin(typed(pin, size));
        current.note(user == CKU_CONTEXT_SPECIFIC ? "user=context"
                     : user == CKU_USER           ? "user=user"
                                                  : "user=so");
        return current.module().login(session, user, typed(pin, size));
    });
}

CK_RV logout(CK_SESSION_HANDLE session) {
    return call("C_Logout", [&](Call& current) { return current.module().logout(session); });
}

}  // namespace

void addSessionFunctions(CK_FUNCTION_LIST& list) {
    list.C_SetPIN = setPin;
    list.C_OpenSession = openSession;
    list.C_CloseSession = closeSession;
    list.C_CloseAllSessions = closeAllSessions;
    list.C_GetSessionInfo = getSessionInfo;
    list.C_Login = login;
    list.C_Logout = logout;
}

}  // namespace signet::fake
