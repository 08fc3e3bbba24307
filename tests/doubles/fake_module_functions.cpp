// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Functions of the module itself, its slots and tokens.
#include "tests/doubles/fake_module_call.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace signet::fake {
namespace {

/// Lists with the usual convention: null asks for the count, too little room says so.
template <class T>
CK_RV giveList(const Call& current, const std::vector<T>& list, T* place, CK_ULONG* count) {
    if (count == nullptr) return CKR_ARGUMENTS_BAD;
    const auto room = *count;
    *count = list.size();
    if (place != nullptr && room < list.size()) return CKR_BUFFER_TOO_SMALL;
    if (place != nullptr) std::copy(list.begin(), list.end(), place);
    current.distort(*count);
    return CKR_OK;
}

CK_RV initialize(void*) {
    const auto body = [](Call& current) -> CK_RV {
        if (current.module().isInitialized) return CKR_CRYPTOKI_ALREADY_INITIALIZED;
        current.module().isInitialized = true;
        return CKR_OK;
    };
    return call("C_Initialize", body, false);
}

CK_RV finalize(void*) {
    return call("C_Finalize", [](Call& current) -> CK_RV {
        current.module().isInitialized = false;
        current.module().closeEverything();
        return CKR_OK;
    });
}

CK_RV getInfo(CK_INFO* info) {
    return call("C_GetInfo", [&](Call& current) -> CK_RV {
        *info = {};
        info->cryptokiVersion = {2, 40};
        putPadded(info->manufacturerID, "Signet tests");
        putPadded(info->libraryDescription, "Signet fake module");
        info->libraryVersion = {1, 0};
        current.corrupt(info->libraryDescription);
        return CKR_OK;
    });
}

CK_RV getSlotList(CK_BBOOL tokenPresent, CK_SLOT_ID* place, CK_ULONG* count) {
    return call("C_GetSlotList", [&](Call& current) {
        return giveList(current, current.module().slots(tokenPresent != CK_FALSE), place, count);
    });
}

CK_RV getSlotInfo(CK_SLOT_ID id, CK_SLOT_INFO* info) {
    return call("C_GetSlotInfo", [&](Call& current) -> CK_RV {
        const Slot* slot = current.module().slot(id);
        if (slot == nullptr) return CKR_SLOT_ID_INVALID;
        *info = {};
        putPadded(info->slotDescription, "Signet fake slot");
        putPadded(info->manufacturerID, "Signet tests");
        info->flags = CKF_REMOVABLE_DEVICE | CKF_HW_SLOT;
        if (current.module().isTokenThere(*slot)) info->flags |= CKF_TOKEN_PRESENT;
        return CKR_OK;
    });
}

CK_RV getTokenInfo(CK_SLOT_ID id, CK_TOKEN_INFO* info) {
    return call("C_GetTokenInfo", [&](Call& current) {
        const CK_RV rv = current.module().tokenInfo(id, *info);
        if (rv == CKR_OK) current.distort(info->ulMaxPinLen);
        if (rv == CKR_OK) current.corrupt(info->label);
        return rv;
    });
}

CK_RV getMechanismList(CK_SLOT_ID id, CK_MECHANISM_TYPE* place, CK_ULONG* count) {
    return call("C_GetMechanismList", [&](Call& current) -> CK_RV {
        const Slot* slot = current.module().slot(id);
        if (slot == nullptr) return CKR_SLOT_ID_INVALID;
        if (!current.module().isTokenThere(*slot)) return CKR_TOKEN_NOT_PRESENT;
        return giveList(current, current.module().mechanisms(*slot), place, count);
    });
}

CK_RV getMechanismInfo(CK_SLOT_ID id, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO* info) {
    return call("C_GetMechanismInfo", [&](Call& current) -> CK_RV {
        const Slot* slot = current.module().slot(id);
        if (slot == nullptr) return CKR_SLOT_ID_INVALID;
        const auto known = current.module().mechanisms(*slot);
        if (std::ranges::find(known, type) == known.end()) return CKR_MECHANISM_INVALID;
        *info = {256, 4096, CKF_HW | CKF_SIGN};
        return CKR_OK;
    });
}

/// One byte from a named pipe; false when there is none.
bool readEvent(const std::filesystem::path& pipe) {
    // Opened for both, so that it has no end while nobody writes.
    static const int file = ::open(pipe.c_str(), O_RDWR | O_CLOEXEC);
    char byte = 0;
    return ::read(file, &byte, 1) == 1;
}

CK_RV waitForSlotEvent(CK_FLAGS, CK_SLOT_ID* slot, void*) {
    return call("C_WaitForSlotEvent", [&](Call& current) -> CK_RV {
        const auto pipe = current.control().slotEvents;
        const bool isLocked = current.control().holdsLockForSlotEvents;
        if (pipe.empty()) return CKR_NO_EVENT;
        current.logWait();
        if (!isLocked) current.unlock();
        const bool isEvent = readEvent(pipe);
        if (!isLocked) current.lock();
        *slot = 0;
        return isEvent ? CKR_OK : CKR_FUNCTION_NOT_SUPPORTED;
    });
}

}  // namespace

void addGeneralFunctions(CK_FUNCTION_LIST& list) {
    list.C_Initialize = initialize;
    list.C_Finalize = finalize;
    list.C_GetInfo = getInfo;
    list.C_GetSlotList = getSlotList;
    list.C_GetSlotInfo = getSlotInfo;
    list.C_GetTokenInfo = getTokenInfo;
    list.C_GetMechanismList = getMechanismList;
    list.C_GetMechanismInfo = getMechanismInfo;
    list.C_WaitForSlotEvent = waitForSlotEvent;
}

}  // namespace signet::fake
