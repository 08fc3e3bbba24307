// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_session.hpp"
#include "pkcs11/key_search.hpp"

#include <chrono>

namespace signet {

/// A signature that is being made: C_SignInit, perhaps the key's own login, C_Sign. Only the token's time is
/// counted.
class SigningOperation {
public:
    SigningOperation(const Session& session, const PrivateKeyObject& key) : m_session(session), m_key(key) {}

    /// Errors: what C_SignInit says.
    Result<void> begin(CK_MECHANISM* mechanism);
    /// The key's own login where it demands one. `pin` has been taken by C_Login, or is for the reader.
    /// Errors: what C_Login says.
    Result<void> authenticate(BytesView pin) const;
    /// Errors: what C_Sign says; signatureInvalid with reason "signature_length".
    Result<Bytes> finish(Bytes& input);

    std::chrono::microseconds duration() const {
        return std::chrono::duration_cast<std::chrono::microseconds>(m_duration);
    }

private:
    const Session& m_session;
    const PrivateKeyObject& m_key;
    std::chrono::steady_clock::duration m_duration{};
};

}  // namespace signet
