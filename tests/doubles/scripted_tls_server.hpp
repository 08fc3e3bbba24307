// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "certs/test_pki/test_pki.hpp"

#include <openssl/ssl.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace signet {

/// What came in. Names of header fields are in lower case.
struct ScriptedRequest {
    std::string method;
    std::string target;
    std::map<std::string, std::string> fields;
    std::string body;
};

/// What goes out, or how the server behaves instead.
struct ScriptedAnswer {
    int status = 200;
    std::string contentType = "application/json";
    std::string body{};
    std::vector<std::pair<std::string, std::string>> fields{};
    std::string raw{};           ///< instead of all above, byte for byte
    std::size_t extraBytes = 0;  ///< sent after the body without being announced by Content-Length (chunked)
    bool isClosed = false;       ///< the connection is closed without an answer
    bool isStalled = false;      ///< no answer until the server ends
    bool closesAfter = false;
};

/// A real HTTPS server on 127.0.0.1 that answers by a script, for what a platform should never do.
/// Thread: the handler runs on threads of the server, one call at a time.
class ScriptedTlsServer {
public:
    using Handler = std::function<ScriptedAnswer(const ScriptedRequest&)>;
    ScriptedTlsServer(const Issued& identity, Handler handler);
    ~ScriptedTlsServer();
    ScriptedTlsServer(const ScriptedTlsServer&) = delete;
    ScriptedTlsServer& operator=(const ScriptedTlsServer&) = delete;

    std::uint16_t port() const { return m_port; }
    /// https://HOST:PORT
    std::string url(const std::string& host = "localhost") const;
    std::vector<ScriptedRequest> requests() const;
    int connections() const;
    /// For new connections.
    void setIdentity(const Issued& identity);
    /// New connections get these bytes instead of TLS, and are closed.
    void setPlainGreeting(std::string bytes);

private:
    struct Connection;
    void acceptAll();
    void serve(Connection& connection);
    bool serveOne(SSL* tls, Connection& connection);
    bool readRequest(SSL* tls, std::string& rest, ScriptedRequest& request) const;

    Handler m_handler;
    std::uint16_t m_port = 0;  ///< before the listener, which sets it
    Fd m_listener;
    Fd m_stopReader;
    Fd m_stopWriter;  ///< closing it ends every wait
    mutable std::mutex m_mutex;
    std::shared_ptr<SSL_CTX> m_context;
    std::string m_plainGreeting;
    std::vector<ScriptedRequest> m_requests;
    std::vector<std::unique_ptr<Connection>> m_connections;
    std::mutex m_handlerMutex;
    std::thread m_acceptor;
};

}  // namespace signet
