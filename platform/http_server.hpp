// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "platform/http.hpp"
#include "platform/settings.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace signet {

struct HttpLimits {
    std::uint32_t maxHeadBytes = 16 * 1024;
    std::uint64_t maxBodyBytes = 64 * 1024;
    std::chrono::milliseconds handshake{5000};
    std::chrono::milliseconds head{10000};  ///< from its first byte to its last
    std::chrono::milliseconds body{10000};
    std::chrono::milliseconds answer{20000};  ///< from the request's last byte to the answer's last
    std::chrono::milliseconds idle{30000};    ///< between two requests of a connection
};

/// HTTPS/1.1 on a thread for each core; TLS 1.2 and later, AEAD only. Each request goes to the handler on an
/// I/O thread, which must not block; the answer may come from any thread. HEAD comes to the handler as GET,
/// and its answer goes out without the body. What the handler throws is answered with 500.
class HttpServer {
public:
    using Respond = std::function<void(HttpResponse)>;
    using Handler = std::function<void(HttpRequest, Respond)>;

    /// Binds and loads the certificate. Errors: configurationInvalid.
    static Result<std::unique_ptr<HttpServer>> listen(const PlatformSettings& settings,
                                                      const HttpLimits& limits = {});
    /// Ends what stop() did not.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const;
    /// Accepts from now on.
    void start(Handler handler);
    /// No new connection; requests under way are answered, for at most `grace`.
    void drain(std::chrono::milliseconds grace);
    /// Drains, then closes what is left. Returns when all threads have ended, which waits until each request
    /// in the handler's hands was answered or its Respond dropped.
    void stop(std::chrono::milliseconds grace);

private:
    struct State;
    explicit HttpServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace signet
