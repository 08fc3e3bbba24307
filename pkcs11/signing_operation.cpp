// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/signing_operation.hpp"

#include "pkcs11/ck_error.hpp"
#include "pkcs11/ck_login.hpp"

namespace signet {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// An RSA key of 8192 bits.
constexpr std::size_t kMaxSignatureBytes = 1024;

}  // namespace

Result<void> SigningOperation::begin(CK_MECHANISM* mechanism) {
    const auto start = SteadyClock::now();
    const CK_RV rv = m_session.api().C_SignInit(m_session.handle(), mechanism, m_key.handle);
    m_duration += SteadyClock::now() - start;
    if (rv != CKR_OK) return fail(ckError(rv, "C_SignInit"));
    return {};
}

Result<void> SigningOperation::authenticate(BytesView pin) const {
    if (!m_key.mustAuthenticateAlways) return {};
    const auto done = Login::forThisOperation(m_session, pin);
    if (!done) return fail(done.error());
    return {};
}

Result<Bytes> SigningOperation::finish(Bytes& input) {
    Bytes signature(kMaxSignatureBytes);
    CK_ULONG length = signature.size();
    const auto start = SteadyClock::now();
    const CK_RV rv =
        m_session.api().C_Sign(m_session.handle(), input.data(), input.size(), signature.data(), &length);
    m_duration += SteadyClock::now() - start;
    if (rv != CKR_OK) return fail(ckError(rv, "C_Sign"));
    if (length > signature.size())
        return fail(ErrorCode::signatureInvalid, "C_Sign: a length beyond its buffer", "signature_length");
    signature.resize(length);
    return signature;
}

}  // namespace signet
