// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/ck_session.hpp"

#include "pkcs11/ck_error.hpp"

#include <utility>

namespace signet {

Result<Session> Session::open(const Module& module, CK_SLOT_ID slot, Access access) {
    CK_FLAGS flags = CKF_SERIAL_SESSION;
    if (access == Access::readWrite) flags |= CKF_RW_SESSION;
    CK_SESSION_HANDLE handle = CK_INVALID_HANDLE;
    const CK_RV rv = module.api().C_OpenSession(slot, flags, nullptr, nullptr, &handle);
    if (rv != CKR_OK) return fail(ckError(rv, "C_OpenSession"));
    return Session(module.api(), slot, handle);
}

Session::Session(Session&& other) noexcept
    : m_api(std::exchange(other.m_api, nullptr)), m_slot(other.m_slot), m_handle(other.m_handle) {
}

Session::~Session() {
    if (m_api == nullptr || m_api->C_CloseSession(m_handle) == CKR_OK) return;
    if (m_api->C_CloseAllSessions != nullptr) (void)m_api->C_CloseAllSessions(m_slot);
}

}  // namespace signet
