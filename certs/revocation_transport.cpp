// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/openssl.hpp"
#include "certs/revocation.hpp"
#include "certs/revocation_sources.hpp"

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/httperr.h>

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>

#include <array>
#include <csignal>
#include <ctime>
#include <memory>
#include <optional>

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

using HttpPtr = std::unique_ptr<OSSL_HTTP_REQ_CTX, Free<&OSSL_HTTP_REQ_CTX_free>>;
using Asn1TypePtr = std::unique_ptr<ASN1_TYPE, Free<&ASN1_TYPE_free>>;

struct Address {
    std::string host;  ///< IPv6 in brackets
    std::string port;
    std::string target;
    std::string authority() const { return port == "80" ? host : host + ":" + port; }
};

std::optional<Address> parsed(const std::string& url) {
    char* host = nullptr;
    char* port = nullptr;
    char* path = nullptr;
    char* query = nullptr;
    const int isUrl =
        OSSL_HTTP_parse_url(url.c_str(), nullptr, nullptr, &host, &port, nullptr, &path, &query, nullptr);
    const OpensslTextPtr owners[] = {OpensslTextPtr(host), OpensslTextPtr(port), OpensslTextPtr(path),
                                     OpensslTextPtr(query)};
    if (isUrl != 1) return std::nullopt;
    Address address{host, port, path};
    if (address.host.find(':') != std::string::npos) address.host = "[" + address.host + "]";
    if (query != nullptr && *query != '\0') address.target += std::string("?") + query;
    return address;
}

/// Lets OpenSSL's non-blocking steps wait until the deadline or the stop.
class Patience {
public:
    Patience(int stopped, std::chrono::milliseconds deadline)
        : m_stopped(stopped), m_end(std::chrono::steady_clock::now() + deadline) {}

    /// Repeats `step` while it gives -1; true when it gives 1.
    template <class Step>
    bool complete(BIO* bio, Step step) {
        int done = step();
        while (done < 0 && wait(bio)) done = step();
        return done > 0;
    }
    bool isStopped() {
        pollfd stopped{m_stopped, POLLIN, 0};
        if (::poll(&stopped, 1, 0) > 0) m_cut = "source_unreachable";
        return m_cut != nullptr;
    }
    /// The reason when the wait was cut short, else nullptr.
    const char* cut() const { return m_cut; }

private:
    bool wait(BIO* bio) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(m_end - std::chrono::steady_clock::now());
        int fd = -1;
        BIO_get_fd(bio, &fd);
        const bool isForWriting = BIO_should_write(bio) != 0 || BIO_should_io_special(bio) != 0;
        std::array<pollfd, 2> waits{
            {{fd, static_cast<short>(isForWriting ? POLLOUT : POLLIN), 0}, {m_stopped, POLLIN, 0}}};
        const int ready =
            left.count() <= 0 ? 0 : ::poll(waits.data(), waits.size(), static_cast<int>(left.count()));
        if (ready == 0) m_cut = "source_timeout";
        return m_cut == nullptr && !isStopped();
    }

    int m_stopped;
    std::chrono::steady_clock::time_point m_end;
    const char* m_cut = nullptr;
};

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

tl::unexpected<Error> failed(const std::string& url, const Patience& patience) {
    if (patience.cut() == nullptr) return failed(url);
    ERR_clear_error();
    return fail(ErrorCode::revocationUnknown, url + ": no answer in time, or stopped", patience.cut());
}

/// Not connected yet.
BioPtr connectionTo(const Address& address) {
    BioPtr bio(BIO_new_connect(address.host.c_str()));
    if (!bio || BIO_set_conn_port(bio.get(), address.port.c_str()) != 1) return nullptr;
    BIO_set_nbio(bio.get(), 1);
    return bio;
}

bool setBody(OSSL_HTTP_REQ_CTX* http, BytesView body) {
    const unsigned char* cursor = body.data();
    const Asn1TypePtr value(d2i_ASN1_TYPE(nullptr, &cursor, static_cast<long>(body.size())));
    return value && OSSL_HTTP_REQ_CTX_set1_req(http, "application/ocsp-request", ASN1_ITEM_rptr(ASN1_ANY),
                                               reinterpret_cast<const ASN1_VALUE*>(value.get())) == 1;
}

/// A proxy wants the whole address in the request line.
HttpPtr requestOver(BIO* bio, const Address& address, bool isProxied, BytesView body, std::size_t maxBytes) {
    HttpPtr http(OSSL_HTTP_REQ_CTX_new(bio, bio, 0));
    const bool isPost = !body.empty();
    const bool isMade = http &&
                        OSSL_HTTP_REQ_CTX_set_request_line(
                            http.get(), isPost ? 1 : 0, isProxied ? address.host.c_str() : nullptr,
                            address.port.c_str(), address.target.c_str()) == 1 &&
                        OSSL_HTTP_REQ_CTX_add1_header(http.get(), "Host", address.authority().c_str()) == 1 &&
                        OSSL_HTTP_REQ_CTX_set_expected(
                            http.get(), isPost ? "application/ocsp-response" : nullptr, 1, 0, 0) == 1 &&
                        (!isPost || setBody(http.get(), body));
    if (!isMade) return nullptr;
    OSSL_HTTP_REQ_CTX_set_max_response_length(http.get(), maxBytes);
    return http;
}

}  // namespace

HttpRevocationTransport::HttpRevocationTransport() : m_stopped(::eventfd(0, EFD_CLOEXEC)) {
}

void HttpRevocationTransport::stop() {
    ::eventfd_write(m_stopped.get(), 1);
}

Result<Bytes> HttpRevocationTransport::fetch(const std::string& url, BytesView body, std::size_t maxBytes,
                                             std::chrono::milliseconds deadline) {
    const auto address = isFetchableUrl(url) ? parsed(url) : std::nullopt;
    if (!address) return fail(ErrorCode::revocationUnknown, "not an http:// address", "url_scheme");
    ERR_clear_error();
    Patience patience(m_stopped.get(), deadline);
    if (patience.isStopped()) return failed(url, patience);
    const SigpipeHeldBack held;
    const char* proxy = OSSL_HTTP_adapt_proxy(nullptr, nullptr, address->host.c_str(), 0);
    const auto peer = proxy == nullptr ? address : parsed(proxy);
    const BioPtr bio = peer ? connectionTo(*peer) : nullptr;
    const auto connect = [&bio] {
        if (BIO_do_connect(bio.get()) > 0) return 1;
        return BIO_should_retry(bio.get()) ? -1 : 0;
    };
    if (!bio || !patience.complete(bio.get(), connect)) return failed(url, patience);
    const auto http = requestOver(bio.get(), *address, proxy != nullptr, body, maxBytes);
    if (!http) return failed(url, patience);
    if (!patience.complete(bio.get(), [&http] { return OSSL_HTTP_REQ_CTX_nbio(http.get()); })) {
        const bool isRedirect = patience.cut() == nullptr && ERR_peek_error() == 0;
        if (isRedirect) return fail(ErrorCode::revocationUnknown, url + ": redirection", "source_refused");
        return failed(url, patience);
    }
    char* data = nullptr;
    const long length = BIO_get_mem_data(OSSL_HTTP_REQ_CTX_get0_mem_bio(http.get()), &data);
    if (length <= 0 || static_cast<std::size_t>(length) > maxBytes) return failed(url);
    return Bytes(data, data + length);
}

}  // namespace signet
