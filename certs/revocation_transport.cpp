// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/openssl.hpp"
#include "certs/revocation.hpp"
#include "certs/revocation_sources.hpp"

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/httperr.h>

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <memory>

namespace signet {
namespace {

using OpensslTextPtr = std::unique_ptr<char, decltype([](char* text) { OPENSSL_free(text); })>;

/// OpenSSL writes to sockets without MSG_NOSIGNAL: a peer that closes early would end the process. While this
/// lives the signal is held back from this thread, and one that came is taken away.
class SigpipeHeldBack {
public:
    SigpipeHeldBack() {
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        sigset_t pending;
        sigemptyset(&pending);
        sigpending(&pending);
        m_wasPending = sigismember(&pending, SIGPIPE) == 1;
        pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~SigpipeHeldBack() {
        const timespec now{};
        if (!m_wasPending) sigtimedwait(&m_pipe, nullptr, &now);
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    SigpipeHeldBack(const SigpipeHeldBack&) = delete;
    SigpipeHeldBack& operator=(const SigpipeHeldBack&) = delete;

private:
    sigset_t m_pipe{};
    sigset_t m_before{};
    bool m_wasPending = false;
};

struct Address {
    OpensslTextPtr host;
    OpensslTextPtr port;
    std::string target;
};

std::optional<Address> parsed(const std::string& url) {
    char* host = nullptr;
    char* port = nullptr;
    char* path = nullptr;
    char* query = nullptr;
    const int isUrl =
        OSSL_HTTP_parse_url(url.c_str(), nullptr, nullptr, &host, &port, nullptr, &path, &query, nullptr);
    Address address{OpensslTextPtr(host), OpensslTextPtr(port), {}};
    const OpensslTextPtr pathOwner(path);
    const OpensslTextPtr queryOwner(query);
    if (isUrl != 1) return std::nullopt;
    address.target = path;
    if (query != nullptr && *query != '\0') address.target += std::string("?") + query;
    return address;
}

std::string reasonFor(unsigned long error) {
    if (ERR_GET_LIB(error) == ERR_LIB_BIO) {
        const int reason = ERR_GET_REASON(error);
        return reason == BIO_R_CONNECT_TIMEOUT || reason == BIO_R_TRANSFER_TIMEOUT ? "source_timeout"
                                                                                   : "source_unreachable";
    }
    if (ERR_GET_LIB(error) != ERR_LIB_HTTP) return "source_unreachable";
    switch (ERR_GET_REASON(error)) {
        case HTTP_R_MAX_RESP_LEN_EXCEEDED:
            return "source_too_large";
        case HTTP_R_RETRY_TIMEOUT:
            return "source_timeout";
        case HTTP_R_FAILED_READING_DATA:
        case HTTP_R_ERROR_RECEIVING:
        case HTTP_R_ERROR_SENDING:
            return "source_unreachable";
        default:
            return "source_refused";
    }
}

/// The first named cause in OpenSSL's queue; what follows it are consequences.
tl::unexpected<Error> failed(const std::string& url) {
    std::string reason = "source_unreachable";
    std::string detail = url + ":";
    for (unsigned long error = ERR_get_error(); error != 0; error = ERR_get_error()) {
        const auto named = reasonFor(error);
        if (reason == "source_unreachable") reason = named;
        const char* text = ERR_reason_error_string(error);
        detail += std::string(" ") + (text == nullptr ? "system error" : text) + ";";
    }
    return fail(ErrorCode::revocationUnknown, std::move(detail), std::move(reason));
}

int wholeSeconds(std::chrono::milliseconds deadline) {
    return static_cast<int>(
        std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(deadline).count()));
}

}  // namespace

Result<Bytes> HttpRevocationTransport::fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                                             std::chrono::milliseconds deadline) {
    const auto address = isFetchableUrl(url) ? parsed(url) : std::nullopt;
    if (!address) return fail(ErrorCode::revocationUnknown, "not an http:// address", "url_scheme");
    ERR_clear_error();
    const SigpipeHeldBack held;
    const bool isPost = !body.empty();
    const BioPtr request(isPost ? BIO_new_mem_buf(body.data(), static_cast<int>(body.size())) : nullptr);
    const BioPtr answer(OSSL_HTTP_transfer(
        nullptr, address->host.get(), address->port.get(), address->target.c_str(), 0, nullptr, nullptr,
        nullptr, nullptr, nullptr, nullptr, 0, nullptr, isPost ? "application/ocsp-request" : nullptr,
        request.get(), isPost ? "application/ocsp-response" : nullptr, 1, maxBytes, wholeSeconds(deadline),
        0));
    if (!answer) return failed(url);
    char* data = nullptr;
    const long length = BIO_get_mem_data(answer.get(), &data);
    if (length <= 0 || static_cast<std::size_t>(length) > maxBytes) return failed(url);
    return Bytes(data, data + length);
}

}  // namespace signet
