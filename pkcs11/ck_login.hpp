// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_session.hpp"

namespace signet {

/// The user's login to the token of a session; C_Logout at its end, on every path.
class Login {
public:
    /// Calls C_Login once, never again: a PIN is not retried by code. A state that an earlier login left
    /// behind is logged out first; if the module still says "already logged in", that is logged out too and
    /// the error is tokenError with reason "already_logged_in": this PIN was not checked, so nothing is
    /// signed with the state of another. An empty `pin` is for a protected authentication path (NULL is
    /// passed).
    /// Errors: what C_Login says. The session must outlive the login.
    static Result<Login> user(const Session& session, BytesView pin);
    Login(Login&& other) noexcept;
    Login& operator=(Login&&) = delete;
    Login(const Login&) = delete;
    Login& operator=(const Login&) = delete;
    ~Login();

    /// The check that a key with CKA_ALWAYS_AUTHENTICATE wants between C_SignInit and C_Sign: the key itself
    /// demands a second use of the one typed PIN.
    /// Source: PKCS#11 v2.40 section 4.9 (CKU_CONTEXT_SPECIFIC).
    /// Errors: what C_Login says.
    static Result<void> forThisOperation(const Session& session, BytesView pin);

private:
    explicit Login(const Session& session) : m_session(&session) {}

    const Session* m_session;
};

}  // namespace signet
