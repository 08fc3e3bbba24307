// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "certs/openssl.hpp"

#include <openssl/err.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace signet {

/// Ends the process with OpenSSL's reasons when a step of the test PKI fails.
inline void must(bool isDone, const char* step) {
    if (isDone) return;
    std::fprintf(stderr, "test PKI: %s failed\n", step);
    ERR_print_errors_fp(stderr);
    std::abort();
}

template <class T>
T must(Result<T> result, const char* step) {
    must(result.has_value(), step);
    return std::move(*result);
}

/// DER of anything that OpenSSL encodes.
template <class Encode, class T>
Bytes encoded(Encode encode, T* value, const char* step) {
    const int length = encode(value, nullptr);
    must(length > 0, step);
    Bytes der(static_cast<std::size_t>(length));
    unsigned char* cursor = der.data();
    encode(value, &cursor);
    return der;
}

/// A signing context for this key with the digest that goes with it; SM2 with the default ID.
struct Signer {
    explicit Signer(EVP_PKEY* key);
    EVP_MD_CTX* get() const { return m_context.get(); }

private:
    EvpMdCtxPtr m_context;
};

}  // namespace signet
