// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Functions of objects and signing.
#include "tests/doubles/fake_module_call.hpp"

#include <algorithm>

namespace signet::fake {
namespace {

CK_RV findObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE* wanted, CK_ULONG count) {
    return call("C_FindObjectsInit", [&](Call& current) {
        return current.module().findInit(session, {wanted, count});
    });
}

CK_RV findObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE* place, CK_ULONG room, CK_ULONG* count) {
    return call("C_FindObjects", [&](Call& current) -> CK_RV {
        if (count == nullptr) return CKR_ARGUMENTS_BAD;
        const CK_RV rv = current.module().find(session, {place, room}, *count);
        if (rv == CKR_OK) current.distort(*count);
        return rv;
    });
}

CK_RV findObjectsFinal(CK_SESSION_HANDLE session) {
    return call("C_FindObjectsFinal", [&](Call& current) { return current.module().findFinal(session); });
}

CK_RV getAttributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* wanted,
                        CK_ULONG count) {
    return call("C_GetAttributeValue", [&](Call& current) {
        const std::span<CK_ATTRIBUTE> attributes(wanted, count);
        const CK_RV rv = current.module().readAttributes(session, object, attributes);
        for (auto& each : attributes) current.distort(each.ulValueLen);
        return rv;
    });
}

CK_RV createObject(CK_SESSION_HANDLE session, CK_ATTRIBUTE* attributes, CK_ULONG count,
                   CK_OBJECT_HANDLE* object) {
    return call("C_CreateObject", [&](Call& current) -> CK_RV {
        if (object == nullptr) return CKR_ARGUMENTS_BAD;
        return current.module().createObject(session, {attributes, count}, *object);
    });
}

CK_RV signInit(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
    return call("C_SignInit", [&](Call& current) -> CK_RV {
        if (mechanism == nullptr) return CKR_ARGUMENTS_BAD;
        return current.module().signInit(session, *mechanism, key);
    });
}

CK_RV giveSignature(Call& current, CK_SESSION_HANDLE session, BytesView data, CK_BYTE* place,
                    CK_ULONG* size) {
    if (size == nullptr) return CKR_ARGUMENTS_BAD;
    const CK_RV rv = current.module().sign(session, data, place, *size, current.wantsSpareZero());
    if (rv != CKR_OK) return rv;
    if (place != nullptr) current.corrupt({place, *size});
    current.distort(*size);
    return CKR_OK;
}

CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG dataSize, CK_BYTE* place, CK_ULONG* size) {
    return call("C_Sign", [&](Call& current) {
        return giveSignature(current, session, {data, dataSize}, place, size);
    });
}

CK_RV signUpdate(CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG dataSize) {
    return call("C_SignUpdate", [&](Call& current) {
        return current.module().signUpdate(session, {data, dataSize});
    });
}

CK_RV signFinal(CK_SESSION_HANDLE session, CK_BYTE* place, CK_ULONG* size) {
    return call("C_SignFinal",
                [&](Call& current) { return giveSignature(current, session, {}, place, size); });
}

}  // namespace

void addObjectFunctions(CK_FUNCTION_LIST& list) {
    list.C_FindObjectsInit = findObjectsInit;
    list.C_FindObjects = findObjects;
    list.C_FindObjectsFinal = findObjectsFinal;
    list.C_GetAttributeValue = getAttributeValue;
    list.C_CreateObject = createObject;
    list.C_SignInit = signInit;
    list.C_Sign = sign;
    list.C_SignUpdate = signUpdate;
    list.C_SignFinal = signFinal;
}

}  // namespace signet::fake
