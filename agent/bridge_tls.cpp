// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/bridge_tls.hpp"

#include <openssl/ssl.h>

#include <utility>

namespace signet {
namespace {

namespace ssl = boost::asio::ssl;

constexpr std::chrono::hours kPause{1};
constexpr const char* kTls12Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

Result<BridgeTls::Context> makeContext(const LocalhostFiles& files) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    boost::system::error_code error;
    context->use_certificate_chain_file(files.server.string(), error);
    if (!error) context->use_private_key_file(files.server.string(), ssl::context::pem, error);
    auto* native = context->native_handle();
    if (!error && SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1 &&
        SSL_CTX_set_cipher_list(native, kTls12Ciphers) == 1) {
        SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
        // A connection is for one login; without tickets there is no key to keep.
        SSL_CTX_set_options(native, SSL_OP_NO_TICKET);
        SSL_CTX_set_num_tickets(native, 0);  // TLS 1.3 would send others in their place.
        SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
        return context;
    }
    Error fault{.code = ErrorCode::configurationInvalid, .reason = "localhost_certificate_broken"};
    fault.detail = files.server.string() + ": " + error.message();
    fault.params["name"] = files.server.string();
    return fail(std::move(fault));
}

}  // namespace

Result<BridgeTls> BridgeTls::load(LocalhostFiles files, TimePoint now) {
    BridgeTls tls(std::move(files));
    if (auto done = tls.read(now); !done) return fail(done.error());
    return tls;
}

BridgeTls::Context BridgeTls::context(TimePoint now) {
    if (m_notAfter - now < kLocalhostRenewal && now >= m_nextTry) {
        m_nextTry = now + kPause;
        (void)read(now);
    }
    return m_context;
}

Result<void> BridgeTls::read(TimePoint now) {
    const auto kept = keepLocalhostFiles(m_files, now);
    const auto end = checkLocalhostFiles(m_files, now);
    // A pair that cannot be renewed, as the administrator's by a user, serves until its end.
    if (!end) return fail(kept ? end.error() : kept.error());
    auto context = makeContext(m_files);
    if (!context) return fail(context.error());
    m_context = std::move(*context);
    m_notAfter = *end;
    return {};
}

}  // namespace signet
