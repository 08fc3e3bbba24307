// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/relay_exchange.hpp"

#include "base/secret.hpp"

#include <QCryptographicHash>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkProxyFactory>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>

namespace signet {
namespace {

bool isNameError(QSslError::SslError error) {
    return error == QSslError::HostNameMismatch;
}
bool isDateError(QSslError::SslError error) {
    return error == QSslError::CertificateExpired || error == QSslError::CertificateNotYetValid;
}
bool isUnnamedError(QSslError::SslError error) {
    return error == QSslError::NoError || error == QSslError::UnspecifiedError ||
           error == QSslError::NoSslSupport || error == QSslError::NoPeerCertificate;
}

/// The cause that matters most: an unknown root makes name and dates meaningless.
std::string tlsReason(const QList<QSslError>& errors) {
    const auto has = [&](auto fits) {
        return std::any_of(errors.begin(), errors.end(),
                           [&](const QSslError& error) { return fits(error.error()); });
    };
    const auto isTrustError = [](QSslError::SslError error) {
        return !isNameError(error) && !isDateError(error) && !isUnnamedError(error);
    };
    if (has(isTrustError)) return "tls_untrusted";
    if (has(isNameError)) return "tls_name_mismatch";
    if (has(isDateError)) return "tls_expired";
    return "tls_failed";
}

/// All that share the bytes see them go.
void wipeShared(const QByteArray& bytes) {
    wipe(const_cast<char*>(bytes.constData()), static_cast<std::size_t>(bytes.size()));
}

std::optional<Sha256> peerOf(const QNetworkReply& reply) {
    const auto certificate = reply.sslConfiguration().peerCertificate();
    if (certificate.isNull()) return std::nullopt;
    const auto digest = certificate.digest(QCryptographicHash::Sha256);
    Sha256 peer{};
    std::copy(digest.begin(), digest.end(), peer.begin());
    return peer;
}

struct Cause {
    QNetworkReply::NetworkError error;
    ErrorCode code;
    const char* reason;
};

constexpr Cause kCauses[] = {
    {QNetworkReply::ConnectionRefusedError, ErrorCode::platformUnreachable, "refused"},
    {QNetworkReply::RemoteHostClosedError, ErrorCode::platformUnreachable, "closed"},
    {QNetworkReply::HostNotFoundError, ErrorCode::platformUnreachable, "dns"},
    {QNetworkReply::ProxyConnectionRefusedError, ErrorCode::platformUnreachable, "proxy"},
    {QNetworkReply::ProxyConnectionClosedError, ErrorCode::platformUnreachable, "proxy"},
    {QNetworkReply::ProxyNotFoundError, ErrorCode::platformUnreachable, "proxy"},
    {QNetworkReply::ProxyTimeoutError, ErrorCode::platformUnreachable, "proxy"},
    {QNetworkReply::ProxyAuthenticationRequiredError, ErrorCode::platformUnreachable, "proxy"},
    {QNetworkReply::UnknownProxyError, ErrorCode::platformUnreachable, "proxy"},
    {QNetworkReply::TimeoutError, ErrorCode::timeout, "request"},
    {QNetworkReply::ProtocolFailure, ErrorCode::platformError, "answer_malformed"},
    {QNetworkReply::ProtocolUnknownError, ErrorCode::platformError, "answer_malformed"},
    {QNetworkReply::ProtocolInvalidOperationError, ErrorCode::platformError, "answer_malformed"},
    {QNetworkReply::UnknownContentError, ErrorCode::platformError, "answer_malformed"},
    {QNetworkReply::SslHandshakeFailedError, ErrorCode::platformTls, "tls_failed"},
};

Cause causeOf(QNetworkReply::NetworkError error) {
    for (const auto& cause : kCauses)
        if (cause.error == error) return cause;
    return {error, ErrorCode::platformUnreachable, "network"};
}

/// Qt 6.4 says UnknownNetworkError where the proxy refuses the connection (its text alone tells); so ask
/// which way was taken.
QNetworkReply::NetworkError causeBehind(const QNetworkReply& reply) {
    if (reply.error() != QNetworkReply::UnknownNetworkError) return reply.error();
    auto* factory = reply.manager()->proxyFactory();
    if (factory == nullptr) return reply.error();
    const auto proxies = factory->queryProxy(QNetworkProxyQuery(reply.url()));
    const bool isProxied = !proxies.isEmpty() && proxies.front().type() != QNetworkProxy::NoProxy;
    return isProxied ? QNetworkReply::UnknownProxyError : reply.error();
}

/// Qt reports 4xx and 5xx as errors too; they are answers, unless the connection broke in the middle of one.
bool isWholeAnswer(int status, QNetworkReply::NetworkError error) {
    if (status == 0) return false;
    if (error == QNetworkReply::NoError) return true;
    return status >= 400 && error >= QNetworkReply::ContentAccessDenied &&
           error != QNetworkReply::ProtocolFailure;
}

}  // namespace

Error networkError(QNetworkReply::NetworkError error, const QList<QSslError>& tlsErrors,
                   const QString& host) {
    const auto cause = causeOf(error);
    Error named;
    named.code = tlsErrors.isEmpty() ? cause.code : ErrorCode::platformTls;
    named.reason = named.code == ErrorCode::platformTls ? tlsReason(tlsErrors) : cause.reason;
    named.detail = "QNetworkReply error " + std::to_string(static_cast<int>(error));
    for (const auto& tlsError : tlsErrors) named.detail += "; " + tlsError.errorString().toStdString();
    named.params["host"] = host.toStdString();
    return named;
}

HttpExchange::HttpExchange(QNetworkAccessManager& network, HttpQuestion question, const RelayLimits& limits,
                           Done done)
    : m_question(std::move(question)), m_limits(limits), m_done(std::move(done)) {
    m_reply = m_question.body ? network.post(m_question.request, *m_question.body)
                              : network.get(m_question.request);
    m_reply->setReadBufferSize(static_cast<qint64>(m_limits.answerBytes) + 1);
    QObject::connect(m_reply, &QNetworkReply::encrypted, &m_context, [this] { onEncrypted(); });
    QObject::connect(m_reply, &QNetworkReply::sslErrors, &m_context,
                     [this](const QList<QSslError>& errors) { m_tlsErrors = errors; });
    QObject::connect(m_reply, &QNetworkReply::metaDataChanged, &m_context, [this] { onHeaders(); });
    QObject::connect(m_reply, &QNetworkReply::readyRead, &m_context, [this] { onReadable(); });
    QObject::connect(m_reply, &QNetworkReply::finished, &m_context, [this] { onFinished(); });
    QObject::connect(&m_deadline, &QTimer::timeout, &m_context,
                     [this] { conclude(fail(named(ErrorCode::timeout, "request"))); });
    m_body.reserve(static_cast<qsizetype>(m_limits.answerBytes) + 1);
    m_deadline.setSingleShot(true);
    m_deadline.start(m_limits.request);
}

/// The body of a completion and its answer hold secrets; what Qt's own buffers keep is beyond reach.
HttpExchange::~HttpExchange() {
    drop();
    wipeShared(m_body);
    if (m_question.body) wipeShared(*m_question.body);
}

/// Straight into the one buffer, which never moves: pieces that were copied would stay behind.
void HttpExchange::readMore() {
    const auto before = m_body.size();
    m_body.resize(before + m_reply->bytesAvailable());
    const auto count = m_reply->read(m_body.data() + before, m_body.size() - before);
    m_body.resize(before + std::max<qint64>(count, 0));
}

/// Qt has sent nothing yet of this request when it tells of the handshake; a connection that is used again
/// was checked when it was new.
void HttpExchange::onEncrypted() {
    const auto peer = peerOf(*m_reply);
    if (peer && !isPeerExpected(*peer)) conclude(fail(named(ErrorCode::platformTls, "certificate_changed")));
}

void HttpExchange::onHeaders() {
    const auto length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (length > static_cast<qint64>(m_limits.answerBytes))
        conclude(fail(named(ErrorCode::platformError, "answer_too_large")));
}

void HttpExchange::onReadable() {
    readMore();
    if (m_body.size() > static_cast<qsizetype>(m_limits.answerBytes))
        conclude(fail(named(ErrorCode::platformError, "answer_too_large")));
}

void HttpExchange::onFinished() {
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!isWholeAnswer(status, m_reply->error())) {
        const auto error = networkError(causeBehind(*m_reply), m_tlsErrors, m_question.request.url().host());
        return conclude(fail(error));
    }
    const auto peer = peerOf(*m_reply);
    if (!peer)
        return conclude(fail(named(ErrorCode::platformTls, "tls_failed", "no certificate of the peer")));
    if (!isPeerExpected(*peer)) return conclude(fail(named(ErrorCode::platformTls, "certificate_changed")));
    if (status >= 300 && status < 400)
        return conclude(
            fail(named(ErrorCode::platformError, "redirect_refused", "HTTP " + std::to_string(status))));
    readMore();
    if (m_body.size() > static_cast<qsizetype>(m_limits.answerBytes))
        return conclude(fail(named(ErrorCode::platformError, "answer_too_large")));
    HttpAnswer answer{.status = status, .body = std::move(m_body), .peerCertificate = *peer};
    answer.contentType = m_reply->header(QNetworkRequest::ContentTypeHeader).toString().toStdString();
    conclude(std::move(answer));
}

/// The last thing that happens: `done` may destroy this object.
void HttpExchange::conclude(Result<HttpAnswer> result) {
    drop();
    if (auto done = std::exchange(m_done, nullptr)) done(std::move(result));
}

void HttpExchange::drop() {
    m_deadline.stop();
    auto* reply = std::exchange(m_reply, nullptr);
    if (reply == nullptr) return;
    QObject::disconnect(reply, nullptr, &m_context, nullptr);
    reply->abort();
    reply->deleteLater();
}

bool HttpExchange::isPeerExpected(const Sha256& peer) const {
    return !m_question.expectedPeer || *m_question.expectedPeer == peer;
}

Error HttpExchange::named(ErrorCode code, std::string reason, std::string detail) const {
    Error error;
    error.code = code;
    error.reason = std::move(reason);
    error.detail = std::move(detail);
    error.params["host"] = m_question.request.url().host().toStdString();
    return error;
}

}  // namespace signet
