// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"

namespace signet {

/// An open session with one token; closed at its end. Where C_CloseSession fails, C_CloseAllSessions does it:
/// nothing of ours may stay open or logged in, and the host has one session at a time.
class Session {
public:
    enum class Access { readOnly, readWrite };

    /// Errors: what C_OpenSession says. The module must outlive the session.
    static Result<Session> open(const Module& module, CK_SLOT_ID slot, Access access = Access::readOnly);
    Session(Session&& other) noexcept;
    Session& operator=(Session&&) = delete;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    const CK_FUNCTION_LIST& api() const { return *m_api; }
    CK_SESSION_HANDLE handle() const { return m_handle; }

private:
    Session(const CK_FUNCTION_LIST& api, CK_SLOT_ID slot, CK_SESSION_HANDLE handle)
        : m_api(&api), m_slot(slot), m_handle(handle) {}

    const CK_FUNCTION_LIST* m_api;
    CK_SLOT_ID m_slot;
    CK_SESSION_HANDLE m_handle;
};

}  // namespace signet
