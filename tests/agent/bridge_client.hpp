// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "certs/openssl.hpp"

#include <openssl/ssl.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace signet {

/// What a TLS client trusts and accepts.
struct TlsClientOptions {
    std::filesystem::path authority{};
    std::string name = "localhost";  ///< that the certificate must have
    int minVersion = TLS1_2_VERSION;
    int maxVersion = TLS1_3_VERSION;
    std::string ciphers{};  ///< of TLS 1.2; empty: OpenSSL's own
};

/// A browser by hand: a blocking socket, HTTP as text, WebSocket frames with any bits. A read that gets
/// nothing for ten seconds counts as the end.
class BridgeClient {
public:
    explicit BridgeClient(std::uint16_t port, bool isV6 = false);
    /// With TLS; isConnected() is false when the handshake fails.
    BridgeClient(std::uint16_t port, const TlsClientOptions& options);

    bool isConnected() const { return m_isConnected; }
    int socket() const { return m_socket.get(); }
    /// "TLSv1.3 TLS_AES_256_GCM_SHA384"
    std::string tlsFacts() const;
    X509Ptr peerCertificate() const;

    /// Whether a read would not wait; without TLS.
    bool hasData() const;
    void send(std::string_view bytes);
    /// All that comes until the end.
    std::string readAll();
    /// Up to the empty line.
    std::string readHead();
    /// Asks for a WebSocket; gives the head of the answer.
    std::string upgrade(std::uint16_t port, const std::string& origin);

    struct Frame {
        int opcode = 0;
        std::string payload{};
    };
    /// The first byte is FIN, reserved bits and opcode.
    void sendFrame(std::uint8_t first, std::string_view payload, bool isMasked = true);
    void sendText(std::string_view text) { sendFrame(0x81, text); }
    /// nullopt at the end of the connection.
    std::optional<Frame> nextFrame();
    /// Of the next frame: its text, "(close N)" or "(end)".
    std::string next();

private:
    bool readMore();
    std::string take(std::size_t size);

    Fd m_socket;
    std::unique_ptr<SSL_CTX, Free<&SSL_CTX_free>> m_context;
    std::unique_ptr<SSL, Free<&SSL_free>> m_tls;
    bool m_isConnected = false;
    std::string m_received;
};

/// A request with Host and Origin as an honest page's; `more` are whole lines.
std::string getRequest(const std::string& target, std::uint16_t port, const std::string& origin,
                       const std::string& more = {}, const std::string& host = "127.0.0.1");
/// 0 when there is no head.
unsigned statusOf(const std::string& head);

}  // namespace signet
