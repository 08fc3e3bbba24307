// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/openssl_handles.hpp"

#include <filesystem>
#include <memory>

namespace signet {

/// A private key of a token as OpenSSL's own, through libp11: RSA and ECDSA only (an SM2 key would seem to
/// sign without the token being asked). It stands on a login that this process has already: libp11 never
/// gets the PIN, except where the key wants it for each signature, and then it asks for it here.
/// libp11 0.4.12 hangs for ever when C_OpenSession fails, cannot look at the slots twice and finalises the
/// module with its context: one key of one context, in a process that ends after it and that somebody else's
/// deadline kills (docs/decisions/0004-libp11.md).
/// Thread: the host's.
class Libp11Key {
public:
    Libp11Key();
    Libp11Key(const Libp11Key&) = delete;
    Libp11Key& operator=(const Libp11Key&) = delete;
    /// C_CloseAllSessions and C_Finalize, if it was opened: nothing can be asked of the module afterwards.
    ~Libp11Key();

    /// Once. `module` is the path of the module that is loaded already; `pin` and the login outlive this
    /// object, which owns the key.
    /// Errors: libp11Error(); noCertificate with reason "key_missing"; tokenRemoved.
    Result<EVP_PKEY*> open(const std::filesystem::path& module, CK_SLOT_ID slot, const Bytes& id,
                           const BytesView& pin);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The last error of libp11 as ours, by its CKR; OpenSSL's queue is empty afterwards. A code over 23 bits was
/// cut by libp11. Without a CKR: tokenError with reason "libp11".
Error libp11Error(const char* step);

}  // namespace signet
