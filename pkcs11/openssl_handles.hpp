// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace signet {

/// A deleter that is one C function of OpenSSL.
template <auto function>
struct FreeOpenssl {
    template <class T>
    void operator()(T* handle) const {
        function(handle);
    }
};

using KeyHandle = std::unique_ptr<EVP_PKEY, FreeOpenssl<&EVP_PKEY_free>>;
using CertificateHandle = std::unique_ptr<X509, FreeOpenssl<&X509_free>>;
using RequestHandle = std::unique_ptr<X509_REQ, FreeOpenssl<&X509_REQ_free>>;

}  // namespace signet
