// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/ck_login.hpp"

#include "pkcs11/ck_error.hpp"

#include <utility>

namespace signet {
namespace {

CK_RV callLogin(const Session& session, CK_USER_TYPE user, BytesView pin) {
    // PKCS#11 does not write to the PIN, its C signature only lacks the const.
    auto* bytes = pin.empty() ? nullptr : const_cast<std::uint8_t*>(pin.data());
    return session.api().C_Login(session.handle(), user, bytes, static_cast<CK_ULONG>(pin.size()));
}

void logout(const Session& session) {
    (void)session.api().C_Logout(session.handle());
}

void endFormerLogin(const Session& session) {
    CK_SESSION_INFO info{};
    if (session.api().C_GetSessionInfo(session.handle(), &info) != CKR_OK) return;
    if (info.state == CKS_RO_USER_FUNCTIONS || info.state == CKS_RW_USER_FUNCTIONS) logout(session);
}

}  // namespace

Result<Login> Login::user(const Session& session, BytesView pin) {
    endFormerLogin(session);
    const CK_RV rv = callLogin(session, CKU_USER, pin);
    if (rv == CKR_OK) return Login(session);
    if (rv == CKR_USER_ALREADY_LOGGED_IN) logout(session);
    return fail(ckError(rv, "C_Login"));
}

Login::Login(Login&& other) noexcept : m_session(std::exchange(other.m_session, nullptr)) {
}

Login::~Login() {
    if (m_session != nullptr) logout(*m_session);
}

Result<void> Login::forThisOperation(const Session& session, BytesView pin) {
    const CK_RV rv = callLogin(session, CKU_CONTEXT_SPECIFIC, pin);
    if (rv != CKR_OK) return fail(ckError(rv, "C_Login (context specific)"));
    return {};
}

}  // namespace signet
