// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A PKCS#11 module before another one, which SIGNET_SPY_TARGET names: it forwards every call and writes a
// line to SIGNET_SPY_LOG for those that a test counts. Lengths only, never data, never a PIN.
#include "tests/doubles/fake_module_names.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <p11-kit/pkcs11.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using signet::fake::rvName;

CK_FUNCTION_LIST* target = nullptr;  ///< once set, never changed

std::string field(const char* name, unsigned long value) {
    return std::string(" ") + name + "=" + std::to_string(value);
}

CK_RV logged(const char* function, CK_RV rv, const std::string& fields = {}) {
    const char* path = std::getenv("SIGNET_SPY_LOG");
    const int file = path == nullptr ? -1 : ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::string line = std::string(function) + " " + rvName(rv) + fields + "\n";
    if (file < 0 || ::write(file, line.data(), line.size()) < 0) std::perror("spy module: log");
    if (file >= 0) ::close(file);
    return rv;
}

CK_RV openSession(CK_SLOT_ID slot, CK_FLAGS flags, void* application, CK_NOTIFY notify,
                  CK_SESSION_HANDLE* session) {
    const CK_RV rv = target->C_OpenSession(slot, flags, application, notify, session);
    return logged("C_OpenSession", rv, field("writable", (flags & CKF_RW_SESSION) != 0));
}

CK_RV closeSession(CK_SESSION_HANDLE session) {
    return logged("C_CloseSession", target->C_CloseSession(session));
}

CK_RV closeAllSessions(CK_SLOT_ID slot) {
    return logged("C_CloseAllSessions", target->C_CloseAllSessions(slot));
}

CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR* pin, CK_ULONG size) {
    const CK_RV rv = target->C_Login(session, user, pin, size);
    return logged("C_Login", rv, field("typed", pin != nullptr) + field("user", user));
}

CK_RV logout(CK_SESSION_HANDLE session) {
    return logged("C_Logout", target->C_Logout(session));
}

CK_RV setPin(CK_SESSION_HANDLE session, CK_UTF8CHAR* oldPin, CK_ULONG oldSize, CK_UTF8CHAR* newPin,
             CK_ULONG newSize) {
    return logged("C_SetPIN", target->C_SetPIN(session, oldPin, oldSize, newPin, newSize));
}

CK_RV signInit(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
    const CK_RV rv = target->C_SignInit(session, mechanism, key);
    return logged("C_SignInit", rv, field("mechanism", mechanism == nullptr ? 0 : mechanism->mechanism));
}

CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG dataSize, CK_BYTE* place, CK_ULONG* size) {
    const CK_RV rv = target->C_Sign(session, data, dataSize, place, size);
    return logged("C_Sign", rv, field("data", dataSize) + field("signature", size == nullptr ? 0 : *size));
}

CK_RV createObject(CK_SESSION_HANDLE session, CK_ATTRIBUTE* attributes, CK_ULONG count,
                   CK_OBJECT_HANDLE* object) {
    return logged("C_CreateObject", target->C_CreateObject(session, attributes, count, object));
}

CK_RV destroyObject(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object) {
    return logged("C_DestroyObject", target->C_DestroyObject(session, object));
}

CK_RV generateKeyPair(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_ATTRIBUTE* publicHalf,
                      CK_ULONG publicCount, CK_ATTRIBUTE* privateHalf, CK_ULONG privateCount,
                      CK_OBJECT_HANDLE* publicKey, CK_OBJECT_HANDLE* privateKey) {
    return logged("C_GenerateKeyPair",
                  target->C_GenerateKeyPair(session, mechanism, publicHalf, publicCount, privateHalf,
                                            privateCount, publicKey, privateKey));
}

CK_FUNCTION_LIST* loadTarget() {
    const char* path = std::getenv("SIGNET_SPY_TARGET");
    void* library = path == nullptr ? nullptr : ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void* symbol = library == nullptr ? nullptr : ::dlsym(library, "C_GetFunctionList");
    if (symbol == nullptr) {
        std::fprintf(stderr, "spy module: no target\n");
        return nullptr;
    }
    CK_FUNCTION_LIST* list = nullptr;
    return reinterpret_cast<CK_C_GetFunctionList>(symbol)(&list) == CKR_OK ? list : nullptr;
}

CK_FUNCTION_LIST replaced(const CK_FUNCTION_LIST& real) {
    CK_FUNCTION_LIST list = real;
    list.C_GetFunctionList = &C_GetFunctionList;
    list.C_OpenSession = openSession;
    list.C_CloseSession = closeSession;
    list.C_CloseAllSessions = closeAllSessions;
    list.C_Login = login;
    list.C_Logout = logout;
    list.C_SetPIN = setPin;
    list.C_SignInit = signInit;
    list.C_Sign = sign;
    list.C_CreateObject = createObject;
    list.C_DestroyObject = destroyObject;
    list.C_GenerateKeyPair = generateKeyPair;
    return list;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
    if (list == nullptr) return CKR_ARGUMENTS_BAD;
    if (target == nullptr) target = loadTarget();
    if (target == nullptr) return CKR_GENERAL_ERROR;
    static CK_FUNCTION_LIST functions = replaced(*target);
    *list = &functions;
    return CKR_OK;
}
