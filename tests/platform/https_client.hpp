// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "certs/openssl.hpp"
#include "platform/http.hpp"

#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace signet::test {

using SslCtxPtr = std::unique_ptr<SSL_CTX, Free<&SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, Free<&SSL_free>>;

/// A TCP connection to 127.0.0.1; not open when it was refused.
Fd connectTo(std::uint16_t port);
/// Whether the other end closes within that time.
bool isClosedWithin(const Fd& socket, std::chrono::milliseconds time);

/// One TLS connection, blocking, on OpenSSL alone: a client that shares no code with the server.
class HttpsClient {
public:
    struct Options {
        int minVersion = TLS1_2_VERSION;
        int maxVersion = TLS1_3_VERSION;
        std::string ciphers{};  ///< of TLS 1.2; empty = OpenSSL's own
    };
    explicit HttpsClient(std::uint16_t port);
    HttpsClient(std::uint16_t port, const Options& options);

    bool isConnected() const { return m_isConnected; }
    /// nullopt when the connection ends first.
    std::optional<HttpResponse> request(const std::string& method, const std::string& path,
                                        const std::string& body = {}, const HttpFields& fields = {});
    /// Bytes as they are.
    bool write(std::string_view bytes);
    /// `isBodiless`: to HEAD, whose answer ends with its head whatever its length says.
    std::optional<HttpResponse> readAnswer(bool isBodiless = false);
    std::string cipher() const { return SSL_get_cipher_name(m_ssl.get()); }
    const Fd& socket() const { return m_socket; }

private:
    SslCtxPtr m_context;
    Fd m_socket;
    SslPtr m_ssl;
    bool m_isConnected = false;
    std::string m_buffer;
};

}  // namespace signet::test
